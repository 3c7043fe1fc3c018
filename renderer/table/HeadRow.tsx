import type { PointerEvent } from "react";
import { ArrowDown, ArrowUp } from "lucide-react";
import { nextSort } from "./order";
import { setSort, setWidth, useTable, type Sort } from "../store/table";
import { tooltip } from "../ui/Tooltip";
import type { GridColumn } from "./layout";

interface HeadRowProps {
  readonly kind: string;
  readonly columns: readonly GridColumn[];
  readonly order: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly sort: Sort | undefined;
  /** Key of the header in hand. */
  readonly cursor: string | undefined;
}

/** Names of the columns: a click sorts by one, its edge makes it wider or narrower. */
export function HeadRow({ kind, columns, order, height, width, sort, cursor }: HeadRowProps) {
  return (
    <div className="table-head-row" role="row" aria-rowindex={1} style={{ height, width }}>
      {columns.map((column, place) => {
        const sorted = sort?.column === column.key ? (sort.descending ? "descending" : "ascending") : "none";
        return (
          <div
            key={column.key} id={headId(column.key)} role="columnheader" aria-colindex={order.indexOf(column.key) + 1} aria-sort={sorted} data-head={column.key} className={`table-head-cell${place === 0 ? " table-name" : ""}${cursor === column.key ? " current" : ""}`}
            style={place === 0 ? { width: column.width } : { left: column.left, width: column.width }} {...headTip(column)} onClick={() => setSort(nextSort(sort, column.key))}
          >
            <span className="truncate">{column.title}</span>
            {sorted === "ascending" && <ArrowUp aria-hidden />}
            {sorted === "descending" && <ArrowDown aria-hidden />}
            <span className="table-grip" data-grip={column.key} onPointerDown={(event) => resize(event, kind, column)} onClick={(event) => event.stopPropagation()} />
          </div>
        );
      })}
    </div>
  );
}

function headTip({ column, title }: GridColumn) {
  return column?.field.description === undefined ? tooltip(title, { cut: true }) : tooltip(column.field.description);
}

export function headId(column: string): string {
  return `table-head-${column}`;
}

/** Follows the pointer until it lets go; Escape gives the old width back. */
function resize(event: PointerEvent<HTMLElement>, kind: string, { key, width }: GridColumn): void {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  const start = event.clientX;
  const onMove = (move: globalThis.PointerEvent): void => setWidth(kind, key, width + move.clientX - start);
  const stop = (): void => {
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", stop);
    window.removeEventListener("keydown", onKey, true);
  };
  const onKey = (press: KeyboardEvent): void => {
    if (press.key !== "Escape") return;
    press.preventDefault();
    setWidth(kind, key, width);
    stop();
  };
  window.addEventListener("pointermove", onMove);
  window.addEventListener("pointerup", stop);
  window.addEventListener("keydown", onKey, true);
}

/** A header in hand: Shift and an arrow make the column wider or narrower. */
export function widen(kind: string, columns: readonly GridColumn[], by: number): void {
  const column = columns.find(({ key }) => key === useTable.getState().cursor.column);
  if (column !== undefined) setWidth(kind, column.key, column.width + by);
}
