import type { ReactElement } from "react";
import { ContextMenu } from "radix-ui";
import { addRuleAt, deleteRuleInHand, duplicateRuleInHand, moveRuleInHand, useRules } from "../store/rules";
import { ContextItem } from "../ui/Menu";

/** A cell that is being written has the focus already. */
function keepForCell(event: Event): void {
  if (useRules.getState().editing !== undefined) event.preventDefault();
}

interface RowMenuProps {
  readonly row: number;
  /** How many rules there are; the row behind them is the default action. */
  readonly count: number;
  readonly children: ReactElement;
}

/** The menu under the right button, about the rule in hand. Not modal, so that no style element is injected. */
export function RowMenu({ row, count, children }: RowMenuProps) {
  const isRule = row < count;
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8} onCloseAutoFocus={keepForCell}>
          <ContextItem label="Add Rule Above" keys="CmdOrCtrl+Shift+Enter" run={() => addRuleAt(row)} />
          <ContextItem label="Add Rule Below" keys="CmdOrCtrl+Enter" disabled={!isRule} run={() => addRuleAt(row + 1)} />
          <ContextItem label="Duplicate" keys="CmdOrCtrl+D" disabled={!isRule} run={duplicateRuleInHand} />
          <ContextMenu.Separator className="menu-separator" />
          <ContextItem label="Move Up" keys="Alt+↑" disabled={!isRule || row === 0} run={() => moveRuleInHand(-1)} />
          <ContextItem label="Move Down" keys="Alt+↓" disabled={row >= count - 1} run={() => moveRuleInHand(1)} />
          <ContextMenu.Separator className="menu-separator" />
          <ContextItem label="Delete" keys="Delete" danger disabled={!isRule} run={deleteRuleInHand} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
