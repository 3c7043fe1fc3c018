/** The rows of a kind, as the document has them. */
import { entries, record, type CollectionName, type Topology } from "../../shared/model/topology";
import type { PartName, TableKind } from "./kinds";

/** A record, or a part of one. */
export type RowValue = Readonly<Record<string, unknown>>;

export interface Row {
  /** As the canvas and the inspector name it: `a-web`, or `a-web/eth0`. */
  readonly id: string;
  /** The id of the record. */
  readonly owner: string;
  /** The local id, of a part. */
  readonly local: string | undefined;
  readonly value: RowValue;
}

const known = new WeakMap<object, Map<string, readonly Row[]>>();
const NO_ROWS: readonly Row[] = [];

/** In the order of the file. The same list as long as the collection is the same. */
export function rowsOf(topology: Topology, { id, collection, part }: TableKind): readonly Row[] {
  const records = topology[collection];
  if (records === undefined) return NO_ROWS;
  const found = known.get(records) ?? new Map<string, readonly Row[]>();
  known.set(records, found);
  const rows = found.get(id) ?? entries(topology, collection).flatMap(([owner, value]): Row[] => (part === undefined
    ? [{ id: owner, owner, local: undefined, value: value as RowValue }]
    : Object.entries(partsOf(value as RowValue, part)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([local, own]) => ({ id: `${owner}/${local}`, owner, local, value: own }))));
  found.set(id, rows);
  return rows;
}

/** How many there are, without making them. */
export function countRows(topology: Topology, { collection, part }: TableKind): number {
  const records = topology[collection];
  if (records === undefined) return 0;
  if (part === undefined) return Object.keys(records).length;
  let count = 0;
  for (const id in records) count += Object.keys(partsOf(records[id] as unknown as RowValue, part)).length;
  return count;
}

export function partsOf(value: RowValue, part: PartName): Readonly<Record<string, RowValue>> {
  return (value[part] ?? {}) as Readonly<Record<string, RowValue>>;
}

/** The row's path inside its record, before that of a field. */
export function prefixOf({ part }: TableKind, local: string | undefined): readonly string[] {
  return part === undefined || local === undefined ? [] : [part, local];
}

/** What a row is called: its name, or the part of the thing that has it, `a-web/eth0`. */
export function rowName(topology: Topology, collection: CollectionName, { owner, local }: Pick<Row, "owner" | "local">): string {
  const name = record(topology, collection, owner)?.name ?? owner;
  return local === undefined ? name : `${name}/${local}`;
}

/**
 * The value with another at a path, or without it; whatever the path leads through is copied, and objects that are left empty go too, but
 * for the first `kept` of the path: a vNIC of which nothing is said is one.
 */
export function withValue(value: RowValue, path: readonly string[], next: unknown, kept = 0): RowValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = rest.length === 0 ? next : innerValue((value[key] ?? {}) as RowValue, rest, next, kept - 1);
  if (inner !== undefined) return { ...value, [key]: inner };
  const { [key]: _gone, ...others } = value;
  return others;
}

function innerValue(value: RowValue, path: readonly string[], next: unknown, kept: number): RowValue | undefined {
  const inner = withValue(value, path, next, kept);
  return kept < 0 && Object.keys(inner).length === 0 ? undefined : inner;
}
