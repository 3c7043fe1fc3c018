/** Copy and paste: a fragment of a document that can be put into any document, with fresh ids. */
import { z } from "zod";
import { FRAGMENT_PREFIX } from "../../shared/ipc";
import { freshId, locate } from "../../shared/model/ids";
import { placementSchema } from "../../shared/model/layout";
import { COLLECTIONS, collectionSchemas, entries, record, type CollectionName, type RecordOf, type Topology } from "../../shared/model/topology";
import { Draft, refuse, type Outcome } from "./draft";
import { KINDS } from "./kinds";
import { nameList, withArticle } from "./names";
import { mapReferences } from "./references";

const fragmentSchema = z.strictObject({
  format: z.literal("bulkhead-fragment/1"),
  things: z.array(z.strictObject({ collection: z.enum(COLLECTIONS as readonly [CollectionName, ...CollectionName[]]), id: z.string(), record: z.unknown() })),
  /** Those of the VMs among the things. */
  tenants: z.record(z.string(), collectionSchemas.tenants).optional(),
  layout: z.record(z.string(), placementSchema),
});
type Fragment = z.infer<typeof fragmentSchema>;

/** What is inside what, for copying: a host with its hypervisors, a hypervisor with what runs on it, a switch with its port groups. */
function insides(topology: Topology, ids: ReadonlySet<string>): Set<string> {
  const all = new Set(ids);
  for (let before = -1; before !== all.size;) {
    before = all.size;
    const take = (collection: CollectionName, owner: (value: never) => string | undefined): void => {
      for (const [id, value] of Object.entries(topology[collection] ?? {})) {
        const parent = owner(value as never);
        if (parent !== undefined && all.has(parent)) all.add(id);
      }
    };
    take("hypervisors", (value: RecordOf<"hypervisors">) => value.host);
    take("vms", (value: RecordOf<"vms">) => value.hypervisor);
    take("managementInterfaces", (value: RecordOf<"managementInterfaces">) => value.hypervisor);
    take("virtualSwitches", (value: RecordOf<"virtualSwitches">) => (value.hypervisors.length === 1 ? value.hypervisors[0] : undefined));
    take("portGroups", (value: RecordOf<"portGroups">) => value.virtualSwitch);
    take("firewalls", (value: RecordOf<"firewalls">) => value.hypervisor);
    take("routers", (value: RecordOf<"routers">) => value.hypervisor);
    // A copied host is cabled as the first one is; a cable between two copied things goes along.
    take("uplinks", (value: RecordOf<"uplinks">) => value.virtualSwitch);
    take("trunks", (value: RecordOf<"trunks">) => (all.has(value.b.switch) ? value.a.switch : undefined));
  }
  return all;
}

/** True for what is a thing of its own: a vNIC or a rule is copied with what it is a part of. */
export function isCopyable(topology: Topology, id: string): boolean {
  const place = locate(topology, id);
  return place !== undefined && place.local === undefined;
}

/** The chosen things with what is inside them, as text for the clipboard; undefined where nothing can be copied. */
export function copyFragment(topology: Topology, ids: readonly string[]): string | undefined {
  const chosen = new Set(ids.filter((id) => isCopyable(topology, id)));
  if (chosen.size === 0) return undefined;
  const all = insides(topology, chosen);
  const things = COLLECTIONS.flatMap((collection) =>
    [...all].sort().flatMap((id) => {
      const found = record(topology, collection, id);
      return found === undefined ? [] : [{ collection, id, record: found }];
    }));
  const layout = Object.fromEntries(Object.entries(topology.layout ?? {}).filter(([id]) => all.has(id)));
  const tenants = Object.fromEntries([...all].flatMap((id) => {
    const tenant = record(topology, "vms", id)?.tenant, found = record(topology, "tenants", tenant);
    return tenant === undefined || found === undefined ? [] : [[tenant, found]];
  }));
  return FRAGMENT_PREFIX + JSON.stringify({ things, tenants, layout }).replace("{", ",");
}

