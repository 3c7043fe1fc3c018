import { useDeferredValue, useMemo, useState } from "react";
import type { Topology } from "../../shared/model/topology";
import { useDocument } from "../store/document";
import type { Sort } from "../store/table";
import { cellText, defaultText } from "./cells";
import type { Column } from "./columns";
import type { TableKind } from "./kinds";
import { badgeKey, filterRows, keptOrder, sortRows, type Badge } from "./order";
import { ownerOf } from "./plan";
import { rowsOf, type Row } from "./rows";

/** Key of the column that says what the findings say. */
export const FINDINGS = "findings";

interface View {
  readonly kind: TableKind;
  readonly columns: readonly Column[];
  readonly badges: ReadonlyMap<string, Badge>;
  readonly sort: Sort | undefined;
  readonly query: string;
}

interface Kept {
  /** Of what the order was made; anything else is ordered anew. */
  readonly key: string;
  readonly order: readonly string[];
  readonly known: ReadonlySet<string>;
}

const NONE: Kept = { key: "", order: [], known: new Set() };

/** The rows as they are sorted and filtered. An edit leaves them where they are, until they are sorted or filtered anew. */
export function useShownRows(topology: Topology, { kind, columns, badges, sort, query }: View): readonly Row[] {
  const generation = useDocument((state) => state.generation);
  const wanted = useDeferredValue(query).trim();
  const all = rowsOf(topology, kind);
  const key = sort === undefined && wanted === "" ? "" : [generation, kind.id, sort?.column, sort?.descending, wanted].join("\n");
  const [kept, setKept] = useState<Kept>(NONE);
  let current = kept;
  if (kept.key !== key) {
    current = key === "" ? NONE : { key, order: ordered(topology, { kind, columns, badges, sort, query: wanted }).map(({ id }) => id), known: new Set(all.map(({ id }) => id)) };
    setKept(current);
  }
  return useMemo(() => (current.key === "" ? all : keptOrder(current.order, current.known, all)), [current, all]);
}

function ordered(topology: Topology, { kind, columns, badges, sort, query }: View): readonly Row[] {
  const textOf = (row: Row, column: Column): string => cellText({ topology, collection: kind.collection, owner: ownerOf(topology, kind, row) }, kind, row, column);
  const found = filterRows(rowsOf(topology, kind), query, columns, textOf);
  if (sort === undefined) return found;
  if (sort.column === FINDINGS) return sortRows(found, ({ id }) => badgeKey(badges.get(id)), sort.descending);
  const column = columns.find((each) => each.key === sort.column);
  if (column === undefined) return found;
  return sortRows(found, (row) => textOf(row, column) || (defaultText(topology, kind, row, column) ?? ""), sort.descending);
}
