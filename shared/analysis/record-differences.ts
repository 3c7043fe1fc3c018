/** What is different in another version of a document, thing by thing, as people look at it. Pictures are not compared: who moved a box changed nothing. */
import { parsePointer, valueAt } from "../model/path";
import { COLLECTIONS, type CollectionName, type Topology } from "../model/topology";
import type { Edit } from "./result";

/** `+` was not there, `-` is not there any more, `~` is another. */
export type Sign = "+" | "-" | "~";

/** A value before and after, cut to what a line holds; "" where there is none. */
export interface FieldDifference {
  /** `guest / clipboard`; of a list the list. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface RecordDifference {
  readonly sign: Sign;
  /** `document`: `id` is a field of the document itself, such as its policy. */
  readonly collection: CollectionName | "document";
  readonly id: string;
  readonly name: string;
  /** Of what is another; in the order of the document. */
  readonly fields: readonly FieldDifference[];
}

const LONGEST_VALUE = 90;

const isCollection = (name: string): name is CollectionName => (COLLECTIONS as readonly string[]).includes(name);

/** @param edits what `diffTopologies` says of the two */
export function recordDifferences(before: Topology, after: Topology, edits: readonly Edit[]): RecordDifference[] {
  const found = new Map<string, RecordDifference & { readonly fields: FieldDifference[] }>();
  const entry = (sign: Sign, collection: RecordDifference["collection"], id: string): FieldDifference[] => {
    const key = `${collection}/${id}`;
    const known = found.get(key) ?? { sign, collection, id, name: collection === "document" ? "" : nameIn(after, collection, id) ?? nameIn(before, collection, id) ?? id, fields: [] };
    found.set(key, known);
    return known.fields;
  };
  for (const { op, path } of edits) {
    const [top = "", id, ...rest] = parsePointer(path) ?? [];
    const sign: Sign = op === "add" ? "+" : op === "remove" ? "-" : "~";
    if (top === "layout") continue;
    if (!isCollection(top)) addField(entry("~", "document", top), before, after, [top], id === undefined ? [] : [id, ...rest]);
    else if (id === undefined) for (const each of Object.keys((op === "remove" ? before : after)[top] ?? {})) entry(sign, top, each);
    else if (rest.length === 0) entry(sign, top, id);
    else addField(entry("~", top, id), before, after, [top, id], rest);
  }
  return [...found.values()];
}

function nameIn(topology: Topology, collection: CollectionName, id: string): string | undefined {
  const records = topology[collection];
  return records !== undefined && Object.hasOwn(records, id) ? records[id]?.name : undefined;
}

/** Places in a list mean something only while the edits are applied one by one, so a list is told of as a whole. */
function addField(fields: FieldDifference[], before: Topology, after: Topology, record: readonly string[], keys: readonly string[]): void {
  const at = keys.findIndex((_, index) => [before, after].some((topology) => Array.isArray(valueAt(topology, [...record, ...keys.slice(0, index)]))));
  const place = at < 0 ? keys : keys.slice(0, at);
  const field = place.join(" / ");
  if (fields.some((known) => known.field === field)) return;
  const [old, now] = [before, after].map((topology) => valueAt(topology, [...record, ...place])) as [unknown, unknown];
  const words = valueWords(now);
  fields.push({ field, before: valueWords(old), after: words !== "" && words === valueWords(old) ? `${words}, not the same` : words });
}

function valueWords(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value) && value.some((each) => typeof each === "object")) return `${value.length} ${value.length === 1 ? "entry" : "entries"}`;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
