import { useCallback, useRef, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { useSession } from "../store/session";
import { setCell, useTable, type CellPlace } from "../store/table";
import { flyTo } from "../store/viewport";
import type { GridState } from "./useGridKeys";
import { between } from "./selection";

interface GridPointer {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerOver: (event: PointerEvent) => void;
  readonly onDoubleClick: (event: MouseEvent) => void;
  readonly onContextMenuCapture: (event: MouseEvent) => void;
}

/** A press takes a cell in hand, with Shift up to it, with Ctrl its row besides; a drag takes all between; two presses write, or fly to what a name names. */
export function useGridPointer(live: RefObject<GridState>): GridPointer {
  const dragging = useRef(false);
  const extend = useCallback((cell: CellPlace): void => {
    const { rows } = live.current;
    const { anchor } = useTable.getState();
    const place = (id: string | undefined): number => rows.findIndex((row) => row.id === id);
    const from = place(anchor.row) < 0 ? place(cell.row) : place(anchor.row);
    setCell(cell, between(rows, from, place(cell.row)), { row: rows[from]?.id, column: anchor.column === "" ? cell.column : anchor.column });
  }, [live]);
  const onPointerDown = useCallback((event: PointerEvent): void => {
    const cell = cellOf(event.target, live.current);
    if (cell?.row === undefined || event.button !== 0 || isWritten(cell)) return;
    const { selection } = useSession.getState();
    if (event.shiftKey) return extend(cell);
    if (event.ctrlKey || event.metaKey) return setCell(cell, selection.includes(cell.row) ? selection.filter((id) => id !== cell.row) : [...selection, cell.row]);
    dragging.current = true;
    window.addEventListener("pointerup", () => { dragging.current = false; }, { once: true });
    setCell(cell, [cell.row]);
  }, [live, extend]);
  const onPointerOver = useCallback((event: PointerEvent): void => {
    const cell = dragging.current && (event.buttons & 1) === 1 ? cellOf(event.target, live.current) : undefined;
    if (cell?.row !== undefined && (cell.row !== useTable.getState().cursor.row || cell.column !== useTable.getState().cursor.column)) extend(cell);
  }, [live, extend]);
  const onDoubleClick = useCallback((event: MouseEvent): void => {
    const { rows, columns, open } = live.current;
    const cell = cellOf(event.target, live.current);
    const row = rows.find(({ id }) => id === cell?.row), column = columns.find(({ key }) => key === cell?.column);
    if (row === undefined || column === undefined || cell === undefined || isWritten(cell)) return;
    if (column === columns[0]) flyTo([row.id]);
    else open(row, column);
  }, [live]);
  const onContextMenuCapture = useCallback((event: MouseEvent): void => {
    const cell = cellOf(event.target, live.current);
    if (cell?.row === undefined) return;
    const { selection } = useSession.getState();
    setCell(cell, selection.includes(cell.row) ? selection : [cell.row], selection.includes(cell.row) ? useTable.getState().anchor : cell);
  }, [live]);
  return { onPointerDown, onPointerOver, onDoubleClick, onContextMenuCapture };
}

function isWritten(cell: CellPlace): boolean {
  const { cursor, editing } = useTable.getState();
  return editing !== undefined && cursor.row === cell.row && cursor.column === cell.column;
}

/** The cell that an event hit. */
function cellOf(target: EventTarget, { rows }: GridState): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>(".table-cell") : null;
  return cell === null ? undefined : { row: rows[Number(cell.dataset["row"])]?.id, column: cell.dataset["column"] ?? "" };
}
