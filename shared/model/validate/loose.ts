/** A document of which parts may be malformed: those are reported by the schema and absent here, so every check goes on with the rest. */
import type { CollectionName, RecordOf, Topology } from "../topology";

export type Loose<T> = T extends readonly (infer Element)[]
  ? readonly (Loose<Element> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | undefined }
    : T;

export type LooseTopology = Loose<Topology>;

type Fields<R> = Readonly<Record<string, R | undefined>>;

/** The well-formed records of a collection, in the order of the file. */
export function looseEntries<C extends CollectionName>(topology: LooseTopology, collection: C): [string, Loose<RecordOf<C>>][] {
  return present(topology[collection] as Fields<Loose<RecordOf<C>>> | undefined);
}

/** The same for collections of very many. */
export function eachLoose<C extends CollectionName>(topology: LooseTopology, collection: C, visit: (id: string, record: Loose<RecordOf<C>>) => void): void {
  eachPresent(topology[collection] as Fields<Loose<RecordOf<C>>> | undefined, visit);
}

/** A record by id; undefined where there is none or it is malformed. */
export function looseRecord<C extends CollectionName>(topology: LooseTopology, collection: C, id: string | undefined): Loose<RecordOf<C>> | undefined {
  const records = topology[collection] as Fields<Loose<RecordOf<C>>> | undefined;
  return records !== undefined && id !== undefined && Object.hasOwn(records, id) ? records[id] : undefined;
}

/** Whether a collection has this id, be its record malformed or not. */
export function hasId(topology: LooseTopology, collection: CollectionName, id: string): boolean {
  const records = topology[collection];
  return records !== undefined && Object.hasOwn(records, id);
}

/** The well-formed members of any object keyed by ids, such as `nics`. */
export function present<R>(members: Fields<R> | undefined): [string, R][] {
  return Object.entries(members ?? {}).filter((entry): entry is [string, R] => entry[1] !== undefined);
}

export function eachPresent<R>(members: Fields<R> | undefined, visit: (id: string, member: R) => void): void {
  for (const id in members) {
    const member = members[id];
    if (member !== undefined) visit(id, member);
  }
}
