import { memo, useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from "react";
import { ContextLines } from "../ui/Menu";
import { PartyMark } from "../ui/PartyMark";
import { tooltip } from "../ui/Tooltip";
import { VerdictMark } from "../ui/VerdictMark";
import { useScrolled } from "../ui/useScrolled";
import { cellKey, verdictOf, type Grid, type OpenCell, type Row } from "./grid";
import { indexesInView, moveCursor, offsetShowing, type Cursor } from "../ui/grid-window";
import { headLines, linesOf, takeHead } from "./lines";
import { briefFlow, VERDICT_WORDS } from "./words";

/** Up to so many columns a cell has room for what passes; beyond, it is its mark. */
const MOST_WIDE = 16;
const WIDE = { width: 112, height: 32, head: 34 };
const DENSE = { width: 24, height: 24, head: 104 };
const NAMES = 176;
const FIRST_SIGHT = { width: 800, height: 600 };

interface MatrixGridProps {
  readonly grid: Grid;
  /** All rows of the unfiltered grid. */
  readonly columns: readonly Row[];
  readonly open: OpenCell | undefined;
  readonly onOpen: (cell: OpenCell | undefined) => void;
  readonly onSight: (rows: readonly Row[], columns: readonly Row[]) => void;
}

/** The cells in sight of a grid of any size. Arrow keys move, Enter opens a cell, Escape closes it. */
export function MatrixGrid({ grid, columns, open, onOpen, onSight }: MatrixGridProps) {
  const { rows } = grid;
  const scroller = useRef<HTMLDivElement>(null);
  const view = useScrolled(scroller, FIRST_SIGHT);
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: Math.min(1, columns.length - 1) });
  const wide = columns.length <= MOST_WIDE;
  const { width, height, head } = wide ? WIDE : DENSE;
  const across = view.width - NAMES, down = view.height - head;

  const openAt = (cell: Cursor | undefined): void => {
    const from = rows[cell?.row ?? -1], to = columns[cell?.column ?? -1];
    if (cell === undefined || from === undefined || to === undefined) return;
    setCursor(cell);
    if (verdictOf(grid, from.id, to.id) !== undefined) onOpen({ from: from.id, to: to.id });
  };
  /** A cell, or the thing of a head. */
  const [asked, setAsked] = useState<OpenCell | string | undefined>(undefined);
  // With the key for menus it is the cell of the cursor that is asked of.
  const onAsk = (event: MouseEvent<HTMLElement>): void => {
    const head = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-head]")?.dataset["head"] : undefined;
    if (head !== undefined) {
      if (!takeHead(head)) event.preventDefault();
      return setAsked(head);
    }
    const place = event.target === event.currentTarget ? cursor : cellOf(event.target);
    const from = rows[place?.row ?? -1], to = columns[place?.column ?? -1];
    const cell = from === undefined || to === undefined || verdictOf(grid, from.id, to.id) === undefined ? undefined : { from: from.id, to: to.id };
    if (cell === undefined || place === undefined) event.preventDefault();
    else setCursor(place);
    setAsked(cell);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" || event.key === " ") openAt(cursor);
    else if (event.key === "Escape" && open !== undefined) onOpen(undefined);
    else {
      const next = moveCursor(cursor, event.key, event.ctrlKey || event.metaKey, rows.length, columns.length, Math.max(1, Math.floor(down / height) - 1));
      if (next === undefined) return;
      setCursor(next);
      scroller.current?.scrollTo({ top: offsetShowing(next.row, view.top, down, height), left: offsetShowing(next.column, view.left, across, width) });
    }
    event.preventDefault();
  };

  const seenRows = indexesInView(view.top, down, height, rows.length);
  const seenColumns = indexesInView(view.left, across, width, columns.length);
  const shownColumns = columns.slice(seenColumns.first, seenColumns.end);
  const { first: top, end: bottom } = seenRows, { first: start, end } = seenColumns;
  useEffect(() => onSight(rows.slice(top, bottom), columns.slice(start, end)), [onSight, rows, columns, top, bottom, start, end]);
  // Of the cells there may be a thousand in sight: their size is said once.
  const size = { "--cell-width": `${width}px`, "--cell-height": `${height}px` } as CSSProperties;
  const space: CSSProperties = { ...size, width: NAMES + columns.length * width, height: head + rows.length * height };
  return (
    <ContextLines items={asked === undefined ? [] : typeof asked === "string" ? headLines(asked) : linesOf(grid, asked, onOpen)} onAsk={onAsk}>
    <div
      ref={scroller} className={`matrix-grid ${wide ? "wide" : "dense"}`} role="grid" aria-label="Who reaches whom: rows send, columns receive" tabIndex={0}
      aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} aria-activedescendant={cellId(cursor.row, cursor.column)} onKeyDown={onKeyDown}
    >
      <div className="matrix-space" role="presentation" style={space} onClick={(event) => openAt(cellOf(event.target))}>
        <div className="matrix-columns" role="row" aria-rowindex={1} style={{ height: head, width: space.width }}>
          <div className="matrix-corner" role="columnheader" aria-colindex={1} style={{ width: NAMES, height: head }}>from ↓ to →</div>
          {shownColumns.map((column, index) => (
            <div key={column.id} className={`matrix-column${seenColumns.first + index === cursor.column ? " current" : ""}`} role="columnheader" aria-colindex={seenColumns.first + index + 2} {...tooltip(column.name, { cut: true })} data-head={column.id} style={{ left: NAMES + (seenColumns.first + index) * width, width, height: head }}>
              <RowName row={column} />
            </div>
          ))}
        </div>
        {rows.slice(seenRows.first, seenRows.end).map((row, index) => (
          <MatrixRow
            key={row.id} grid={grid} row={row} index={seenRows.first + index} columns={shownColumns} first={seenColumns.first} wide={wide} top={head + (seenRows.first + index) * height}
            across={NAMES + columns.length * width} cursor={seenRows.first + index === cursor.row ? cursor.column : undefined} open={open?.from === row.id ? open.to : undefined}
          />
        ))}
      </div>
    </div>
    </ContextLines>
  );
}

