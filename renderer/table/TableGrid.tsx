import { useEffect, useMemo, useRef } from "react";
import type { Topology } from "../../shared/model/topology";
import { openRules } from "../store/rules";
import { useSession } from "../store/session";
import { entered, openTable, setCell, startEditing, stopEditing, useTable } from "../store/table";
import { showFindingById } from "../store/findings";
import { toast } from "../store/session";
import { indexesInView, offsetShowing } from "../ui/grid-window";
import { useLive } from "../ui/useLive";
import { useScrolled } from "../ui/useScrolled";
import { write } from "./carry-out";
import type { TableKind } from "./kinds";
import { headId, HeadRow } from "./HeadRow";
import { columnsInView, type GridColumn } from "./layout";
import type { Badge } from "./order";
import { GridMenu } from "./GridMenu";
import { rowName, type Row } from "./rows";
import type { RowActions } from "./CellEditor";
import { cellId, TableRow } from "./TableCell";
import { useGridKeys, type GridState } from "./useGridKeys";
import { useGridPointer } from "./useGridPointer";

const ROW = 28;
const HEAD = 30;
const FIRST_SIGHT = { width: 800, height: 600 };

interface TableGridProps {
  readonly topology: Topology;
  readonly kind: TableKind;
  readonly rows: readonly Row[];
  readonly columns: readonly GridColumn[];
  readonly badges: ReadonlyMap<string, Badge>;
}

/** The cells in sight of a table of any size; the first column and the names of all of them stay in sight. */
export function TableGrid({ topology, kind, rows, columns, badges }: TableGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const view = useScrolled(scroller, FIRST_SIGHT);
  const { cursor, anchor, editing, sort, entering } = useTable();
  const selection = useSession((state) => state.selection);
  const selected = useMemo(() => new Set(selection), [selection]);
  const order = useMemo(() => columns.map(({ key }) => key), [columns]);
  const last = columns.at(-1);
  const width = Math.max((last?.left ?? 0) + (last?.width ?? 0), view.width);
  const frozen = columns[0]?.width ?? 0;
  const at = useMemo(() => rows.findIndex(({ id }) => id === cursor.row), [rows, cursor.row]);
  const column = columns.find(({ key }) => key === cursor.column) ?? columns[0];
  const live = useLive<GridState>({ kind: kind.id, rows, columns, page: Math.max(1, Math.floor((view.height - HEAD) / ROW) - 1), open: (row, cell, initial) => openCell(topology, kind, row, cell, badges, initial) });
  const onKeyDown = useGridKeys(live);
  const pointer = useGridPointer(live);
  useInSight(scroller, at, column, frozen);

  useEffect(() => {
    if (!entering) return;
    entered();
    scroller.current?.focus({ preventScroll: true });
  }, [entering]);
  // Who comes here for the first time begins at the first cell.
  const onFocus = (): void => {
    const [first] = rows;
    if (useTable.getState().cursor.column === "" && cursor.row === undefined && first !== undefined) setCell({ row: first.id, column: columns[0]?.key ?? "" }, useSession.getState().selection);
  };

  const actions = useMemo((): RowActions => ({
    cancel: (reason) => {
      stopEditing();
      if (reason === undefined) scroller.current?.focus({ preventScroll: true });
      else toast(`Not changed. ${reason}.`, "warning");
    },
    commit: (row, cell, text, leave) => {
      const { rows: all, columns: shown } = live.current;
      const chosen = new Set(useSession.getState().selection);
      const targets = chosen.has(row.id) ? all.filter(({ id }) => chosen.has(id)) : [row];
      const reason = write(kind, targets.map((each) => ({ row: each, cells: [{ column: cell, text }] })));
      if (reason !== undefined) return reason;
      stopEditing();
      if (leave === "stay") return undefined;
      scroller.current?.focus({ preventScroll: true });
      const place = { row: all.findIndex(({ id }) => id === row.id), column: shown.findIndex(({ key }) => key === cell.key) };
      const down = leave === "down" ? 1 : leave === "up" ? -1 : 0;
      const next = targets.length > 1 ? row : (all[place.row + down] ?? row);
      const across = leave === "right" ? 1 : leave === "left" ? -1 : 0;
      const beside = shown[place.column + across]?.column === undefined ? shown[place.column + 2 * across] : shown[place.column + across];
      const key = across === 0 ? cell.key : (beside?.key ?? cell.key);
      setCell({ row: next.id, column: key }, targets.length > 1 ? useSession.getState().selection : [next.id]);
      return undefined;
    },
  }), [kind, live]);

  const span = useMemo(() => spanKeys(order, anchor.column, cursor.column, selection.length), [order, anchor.column, cursor.column, selection.length]);
  const seen = indexesInView(view.top, view.height - HEAD, ROW, rows.length);
  const shown = columnsInView(columns, view.left, view.width);
  const inHeader = cursor.row === undefined;
  const active = inHeader ? headId(column?.key ?? "") : at < 0 ? undefined : cellId(at, column?.key ?? "");
  const count = cursor.row !== undefined && selected.has(cursor.row) ? selection.length : 1;
  return (
    <GridMenu kind={kind} row={rows[at]} mayHide={(key) => columns.some((each, index) => each.key === key && index > 0 && each.column !== undefined)}>
      <div
        ref={scroller} className="table-grid" role="grid" aria-label={`Table of ${kind.plural}`} aria-multiselectable tabIndex={0} aria-rowcount={rows.length + 1} aria-colcount={columns.length} {...(active === undefined ? {} : { "aria-activedescendant": active })}
        onKeyDown={onKeyDown} onFocus={onFocus} {...pointer}
      >
        <div className="table-space" role="presentation" style={{ width, height: HEAD + rows.length * ROW }}>
          <HeadRow kind={kind.id} columns={shown} order={order} height={HEAD} width={width} sort={sort} cursor={inHeader ? column?.key : undefined} />
          {rows.slice(seen.first, seen.end).map((row, offset) => {
            const index = seen.first + offset;
            const isCurrent = index === at;
            return (
              <TableRow
                key={row.id} topology={topology} kind={kind} row={row} index={index} columns={shown} order={order} top={HEAD + index * ROW} width={width} selected={selected.has(row.id)} cursor={isCurrent ? column?.key : undefined}
                span={span} editing={isCurrent ? editing : undefined} count={isCurrent ? count : 1} badge={badges.get(row.id)} actions={actions}
              />
            );
          })}
        </div>
      </div>
    </GridMenu>
  );
}

