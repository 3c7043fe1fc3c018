/** The cells that are meant: the selected rows, and the columns from the anchor to the cursor. Pure. */
import type { CellPlace } from "../store/table";
import type { Column } from "./columns";
import type { Row } from "./rows";

/** Columns from one key to another, in the order shown. */
export function spanOf(columns: readonly Column[], from: string, to: string): readonly Column[] {
  const place = (key: string): number => Math.max(0, columns.findIndex((column) => column.key === key));
  const [a, b] = [place(from), place(to)];
  return columns.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** The selected rows in the order shown; the one in hand where none is selected. */
export function selectedRows(rows: readonly Row[], selection: ReadonlySet<string>, cursor: CellPlace): readonly Row[] {
  const found = rows.filter(({ id }) => selection.has(id));
  return found.length > 0 ? found : rows.filter(({ id }) => id === cursor.row);
}

/** Ids of the rows from one place to another. */
export function between(rows: readonly Row[], from: number, to: number): readonly string[] {
  return rows.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1).map(({ id }) => id);
}
