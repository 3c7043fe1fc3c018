/** What can be done with a cell or a head of the matrix, as lines of the menu under the right button. */
import { locate } from "../../shared/model/ids";
import { record } from "../../shared/model/topology";
import { lineOf, selectionLines, tenantLines } from "../commands/lines";
import { openAttack } from "../store/attack";
import { useDocument } from "../store/document";
import { openDialog, select } from "../store/session";
import type { MenuItem } from "../ui/Menu";
import { cellKey, verdictOf, type Grid, type OpenCell } from "./grid";

/** The lines for a cell; `onOpen` shows the flows of one. */
export function linesOf(grid: Grid, cell: OpenCell, onOpen: (cell: OpenCell) => void): readonly MenuItem[] {
  const from = grid.rows.find(({ id }) => id === cell.from), to = grid.rows.find(({ id }) => id === cell.to);
  const pair = grid.cells.get(cellKey(cell.from, cell.to));
  const source = from?.selector ?? pair?.from, target = to?.selector ?? pair?.to;
  if (from === undefined || to === undefined) return [];
  return [
    { label: "Show Flows", keys: "Enter", run: () => onOpen(cell) },
    { label: "Other Direction", disabled: from.id === to.id, run: () => onOpen({ from: cell.to, to: cell.from }) },
    "separator",
    ...(source === undefined || target === undefined ? [] : [{ label: verdictOf(grid, from.id, to.id) === "isolated" ? "Why Not…" : "Trace…", run: () => openDialog({ type: "trace", from: source, to: target }) }]),
    ...(source === undefined ? [] : [{ label: `Attack Paths from ${from.name}`, run: () => openAttack({ from: source, to: "" }) }]),
    ...(target === undefined ? [] : [{ label: `Attack Paths to ${to.name}`, run: () => openAttack({ to: target }) }]),
  ];
}

/** Takes the thing of a head in hand, as on the canvas; a tenant is asked about without. False where the row is no one thing. */
export function takeHead(id: string): boolean {
  const { topology } = useDocument.getState();
  if (record(topology, "tenants", id) !== undefined) return true;
  if (locate(topology, id) === undefined) return false;
  select([id]);
  return true;
}

/** The lines for the thing of a head: those that it has in the palette, on the canvas and in the table. */
export function headLines(id: string): readonly MenuItem[] {
  const { topology } = useDocument.getState();
  if (record(topology, "tenants", id) !== undefined) return tenantLines(id);
  return [lineOf("view.showOnCanvas"), "separator", ...selectionLines(), "separator", lineOf("edit.delete", true)];
}
