/** What can be done with a cell of the matrix, as lines of the menu under the right button. */
import { openAttack } from "../store/attack";
import { openDialog } from "../store/session";
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
