import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Topology } from "../../shared/model/topology";
import { useDocument } from "../store/document";
import { toast } from "../store/session";
import type { Sort } from "../store/table";
import { Slices } from "../ui/slices";
import { useLive } from "../ui/useLive";
import { cellText, defaultText } from "./cells";
import type { Column } from "./columns";
import type { TableKind } from "./kinds";
import { badgeKey, filterRows, keptOrder, sortRows, type Badge } from "./order";
import { atOnce, ownerOf } from "./plan";
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

/** More rows than these are put in order between frames. */
const AT_ONCE = 500;
const SLICE_MS = 8;

/** The rows as they are sorted and filtered. An edit leaves them where they are, until they are sorted or filtered anew. */
export function useShownRows(topology: Topology, { kind, columns, badges, sort, query }: View): readonly Row[] {
  const generation = useDocument((state) => state.generation);
  const wanted = useDeferredValue(query).trim();
  const all = rowsOf(topology, kind);
  const key = sort === undefined && wanted === "" ? "" : [generation, kind.id, sort?.column, sort?.descending, wanted].join("\n");
  const [kept, setKept] = useState<Kept>(NONE);
  const live = useLive({ topology, all, view: { kind, columns, badges, sort, query: wanted } });
  let current = kept;
  if (kept.key !== key && (key === "" || all.length <= AT_ONCE)) {
    current = key === "" ? NONE : keep(key, all, atOnce(ordered(topology, { kind, columns, badges, sort, query: wanted })));
    setKept(current);
  }
  useEffect(() => {
    if (current.key === key) return undefined;
    const { topology: now, all: rows, view } = live.current;
    const slices = new Slices({ now: () => performance.now(), later: (task) => setTimeout(task, 0) }, SLICE_MS);
    slices.start(ordered(now, view), (found) => setKept(keep(key, rows, found)), (error) => toast(`The rows could not be put in order: ${String(error)}`, "error"));
    return () => slices.cancel();
  }, [current.key, key, live]);
  return useMemo(() => (current.key === "" ? all : keptOrder(current.order, current.known, all)), [current, all]);
}

function keep(key: string, all: readonly Row[], found: readonly Row[]): Kept {
  return { key, order: found.map(({ id }) => id), known: new Set(all.map(({ id }) => id)) };
}

function* ordered(topology: Topology, { kind, columns, badges, sort, query }: View): Generator<undefined, readonly Row[], undefined> {
  const textOf = (row: Row, column: Column): string => cellText({ topology, collection: kind.collection, owner: ownerOf(topology, kind, row) }, kind, row, column);
  const found = yield* filterRows(rowsOf(topology, kind), query, columns, textOf);
  if (sort === undefined) return found;
  if (sort.column === FINDINGS) return yield* sortRows(found, ({ id }) => badgeKey(badges.get(id)), sort.descending);
  const column = columns.find((each) => each.key === sort.column);
  if (column === undefined) return found;
  return yield* sortRows(found, (row) => textOf(row, column) || (defaultText(topology, kind, row, column) ?? ""), sort.descending);
}
