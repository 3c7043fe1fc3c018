/** References by name: how a cell calls the thing that it names, and which thing a name means. Pure. */
import { COLLECTIONS, record, type CollectionName, type Topology } from "../../shared/model/topology";
import { KINDS } from "../actions/kinds";
import { candidates, hostNics } from "../fields/blank";
import type { Suggestion } from "../ui/CellInput";
import type { RowValue } from "./rows";

/** What a cell belongs to: what it may name depends on it, as a VM is plugged into port groups of its hypervisor. */
export interface Scope {
  readonly topology: Topology;
  readonly collection: CollectionName;
  /** The record, as it is by now. */
  readonly owner: RowValue;
}

/** A value, undefined where it is to be absent; or what is wrong, for people. */
export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

export const HOST_NICS = "hosts.nics";
const MOST_NAMED = 3;

const indexes = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();
const folded = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

function indexOf(topology: Topology, collection: CollectionName, cache: typeof indexes, key: (name: string) => string): ReadonlyMap<string, readonly string[]> {
  const records = topology[collection] as Readonly<Record<string, { readonly name?: string }>> | undefined;
  if (records === undefined) return new Map();
  const known = cache.get(records);
  if (known !== undefined) return known;
  const index = new Map<string, string[]>();
  for (const [id, { name = id }] of Object.entries(records)) {
    const ids = index.get(key(name));
    if (ids === undefined) index.set(key(name), [id]);
    else ids.push(id);
  }
  cache.set(records, index);
  return index;
}

const targets = new Map<string, readonly CollectionName[]>();

function collectionsOf(to: string): readonly CollectionName[] {
  const known = targets.get(to) ?? COLLECTIONS.filter((collection) => to.split(",").some((part) => part.trim() === collection));
  targets.set(to, known);
  return known;
}

/** Whether the record may be named here: port groups and switches that the hypervisor has, where it has one. */
function fits({ topology, collection, owner }: Scope, of: CollectionName, id: string): boolean {
  const hypervisor = owner["hypervisor"];
  if (typeof hypervisor !== "string") return true;
  if (of === "portGroups") return record(topology, "virtualSwitches", record(topology, of, id)?.virtualSwitch)?.hypervisors.includes(hypervisor) === true;
  return of !== "virtualSwitches" || collection !== "uplinks" || record(topology, of, id)?.hypervisors.includes(hypervisor) === true;
}

function called(scope: Scope, to: string, name: string, ignoreCase = false): readonly string[] {
  return collectionsOf(to).flatMap((of) => (indexOf(scope.topology, of, ignoreCase ? folded : indexes, ignoreCase ? (each) => each.toLowerCase() : (each) => each).get(name) ?? []).filter((id) => fits(scope, of, id)));
}

function find(topology: Topology, to: string, id: string): { readonly name?: string | undefined } | undefined {
  for (const of of collectionsOf(to)) {
    const found = record(topology, of, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name where it says which, else `Production (pg-prod)`. */
export function referenceText(scope: Scope, to: string, id: string): string {
  if (to === HOST_NICS) return id;
  const name = find(scope.topology, to, id)?.name ?? id;
  const same = called(scope, to, name);
  const other = name === id ? undefined : find(scope.topology, to, name);
  return same.length === 1 && same[0] === id && other === undefined ? name : name === id && same.length <= 1 ? id : `${name} (${id})`;
}

/** Reads a name, an id, or `Production (pg-prod)`. What is ambiguous is refused. */
export function readReference(scope: Scope, to: string, text: string): Read {
  if (to === HOST_NICS) return readHostNic(scope, text);
  const named = called(scope, to, text);
  const byId = find(scope.topology, to, text) === undefined ? [] : [text];
  const found = [...new Set([...named, ...byId])];
  if (found.length === 1) return { ok: true, value: found[0] };
  if (found.length > 1) return ambiguous(scope, to, text, found);
  const [, name, id = ""] = /^(.*\S)\s*\(([^()]+)\)$/.exec(text) ?? [];
  const qualified = id === "" ? undefined : find(scope.topology, to, id);
  if (qualified !== undefined && (qualified.name ?? id) === name) return { ok: true, value: id };
  const loosely = called(scope, to, text.toLowerCase(), true);
  if (loosely.length === 1) return { ok: true, value: loosely[0] };
  return loosely.length > 1 ? ambiguous(scope, to, text, loosely) : unknown(scope, to, text);
}

function ambiguous(scope: Scope, to: string, text: string, ids: readonly string[]): Read {
  const ways = ids.slice(0, MOST_NAMED).map((id) => `${find(scope.topology, to, id)?.name ?? id} (${id})`).join(", ");
  return { ok: false, message: `“${text}” may be any of ${ids.length} ${nouns(to)}: write ${ways}${ids.length > MOST_NAMED ? " …" : ""}` };
}

function unknown(scope: Scope, to: string, text: string): Read {
  const hypervisor = typeof scope.owner["hypervisor"] === "string" && (to === "portGroups" || (to === "virtualSwitches" && scope.collection === "uplinks")) ? scope.owner["hypervisor"] : undefined;
  const where = hypervisor === undefined ? "" : ` on ${record(scope.topology, "hypervisors", hypervisor)?.name ?? hypervisor}`;
  const names = choices(scope, to).slice(0, MOST_NAMED).map(({ id }) => id);
  const remedy = names.length === 0 ? `there are no ${nouns(to)}${where}` : `use ${names.join(", ")}${choices(scope, to).length > MOST_NAMED ? " …" : ""}`;
  return { ok: false, message: `No ${noun(to)}${where} is called “${text}”: ${remedy}` };
}

function readHostNic(scope: Scope, text: string): Read {
  const nics = hostNics(scope.topology, scope.owner["hypervisor"]);
  const found = nics.find(({ id }) => id === text) ?? nics.find(({ name }) => name === text);
  if (found !== undefined) return { ok: true, value: found.id };
  return { ok: false, message: `Its host has no adapter “${text}”: ${nics.length === 0 ? "it has none" : `use ${nics.slice(0, MOST_NAMED).map(({ id }) => id).join(", ")}`}` };
}

/** What the cell may name, as it would be written. */
export function choices(scope: Scope, to: string): readonly Suggestion[] {
  if (to === HOST_NICS) return hostNics(scope.topology, scope.owner["hypervisor"]).map(({ id, name }) => ({ id, name: name === id ? "" : name }));
  return collectionsOf(to).flatMap((of) => candidates(scope.topology, of).filter(({ id }) => fits(scope, of, id)).map(({ id, name }) => ({ id: referenceText(scope, to, id), name: name === id ? "" : id })));
}

function noun(to: string): string {
  return collectionsOf(to).map((of) => KINDS[of].noun).join(" or ");
}

function nouns(to: string): string {
  return collectionsOf(to).map((of) => KINDS[of].plural).join(" or ");
}
