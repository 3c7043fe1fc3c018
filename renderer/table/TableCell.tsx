import { memo } from "react";
import type { Topology } from "../../shared/model/topology";
import { SeverityMark } from "../ui/SeverityMark";
import { tooltip } from "../ui/Tooltip";
import { cellText, defaultText } from "./cells";
import { CellEditor, type RowActions } from "./CellEditor";
import type { Column } from "./columns";
import type { TableKind } from "./kinds";
import type { GridColumn } from "./layout";
import type { Badge } from "./order";
import { ownerOf } from "./plan";
import type { Row } from "./rows";

interface TableRowProps {
  readonly topology: Topology;
  readonly kind: TableKind;
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly GridColumn[];
  /** Of all columns, in order: places for screen readers. */
  readonly order: readonly string[];
  readonly top: number;
  readonly width: number;
  readonly selected: boolean;
  /** Key of the cell in hand, where it is in this row. */
  readonly cursor: string | undefined;
  /** Keys of the columns that are meant, where that is more than the cell in hand. */
  readonly span: ReadonlySet<string> | undefined;
  readonly editing: { readonly initial: string | undefined } | undefined;
  /** How many rows the edit is for. */
  readonly count: number;
  readonly badge: Badge | undefined;
  readonly actions: RowActions;
}

export const TableRow = memo(function TableRow({ topology, kind, row, index, columns, order, top, width, selected, cursor, span, editing, count, badge, actions }: TableRowProps) {
  return (
    <div className={`table-row${selected ? " selected" : ""}`} role="row" aria-rowindex={index + 2} aria-selected={selected} style={{ top, width }}>
      {columns.map((each, place) => {
        const isCurrent = cursor === each.key;
        const isEditing = isCurrent && editing !== undefined && each.column !== undefined;
        const classes = ["table-cell", place === 0 ? "table-name" : "", isCurrent ? "current" : "", selected && span?.has(each.key) === true ? "meant" : "", isEditing ? "editing" : ""].filter((name) => name !== "").join(" ");
        return (
          <div
            key={each.key} id={cellId(index, each.key)} role={place === 0 ? "rowheader" : "gridcell"} aria-colindex={order.indexOf(each.key) + 1} data-row={index} data-column={each.key} className={classes}
            style={place === 0 ? { width: each.width } : { left: each.left, width: each.width }} aria-selected={selected && (isCurrent || span?.has(each.key) === true)}
          >
            {isEditing && each.column !== undefined && editing !== undefined
              ? <CellEditor kind={kind} row={row} column={each.column} initial={editing.initial} count={count} actions={actions} />
              : each.column === undefined ? <FindingsBadge badge={badge} /> : <CellText topology={topology} kind={kind} row={row} column={each.column} />}
          </div>
        );
      })}
    </div>
  );
});

export function cellId(row: number, column: string): string {
  return `table-${row}-${column}`;
}

function FindingsBadge({ badge }: { readonly badge: Badge | undefined }) {
  if (badge === undefined) return null;
  return <span className="table-badge" {...tooltip(`${badge.count} ${badge.count === 1 ? "finding" : "findings"}, the worst ${badge.severity}`)}><SeverityMark severity={badge.severity} labelled /><span className="tabular">{badge.count.toLocaleString("en")}</span></span>;
}

function CellText({ topology, kind, row, column }: Pick<TableRowProps, "topology" | "kind" | "row"> & { readonly column: Column }) {
  const text = cellText({ topology, collection: kind.collection, owner: ownerOf(topology, kind, row) }, kind, row, column);
  if (text !== "") return <span className={`truncate${column.field.control.type === "number" ? " tabular" : ""}`} {...tooltip(text, { cut: true })}>{text}</span>;
  const fallback = defaultText(topology, kind, row, column);
  return fallback === undefined ? null : <span className="truncate table-default" {...tooltip(`Not set: ${fallback} counts`)}>{fallback}</span>;
}
