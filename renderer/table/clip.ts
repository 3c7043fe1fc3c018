/** The table as text: what is selected for the clipboard, what is shown for a file. Pure. */
import type { Topology } from "../../shared/model/topology";
import { cellText, defaultText } from "./cells";
import type { Column } from "./columns";
import type { Cells } from "./delimited";
import type { TableKind } from "./kinds";
import type { Badge } from "./order";
import { headerOf } from "./paste";
import { ownerOf } from "./plan";
import type { Row } from "./rows";

function textOf(topology: Topology, kind: TableKind, row: Row, column: Column): string {
  return cellText({ topology, collection: kind.collection, owner: ownerOf(topology, kind, row) }, kind, row, column);
}

/** Cells as they would be written: what the document does not say is empty, and pastes as that. */
export function copied(topology: Topology, kind: TableKind, rows: readonly Row[], columns: readonly Column[], withNames: boolean): Cells {
  const cells = rows.map((row) => columns.map((column) => textOf(topology, kind, row, column)));
  return withNames ? [columns.map(headerOf), ...cells] : cells;
}

/** Everything shown, findings too; a default is in brackets, and comes back as one. */
export function exported(topology: Topology, kind: TableKind, rows: readonly Row[], columns: readonly Column[], badges: ReadonlyMap<string, Badge>): Cells {
  const byDefault = (row: Row, column: Column): string => {
    const text = defaultText(topology, kind, row, column);
    return text === undefined ? "" : `(${text})`;
  };
  const findings = ({ id }: Row): string[] => {
    const badge = badges.get(id);
    return badge === undefined ? ["0", ""] : [String(badge.count), badge.severity];
  };
  // The first column of parts is their id already.
  const idOf = kind.part !== undefined || columns.some(({ key }) => key === "id") ? [] : [(row: Row): string => row.id];
  return [
    [...columns.map(headerOf), ...idOf.map(() => "Id"), "Findings", "Worst finding"],
    ...rows.map((row) => [...columns.map((column) => textOf(topology, kind, row, column) || byDefault(row, column)), ...idOf.map((text) => text(row)), ...findings(row)]),
  ];
}
