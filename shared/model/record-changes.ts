/** What edits do to the records of a document, without copying it: of 40,000 VMs one edit touches one. */
import type { Edit } from "../analysis/result";
import { applyEdits } from "./edit";
import { parsePointer } from "./path";
import { COLLECTIONS, type CollectionName, type Topology } from "./topology";

/** A record before and after; undefined where there is none. */
export interface RecordChange {
  /** `document`: `id` is a field of the document itself. */
  readonly collection: CollectionName | "layout" | "document";
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Records = Record<string, unknown>;

const WITH_RECORDS: ReadonlySet<string> = new Set([...COLLECTIONS, "layout"]);
const FIELDS: ReadonlySet<string> = new Set(["name", "description", "layout"]);

/**
 * The records that edits change, where they change nothing but records of collections that are there, or what the document is called or
 * looks like; undefined otherwise. Throws `EditError` as `applyEdits` does.
 */
export function recordChanges(topology: Topology, edits: readonly Edit[]): RecordChange[] | undefined {
  const touched = new Map<string, Set<string>>();
  const fields = new Set<string>();
  for (const edit of edits) {
    for (const path of "from" in edit ? [edit.path, edit.from] : [edit.path]) {
      const [collection, id] = parsePointer(path) ?? [];
      if (collection === undefined) return undefined;
      if (id === undefined && FIELDS.has(collection)) fields.add(collection);
      else if (id !== undefined && WITH_RECORDS.has(collection) && (collection === "layout" || recordsOf(topology, collection) !== undefined)) touched.set(collection, (touched.get(collection) ?? new Set()).add(id));
      else return undefined;
    }
  }
  if (touched.has("layout") && (fields.has("layout") || topology.layout === undefined)) {
    touched.delete("layout");
    fields.add("layout");
  }
  const before: Record<string, unknown> = {};
  for (const [collection, ids] of touched) before[collection] = some(recordsOf(topology, collection) ?? {}, ids);
  for (const field of fields) if (field in topology) before[field] = topology[field as keyof Topology];
  const after = applyEdits(before as unknown as Topology, edits) as unknown as Record<string, unknown>;
  const changes = [...touched].flatMap(([collection, ids]) => [...ids].map((id): RecordChange => ({
    collection: collection as RecordChange["collection"], id, before: (before[collection] as Records)[id], after: (after[collection] as Records | undefined)?.[id],
  })));
  for (const field of fields) changes.push({ collection: "document", id: field, before: before[field], after: after[field] });
  return changes.filter((change) => change.before !== change.after);
}

/** The document after the changes. The collections of the one given are changed in place: nobody may need it any more. */
export function commit(topology: Topology, changes: readonly RecordChange[]): Topology {
  // What is remembered about a document is remembered about its outermost object.
  const next: Topology = { ...topology };
  for (const { collection, id, after } of changes) {
    const records = (collection === "document" ? next : recordsOf(topology, collection)) as Records;
    if (after === undefined) Reflect.deleteProperty(records, id);
    else records[id] = after;
  }
  return next;
}

function recordsOf(topology: Topology, collection: string): Records | undefined {
  return topology[collection as CollectionName];
}

function some(records: Records, ids: ReadonlySet<string>): Records {
  const found: Records = {};
  for (const id of ids) if (Object.hasOwn(records, id)) found[id] = records[id];
  return found;
}
