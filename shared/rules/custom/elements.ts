/** What a rule of one's own is about: every element of a kind, or the parties of a selector. */
import { locate, ownerOf } from "../../model/ids";
import { resolveSelector } from "../../model/members";
import { parseSelector } from "../../model/selector";
import { compareIds, entries, record, type CollectionName, type Topology } from "../../model/topology";

const COLLECTION_OF = {
  tenant: "tenants", host: "hosts", physicalSwitch: "physicalSwitches", trunk: "trunks", hypervisor: "hypervisors", managementInterface: "managementInterfaces",
  virtualSwitch: "virtualSwitches", uplink: "uplinks", portGroup: "portGroups", datastore: "datastores", vm: "vms", template: "vms", router: "routers",
  firewall: "firewalls", distributedFirewall: "distributedFirewalls", externalNetwork: "externalNetworks",
} as const satisfies Record<string, CollectionName>;

type Kind = keyof typeof COLLECTION_OF;

export const KINDS = Object.keys(COLLECTION_OF) as readonly Kind[];

export interface Element {
  /** Its id in findings: that of the record, or `host-1/bmc`. */
  readonly id: string;
  readonly collection: CollectionName;
  /** Of the record. */
  readonly record: string;
}

export function isKind(text: string): text is Kind {
  return Object.hasOwn(COLLECTION_OF, text);
}

/** The collections that the elements of a selection may be in. */
export function collectionsOf(select: readonly string[]): CollectionName[] {
  return [...new Set(select.flatMap((text): CollectionName[] => (isKind(text) ? [COLLECTION_OF[text]] : partiesIn(text))))];
}

/** Where the parties are that a selector may stand for. */
function partiesIn(text: string): CollectionName[] {
  switch (parseSelector(text)?.kind) {
    case "vm": case "tenant": case "workloads": return ["vms"];
    case "management": return ["managementInterfaces"];
    case "bmc": return ["hosts"];
    case "external": case "externals": return ["externalNetworks"];
    default: return ["vms", "managementInterfaces", "hosts", "externalNetworks"];
  }
}

/** The elements, each once, sorted by id. */
export function elementsOf(topology: Topology, select: readonly string[]): Element[] {
  const found = new Map<string, Element>();
  for (const text of select) for (const element of isKind(text) ? ofKind(topology, text) : ofSelector(topology, text)) found.set(element.id, element);
  return [...found.values()].sort((a, b) => compareIds(a.id, b.id));
}

function ofKind(topology: Topology, kind: Kind): Element[] {
  const collection = COLLECTION_OF[kind];
  const elements = entries(topology, collection).map(([id]): Element => ({ id, collection, record: id }));
  if (collection !== "vms") return elements;
  return elements.filter(({ id }) => (record(topology, "vms", id)?.role === "template") === (kind === "template"));
}

function ofSelector(topology: Topology, text: string): Element[] {
  return [...resolveSelector(topology, text)].flatMap((id): Element[] => {
    const found = locate(topology, id);
    return found === undefined ? [] : [{ id, collection: found.collection, record: found.id }];
  });
}

/** The rows of the matrix that an element stands for; undefined for a kind that stands for none. */
export function partiesOf(topology: Topology, { id, collection }: Element): readonly string[] | undefined {
  switch (collection) {
    case "vms": return record(topology, "vms", id)?.role === "template" ? [] : [id];
    case "managementInterfaces": case "externalNetworks": return [id];
    case "tenants": return [...resolveSelector(topology, `tenant:${id}`)];
    case "portGroups": return [...resolveSelector(topology, `portgroup:${id}`)];
    case "hypervisors": return [...resolveSelector(topology, `hypervisor:${id}`)];
    case "hosts": {
      const host = ownerOf(id);
      return record(topology, "hosts", host)?.bmc === undefined ? [] : [`${host}/bmc`];
    }
    default: return undefined;
  }
}

/** The collections whose elements stand for parties. */
export const PARTY_COLLECTIONS: readonly CollectionName[] = ["vms", "managementInterfaces", "externalNetworks", "tenants", "portGroups", "hypervisors", "hosts"];

/** Their kinds, for messages. */
export const PARTY_KINDS = KINDS.filter((kind) => PARTY_COLLECTIONS.includes(COLLECTION_OF[kind]));
