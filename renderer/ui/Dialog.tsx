import type { ReactNode } from "react";
import { Dialog as Radix } from "radix-ui";
import { X } from "lucide-react";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly description?: string;
  readonly width?: "narrow" | "medium" | "wide";
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog with a title, a body that scrolls and a row of buttons. The backdrop is our own element: Radix's overlay would
 * inject a style element, which the content policy refuses.
 */
export function Dialog({ title, description, width = "medium", onClose, footer, children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Radix.Portal>
        <div className="dialog-backdrop" />
        <Radix.Content className={`dialog dialog-${width}`} {...(description === undefined ? { "aria-describedby": undefined } : {})}>
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close className="icon-button" aria-label="Close"><X /></Radix.Close>
          </header>
          {description !== undefined && <Radix.Description className="dialog-description">{description}</Radix.Description>}
          <div className="dialog-body">{children}</div>
          {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