/** Keys of the columns that are meant, where more than one cell is. */
function spanKeys(order: readonly string[], from: string, to: string, rows: number): ReadonlySet<string> | undefined {
  if (from === to && rows <= 1) return undefined;
  const [a, b] = [Math.max(0, order.indexOf(from)), Math.max(0, order.indexOf(to))];
  return new Set(order.slice(Math.min(a, b), Math.max(a, b) + 1));
}

/** Scrolls by as little as brings the cell in hand into sight, when another one is in hand. */
function useInSight(scroller: React.RefObject<HTMLDivElement | null>, row: number, column: GridColumn | undefined, frozen: number): void {
  const key = column?.key;
  const live = useLive({ column, frozen });
  useEffect(() => {
    const box = scroller.current;
    const { column: cell, frozen: left } = live.current;
    if (box === null) return;
    const top = row < 0 ? box.scrollTop : offsetShowing(row, box.scrollTop, box.clientHeight - HEAD, ROW);
    const across = cell === undefined || cell.left === 0 ? box.scrollLeft : Math.min(cell.left - left, Math.max(box.scrollLeft, cell.left + cell.width - box.clientWidth));
    box.scrollTo({ top, left: across });
  }, [scroller, row, key, live]);
}

/** Writes the cell, or goes where it leads: to a finding, to the rules of a filter, to a table of what the thing has. */
function openCell(topology: Topology, kind: TableKind, row: Row, { column }: GridColumn, badges: ReadonlyMap<string, Badge>, initial: string | undefined): void {
  if (column === undefined) {
    if (initial === undefined && badges.has(row.id)) showFindingById(badges.get(row.id)?.finding);
  } else if (column.access === "write") startEditing(initial);
  else if (initial !== undefined || column.access === "new") toast(column.access === "new" ? "An id is chosen when a thing is made, and then for good" : "Enter shows what is behind this number", "warning");
  else if (column.key === "rules") openRules(row.owner);
  else if (column.field.control.type === "map") openTable(`${kind.collection}.${column.key}`, rowName(topology, kind.collection, row));
  else toast(`${column.title} are written in the inspector`, "warning");
}
