import { useRef, type ReactNode } from "react";
import { Dialog as Radix } from "radix-ui";
import { X } from "lucide-react";
import { focusAgain } from "../store/parts";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly description?: string;
  readonly width?: "narrow" | "medium" | "wide" | "full";
  /** The body is there to be read and has nothing to press: the keyboard scrolls it. */
  readonly reading?: boolean;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog with a title, a body that scrolls and a row of buttons. The backdrop is our own element: Radix's overlay would
 * inject a style element, which the content policy refuses.
 */
export function Dialog({ title, description, width = "medium", reading = false, onClose, footer, children }: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  // Where the body asks for the focus it has it already; else the dialog itself, so that no button looks chosen.
  const onOpenAutoFocus = (event: Event): void => {
    event.preventDefault();
    if (content.current?.contains(document.activeElement) !== true) content.current?.focus();
  };
  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Radix.Portal>
        <div className="dialog-backdrop" />
        <Radix.Content ref={content} tabIndex={-1} onOpenAutoFocus={onOpenAutoFocus} onCloseAutoFocus={focusAgain} className={`dialog dialog-${width}`} onEscapeKeyDown={keepForList} {...(description === undefined ? { "aria-describedby": undefined } : {})}>
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close className="icon-button" aria-label="Close"><X /></Radix.Close>
          </header>
          {description !== undefined && <Radix.Description className="dialog-description">{description}</Radix.Description>}
          <div className="dialog-body" {...(reading ? { tabIndex: 0, role: "region", "aria-label": title } : {})}>{children}</div>
          {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Escape in a field whose list of suggestions is open closes the list, not the dialog. */
function keepForList(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.matches("[data-list-open]")) event.preventDefault();
}