export interface PasteTarget {
  /** What is selected: a copied VM goes onto a selected hypervisor, a copied port group onto a selected switch. */
  readonly onto?: string | undefined;
  /** Added to hand-made places of the outermost things. */
  readonly offset: number;
}

/** Hand-made places of copies are so far from those of the first ones, to the right and down. */
export const PASTE_STEP = 24;

/** Copies of things beside them, without the clipboard. */
export function duplicateThings(topology: Topology, ids: readonly string[]): Outcome {
  const text = copyFragment(topology, ids);
  return text === undefined ? refuse("That is a part of another thing and cannot be duplicated by itself") : pasteFragment(topology, text, { offset: PASTE_STEP });
}

export const NOTHING_TO_PASTE = "The clipboard holds nothing that was copied in Bulkhead. Rows of a spreadsheet are pasted into the table: View › Table";

/** Adds a fragment with fresh ids. References among the pasted things follow them; others are kept where they mean something here. */
export function pasteFragment(topology: Topology, text: string, target: PasteTarget): Outcome {
  const fragment = readFragment(text);
  if (fragment === undefined) return refuse(NOTHING_TO_PASTE);
  const draft = new Draft(topology);
  const ids = new Map<string, string>();
  const adopt = adopted(topology, fragment, target.onto);
  const missing: string[] = [];
  const pasted: string[] = [];
  for (const { collection, id } of fragment.things) {
    // Reserves the id, so that things of the same paste get different ones.
    const fresh = freshId(draft.topology, id);
    ids.set(id, fresh);
    draft.put(collection, fresh, {} as never);
  }
  const map = (id: string, refersTo: string): string | undefined => {
    if (refersTo.includes(".")) return id;
    if (refersTo === "tenants" && !ids.has(id)) return tenantHere(draft, id, fragment.tenants?.[id]);
    return adopt.get(id) ?? ids.get(id) ?? (record(topology, refersTo as CollectionName, id) === undefined ? undefined : id);
  };
  for (const { collection, id, record: value } of fragment.things) {
    const fresh = ids.get(id) ?? id;
    const mapped = mapReferences(collection, value as RecordOf<typeof collection>, map);
    if (mapped === undefined) {
      draft.remove(collection, fresh);
      missing.push(id);
      continue;
    }
    draft.put(collection, fresh, renamed(draft.topology, collection, withoutMacs(mapped)) as never);
    pasted.push(fresh);
    const placement = Object.hasOwn(fragment.layout, id) ? fragment.layout[id] : undefined;
    const outermost = !Object.hasOwn(value as object, "hypervisor") && !Object.hasOwn(value as object, "host") && collection !== "portGroups" && collection !== "virtualSwitches";
    if (placement !== undefined && outermost) draft.place(fresh, { x: placement.x + target.offset, y: placement.y + target.offset });
  }
  if (pasted.length === 0) return refuse(whyNothing(fragment));
  return draft.done(`paste ${nameList(pasted)}`, topmost(fragment, ids, pasted), missing.length === 0 ? undefined : `Left out, because what they belong to is not here: ${nameList(missing)}`);
}

/** What a copy of it alone is pasted onto. */
const OWNERS: Readonly<Partial<Record<CollectionName, CollectionName>>> = { vms: "hypervisors", portGroups: "virtualSwitches", hypervisors: "hosts" };

function whyNothing({ things }: Fragment): string {
  const [first] = things.map(({ collection }) => collection), owner = first === undefined ? undefined : OWNERS[first];
  if (first === undefined || owner === undefined) return "What was copied belongs to things that are not in this document";
  const article = withArticle(KINDS[first].noun);
  return `${article.charAt(0).toUpperCase()}${article.slice(1)} is pasted onto ${withArticle(KINDS[owner].noun)}: select one first`;
}