interface MatrixRowProps {
  readonly grid: Grid;
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Row[];
  /** Index of the first of `columns`. */
  readonly first: number;
  readonly wide: boolean;
  readonly top: number;
  /** Width of the whole row. */
  readonly across: number;
  /** Column of the cursor, where it is in this row. */
  readonly cursor: number | undefined;
  /** Id of the column whose cell is open. */
  readonly open: string | undefined;
}

const MatrixRow = memo(function MatrixRow({ grid, row, index, columns, first, wide, top, across, cursor, open }: MatrixRowProps) {
  const { width, height } = wide ? WIDE : DENSE;
  return (
    <div className="matrix-row" role="row" aria-rowindex={index + 2} style={{ top, height, width: across }}>
      <div className={`matrix-name${cursor === undefined ? "" : " current"}`} role="rowheader" aria-colindex={1} {...tooltip(row.name, { cut: true })} data-head={row.id} style={{ width: NAMES, height }}><RowName row={row} /></div>
      <div role="presentation" className="matrix-gap" style={{ width: first * width }} />
      {columns.map((column, offset) => {
        const place = first + offset;
        return (
          <Cell
            key={column.id} grid={grid} from={row} to={column} wide={wide} row={index} column={place}
            current={cursor === place} open={open === column.id}
          />
        );
      })}
    </div>
  );
});

interface CellProps {
  readonly grid: Grid;
  readonly from: Row;
  readonly to: Row;
  readonly wide: boolean;
  readonly row: number;
  readonly column: number;
  readonly current: boolean;
  readonly open: boolean;
}

function Cell({ grid, from, to, wide, row, column, current, open }: CellProps) {
  const verdict = verdictOf(grid, from.id, to.id);
  const pair = grid.cells.get(cellKey(from.id, to.id));
  const flow = pair === undefined ? "" : briefFlow(pair);
  const isPending = grid.isKnown?.(from.id, to.id) === false;
  const words = isPending ? `${from.name} to ${to.name}: not compared yet` : verdict === undefined ? `${from.name} and itself` : `${from.name} to ${to.name}: ${VERDICT_WORDS[verdict]}${flow === "" || flow === verdict ? "" : `, ${flow}`}`;
  return (
    <div
      id={cellId(row, column)} role="gridcell" aria-colindex={column + 2} aria-selected={open} aria-label={words} {...tooltip(words)}
      className={`matrix-cell ${isPending ? "pending" : verdict === undefined ? "self" : `cell-${verdict}`}${current ? " current" : ""}${open ? " open" : ""}`}
    >
      {verdict !== undefined && <VerdictMark verdict={verdict} />}
      {wide && verdict !== undefined && verdict !== "isolated" && <span className="truncate">{flow}</span>}
    </div>
  );
}

function RowName({ row }: { readonly row: Row }) {
  return <span className="matrix-label">{row.tag !== undefined && <PartyMark paint={row.tag.paint} mark={row.tag.mark} />}<span className="truncate">{row.name}</span></span>;
}

function cellId(row: number, column: number): string {
  return `matrix-${row}-${column}`;
}

/** The cell that an event hit. */
function cellOf(target: EventTarget): Cursor | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
  const [, row, column] = cell?.id.split("-").map(Number) ?? [];
  return row === undefined || column === undefined ? undefined : { row, column };
}
