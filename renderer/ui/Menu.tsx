import type { MouseEvent, ReactElement, ReactNode } from "react";
import { ContextMenu, DropdownMenu } from "radix-ui";
import { Check, ChevronRight } from "lucide-react";
import { keyCaps } from "./keys";
import "./menu.css";

/** A line of a menu: something to run, or a separator. */
export type MenuItem =
  | { readonly label: string; readonly icon?: ReactNode; readonly keys?: string; readonly checked?: boolean; readonly disabled?: boolean; readonly danger?: boolean; readonly run: () => void }
  | "separator";

interface MenuProps {
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "end";
}

/** A menu under a button. Not modal: a modal one would inject a style element, which the content policy refuses. */
export function Menu({ trigger, items, align = "start" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {items.map((item, index) => (item === "separator"
            ? <DropdownMenu.Separator key={index} className="menu-separator" />
            : (
              <DropdownMenu.Item key={index} className={`menu-item${item.danger === true ? " menu-danger" : ""}`} disabled={item.disabled ?? false} onSelect={item.run}>
                <span className="menu-icon">{item.checked === true ? <Check /> : item.icon}</span>
                <span className="menu-label">{item.label}</span>
                {item.keys !== undefined && <kbd className="menu-keys">{keyCaps(item.keys)}</kbd>}
              </DropdownMenu.Item>
            )))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ContextLinesProps {
  readonly items: readonly MenuItem[];
  /** Called on the way down, before the menu opens: it says what the menu is about, or prevents the default and there is none. */
  readonly onAsk: (event: MouseEvent<HTMLElement>) => void;
  readonly children: ReactElement;
}

/** A menu under the right button of a list or a grid, about the line or cell that it was asked of. Not modal, see above. */
export function ContextLines({ items, onAsk, children }: ContextLinesProps) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenuCapture={onAsk}>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <ContextItems items={items} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Lines of a menu under the right button. */
export function ContextItems({ items }: { readonly items: readonly MenuItem[] }) {
  return items.map((item, index) => (item === "separator" ? <ContextMenu.Separator key={index} className="menu-separator" /> : <ContextItem key={index} {...item} />));
}

interface ContextItemProps {
  readonly label: string;
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly run: () => void;
}

/** A line of a menu under the right button. */
export function ContextItem({ label, keys, disabled = false, danger = false, run }: ContextItemProps) {
  return (
    <ContextMenu.Item className={`menu-item${danger ? " menu-danger" : ""}`} disabled={disabled} onSelect={run}>
      <span className="menu-label">{label}</span>
      {keys !== undefined && <kbd className="menu-keys">{keyCaps(keys)}</kbd>}
    </ContextMenu.Item>
  );
}

/** Lines of a menu under the right button that belong together. */
export function ContextSubmenu({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className="menu-item"><span className="menu-label">{label}</span><ChevronRight className="menu-more" aria-hidden /></ContextMenu.SubTrigger>
      <ContextMenu.Portal><ContextMenu.SubContent className="menu" collisionPadding={8}>{children}</ContextMenu.SubContent></ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}