/** A tenant is known by its name; one that is not here comes along. Undefined where nothing is known of it and its id means nobody here. */
function tenantHere(draft: Draft, id: string, tenant: RecordOf<"tenants"> | undefined): string | undefined {
  if (tenant === undefined) return draft.get("tenants", id) === undefined ? undefined : id;
  const named = draft.entries("tenants").filter(([, { name }]) => name === tenant.name).map(([other]) => other);
  const known = named.includes(id) ? id : named[0];
  if (known !== undefined) return known;
  const fresh = freshId(draft.topology, id);
  draft.put("tenants", fresh, tenant);
  return fresh;
}

function readFragment(text: string): Fragment | undefined {
  try {
    const fragment = fragmentSchema.parse(JSON.parse(text));
    const valid = fragment.things.every(({ collection, record: value }) => z.safeParse(collectionSchemas[collection], value).success);
    return valid ? fragment : undefined;
  } catch {
    return undefined;
  }
}

/** Containers outside the fragment that the selected thing takes the place of. */
function adopted(topology: Topology, fragment: Fragment, onto: string | undefined): ReadonlyMap<string, string> {
  const location = onto === undefined ? undefined : locate(topology, onto);
  const own = new Set(fragment.things.map(({ id }) => id));
  const map = new Map<string, string>();
  if (location === undefined) return map;
  for (const { record: value } of fragment.things) {
    const { hypervisor, virtualSwitch, host } = value as Partial<Record<"hypervisor" | "virtualSwitch" | "host", string>>;
    for (const [collection, id] of [["hypervisors", hypervisor], ["virtualSwitches", virtualSwitch], ["hosts", host]] as const) {
      if (id !== undefined && !own.has(id) && location.collection === collection) map.set(id, location.id);
    }
  }
  return map;
}

/** A MAC address is one adapter's: copies get none. */
function withoutMacs(value: object): object {
  const strip = (adapters: unknown): unknown => Object.fromEntries(Object.entries(adapters as Record<string, object>).map(([local, adapter]) =>
    [local, Object.fromEntries(Object.entries(adapter).filter(([key]) => key !== "mac"))]));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, key === "nics" || key === "interfaces" ? strip(field) : field]));
}

/** Names need not be unique, but a copy beside its original should tell: VMs and what stands alone count on, `web` becomes `web-2`. */
function renamed(topology: Topology, collection: CollectionName, value: object): object {
  if (!("name" in value) || typeof value.name !== "string" || collection === "portGroups" || collection === "virtualSwitches" || collection === "managementInterfaces") return value;
  const taken = new Set(entries(topology, collection).map(([, other]) => other.name));
  if (!taken.has(value.name)) return value;
  const [, stem = value.name, digits] = /^(.*?)(\d+)$/.exec(value.name) ?? [];
  for (let number = Number(digits ?? 1) + 1; ; number += 1) {
    const name = digits === undefined ? `${stem}-${number}` : `${stem}${number}`;
    if (!taken.has(name)) return { ...value, name };
  }
}

/** What to select: pasted things that are not inside other pasted ones. */
function topmost(fragment: Fragment, ids: ReadonlyMap<string, string>, pasted: readonly string[]): string[] {
  return fragment.things.flatMap(({ collection, id, record: value }) => {
    const { hypervisor, hypervisors, host, virtualSwitch } = value as Partial<Record<"hypervisor" | "host" | "virtualSwitch", string>> & { readonly hypervisors?: readonly string[] };
    const owners = [hypervisor, host, virtualSwitch, collection === "virtualSwitches" ? hypervisors?.[0] : undefined];
    const inside = owners.some((owner) => owner !== undefined && ids.has(owner));
    const fresh = ids.get(id) ?? id;
    return inside || collection === "uplinks" || collection === "trunks" || !pasted.includes(fresh) ? [] : [fresh];
  });
}
