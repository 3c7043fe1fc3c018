import { useState, type MouseEvent, type ReactElement } from "react";
import { ContextMenu } from "radix-ui";
import { useSession } from "../store/session";
import { resetColumns, setSort, showColumn, startEditing, tableView, useTable } from "../store/table";
import { flyTo } from "../store/viewport";
import { ContextItem } from "../ui/Menu";
import { counted, type TableKind } from "./kinds";
import type { Row } from "./rows";

interface GridMenuProps {
  readonly kind: TableKind;
  /** The row in hand. */
  readonly row: Row | undefined;
  /** Whether the table can do without a column. */
  readonly mayHide: (column: string) => boolean;
  readonly children: ReactElement;
}

/** The menu under the right button, about a column on its name, else about the cells and rows that are selected. Not modal, so that no style element is injected. */
export function GridMenu({ kind, row, mayHide, children }: GridMenuProps) {
  const [head, setHead] = useState<string | undefined>(undefined);
  const onAsk = ({ target }: MouseEvent): void => setHead(target instanceof Element ? target.closest<HTMLElement>("[data-head]")?.dataset["head"] : undefined);
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenuCapture={onAsk}>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8} onCloseAutoFocus={keepForCell}>
          {head === undefined ? <RowLines kind={kind} row={row} /> : <HeadLines kind={kind} column={head} mayHide={mayHide(head)} />}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** A cell that is being written has the focus already. */
function keepForCell(event: Event): void {
  if (useTable.getState().editing !== undefined) event.preventDefault();
}

/** What can be done with cells and rows. */
function RowLines({ kind, row }: Pick<GridMenuProps, "kind" | "row">) {
  const count = useSession((state) => state.selection.length);
  const none = row === undefined;
  const view = (act: keyof NonNullable<ReturnType<typeof tableView>>, ...flag: readonly boolean[]) => () => {
    const found = tableView();
    if (found !== undefined) (found[act] as (...args: readonly boolean[]) => void)(...flag);
  };
  return (
    <>
      <ContextItem label={count > 1 ? `Set in ${counted(kind, count)}…` : "Edit"} keys="Enter" disabled={none} run={() => startEditing()} />
      <ContextItem label="Fill Down" keys="CmdOrCtrl+D" disabled={count < 2} run={view("fillDown")} />
      <ContextItem label="Set to Default" keys="Delete" disabled={none} run={view("clear")} />
      <ContextMenu.Separator className="menu-separator" />
      <ContextItem label="Copy" keys="CmdOrCtrl+C" disabled={none} run={view("copy", false)} />
      <ContextItem label="Copy with Column Names" disabled={none} run={view("copy", true)} />
      <ContextItem label="Paste" keys="CmdOrCtrl+V" run={view("paste", false)} />
      <ContextItem label="Paste as New Rows…" keys="CmdOrCtrl+Shift+V" run={view("paste", true)} />
      <ContextMenu.Separator className="menu-separator" />
      <ContextItem label="Show on Canvas" keys="CmdOrCtrl+J" disabled={none} run={() => flyTo(useSession.getState().selection)} />
      <ContextItem label="Add Row" run={view("addRow")} />
      <ContextItem label="Duplicate" disabled={none} run={view("duplicateRows")} />
      <ContextItem label={count > 1 ? `Delete ${counted(kind, count)}` : "Delete row"} keys="CmdOrCtrl+Delete" danger disabled={none} run={view("deleteRows")} />
    </>
  );
}

/** What can be done with a column. */
function HeadLines({ kind, column, mayHide }: { readonly kind: TableKind; readonly column: string; readonly mayHide: boolean }) {
  const sort = useTable((state) => state.sort);
  return (
    <>
      <ContextItem label="Sort Ascending" disabled={sort?.column === column && !sort.descending} run={() => setSort({ column, descending: false })} />
      <ContextItem label="Sort Descending" disabled={sort?.column === column && sort.descending} run={() => setSort({ column, descending: true })} />
      <ContextItem label="Do Not Sort" disabled={sort === undefined} run={() => setSort(undefined)} />
      <ContextMenu.Separator className="menu-separator" />
      <ContextItem label="Hide Column" disabled={!mayHide} run={() => showColumn(kind.id, column, false)} />
      <ContextItem label="Columns as They Were" run={() => resetColumns(kind.id)} />
    </>
  );
}
