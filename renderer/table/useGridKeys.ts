import { useCallback, type KeyboardEvent, type RefObject } from "react";
import { select, useSession } from "../store/session";
import { setCell, setSort, tableView, useTable } from "../store/table";
import { moveCursor } from "../ui/grid-window";
import { widen } from "./HeadRow";
import type { GridColumn } from "./layout";
import { nextSort } from "./order";
import type { Row } from "./rows";
import { between } from "./selection";

export interface GridState {
  readonly kind: string;
  readonly rows: readonly Row[];
  readonly columns: readonly GridColumn[];
  /** Rows that fit into the view. */
  readonly page: number;
  /** Opens the cell: writes it, or goes where it leads. */
  readonly open: (row: Row, column: GridColumn, initial?: string) => void;
}

const RESIZE = 16;

/** The keys of the grid. What means something to the whole window is left to it. */
export function useGridKeys(live: RefObject<GridState>): (event: KeyboardEvent) => void {
  return useCallback((event: KeyboardEvent): void => {
    if (useTable.getState().editing !== undefined) return;
    if (actOn(event, live.current)) event.preventDefault();
  }, [live]);
}

function actOn(event: KeyboardEvent, state: GridState): boolean {
  const { cursor } = useTable.getState();
  const { rows, columns, kind } = state;
  const command = event.ctrlKey || event.metaKey;
  const place = { row: rows.findIndex(({ id }) => id === cursor.row), column: Math.max(0, columns.findIndex(({ key }) => key === cursor.column)) };
  const column = columns[place.column];
  const row = rows[place.row];
  if (event.altKey || column === undefined) return false;
  if (row === undefined && event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) widen(kind, columns, event.key === "ArrowRight" ? RESIZE : -RESIZE);
  else if (row === undefined && (event.key === "Enter" || event.key === " ")) setSort(nextSort(useTable.getState().sort, column.key));
  else if (move(event, state, place, command)) return true;
  else if (command) return commandKey(event);
  else if (event.key === "Escape") return collapse();
  else if (row === undefined) return event.key.length === 1;
  else if (event.key === "Enter" || event.key === "F2") state.open(row, column);
  else if (event.key === "Delete" || event.key === "Backspace") tableView()?.clear();
  else if (event.key === " " && event.shiftKey) setCell({ row: row.id, column: columns.at(-1)?.key ?? "" }, useSession.getState().selection, { row: row.id, column: columns[0]?.key ?? "" });
  // A letter is written, and is none of the canvas's tools.
  else if (event.key.length === 1) state.open(row, column, event.key);
  else return false;
  return true;
}

function commandKey(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "d" && !event.shiftKey) tableView()?.fillDown();
  else if (event.key === "Delete") tableView()?.deleteRows();
  else return false;
  return true;
}

/** Arrows and pages; with Shift the other end stays. Above the first row is the header. */
function move(event: KeyboardEvent, { rows, columns, page }: GridState, place: { readonly row: number; readonly column: number }, far: boolean): boolean {
  const { cursor, anchor } = useTable.getState();
  const inHeader = place.row < 0;
  const next = inHeader && event.key === "ArrowDown" ? { row: 0, column: place.column } : moveCursor({ row: Math.max(0, place.row), column: place.column }, event.key, far, Math.max(1, rows.length), columns.length, page);
  if (next === undefined) return false;
  const column = columns[next.column]?.key ?? cursor.column;
  const toHeader = !event.shiftKey && ((inHeader && event.key !== "ArrowDown" && event.key !== "PageDown" && event.key !== "End") || (event.key === "ArrowUp" && place.row === 0));
  const row = rows[next.row];
  if (toHeader || row === undefined) setCell({ row: undefined, column }, useSession.getState().selection);
  else if (event.shiftKey && !inHeader) {
    const from = Math.max(0, rows.findIndex(({ id }) => id === anchor.row));
    setCell({ row: row.id, column }, between(rows, from, next.row), anchor.row === undefined ? { row: row.id, column } : anchor);
  } else setCell({ row: row.id, column }, [row.id]);
  return true;
}

/** Back to the one cell in hand. */
function collapse(): boolean {
  const { cursor, anchor } = useTable.getState();
  const { selection } = useSession.getState();
  if (cursor.row === undefined || (selection.length <= 1 && cursor.column === anchor.column)) return false;
  setCell(cursor, [cursor.row]);
  select([cursor.row]);
  return true;
}
