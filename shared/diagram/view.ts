/** A part of the network as a picture of its own: the machines that are meant, and all that they are plugged into. */
import type { Finding } from "../analysis/result";
import { locate, ownerOf } from "../model/ids";
import { resolveSelector } from "../model/members";
import { parseSelector } from "../model/selector";
import { entries, record, COLLECTIONS, type CollectionName, type Topology } from "../model/topology";
import { childrenOf, growTree } from "./tree";

/** What a picture shows. Selectors are those of the document; `path` is the way of one finding. */
export type View =
  | { readonly kind: "network" | "management" }
  | { readonly kind: "tenant"; readonly id: string }
  /** Selectors, and things as `id:ID`. */
  | { readonly kind: "selection"; readonly members: readonly string[] }
  | { readonly kind: "path"; readonly finding: string };

/** Reads `network`, `tenant:ID`, `management`, `selection:SELECTOR`, where several selectors, or `id:ID` for anything, are parted by commas, or `path:FINDING`; undefined for anything else. */
export function parseView(text: string): View | undefined {
  if (text === "network" || text === "management") return { kind: text };
  const colon = text.indexOf(":"), rest = text.slice(colon + 1);
  if (colon < 0 || rest === "") return undefined;
  switch (text.slice(0, colon)) {
    case "tenant": return { kind: "tenant", id: rest };
    case "selection": {
      const members = parseSelector(rest) === undefined ? rest.split(",") : [rest];
      return members.every((each) => idOf(each) !== undefined || parseSelector(each) !== undefined) ? { kind: "selection", members } : undefined;
    }
    case "path": return { kind: "path", finding: rest };
    default: return undefined;
  }
}

export interface Viewed {
  /** With what the picture shows and nothing else. */
  readonly topology: Topology;
  /** For the title block. */
  readonly scope: string;
  /** The finding whose way is to be drawn. */
  readonly finding?: Finding;
}

/** Undefined where the view shows nothing: there is no such tenant or finding, or nobody is meant. */
export function viewed(topology: Topology, view: View, findings: readonly Finding[]): Viewed | undefined {
  switch (view.kind) {
    case "network": return { topology, scope: "whole document" };
    case "management": return part(topology, managementOf(topology), "management plane");
    case "tenant": {
      const tenant = record(topology, "tenants", view.id);
      return tenant === undefined ? undefined : part(topology, resolveSelector(topology, `tenant:${view.id}`), `tenant ${tenant.name}`);
    }
    case "selection": return part(topology, selected(topology, view.members), view.members.length === 1 ? (idOf(view.members[0] ?? "") ?? view.members[0] ?? "") : `selection of ${view.members.length}`);
    case "path": {
      const finding = findings.find(({ id }) => id === view.finding);
      if (finding === undefined) return undefined;
      const shown = part(topology, [...finding.path.map(({ at }) => ownerOf(at)), ...finding.subjects.map(ownerOf)], finding.id, true);
      return shown === undefined ? undefined : { ...shown, finding };
    }
  }
}

/** The id in `id:ID`. */
function idOf(member: string): string | undefined {
  return /^id:([^,]+)$/.exec(member)?.[1];
}

/** Parties of selectors; things with all that is inside them. */
function selected(topology: Topology, members: readonly string[]): string[] {
  const things = members.flatMap((member) => idOf(member) ?? []), found = members.filter((member) => idOf(member) === undefined).flatMap((selector) => [...resolveSelector(topology, selector)]);
  if (things.length === 0) return found;
  const tree = growTree(topology), inside = new Set<string>();
  const add = (id: string): void => {
    if (inside.has(id)) return;
    inside.add(id);
    for (const child of childrenOf(tree, id)) add(child.id);
  };
  for (const id of things) add(id);
  return [...found, ...inside];
}

/** Management interfaces, BMCs, jump hosts and machines of nobody's that serve the infrastructure. */
function managementOf(topology: Topology): string[] {
  return [
    ...entries(topology, "managementInterfaces").map(([id]) => id), ...entries(topology, "hosts").flatMap(([id, { bmc }]) => (bmc === undefined ? [] : [`${id}/bmc`])),
    ...entries(topology, "vms").flatMap(([id, { role, tenant }]) => (role === "jump-host" || (role === "infrastructure" && tenant === undefined) ? [id] : [])),
  ];
}

/** @param narrow only what is named and what holds it: no appliances and networks beside */
function part(topology: Topology, seeds: Iterable<string>, scope: string, narrow = false): Viewed | undefined {
  const kept = new Kept(topology);
  for (const id of seeds) kept.add(ownerOf(id));
  if (kept.ids.size === 0) return undefined;
  if (!narrow) kept.addNeighbours();
  kept.addCables();
  const collections = COLLECTIONS.map((collection) => [collection, Object.fromEntries(entries(topology, collection).filter(([id]) => kept.ids.has(id)))]);
  const hosts = entries(topology, "hosts").filter(([id]) => kept.ids.has(id)).map(([id, host]) => {
    // A BMC would bring the switch that it is plugged into.
    const { bmc, ...rest } = host;
    return [id, bmc !== undefined && kept.ids.has(bmc.physicalSwitch) ? host : rest];
  });
  return { scope, topology: { ...topology, ...Object.fromEntries(collections), hosts: Object.fromEntries(hosts) } as Topology };
}

class Kept {
  readonly ids = new Set<string>();

  constructor(private readonly topology: Topology) {}

  /** A thing, and all that it stands on or is plugged into. */
  add(id: string | undefined): void {
    const found = id === undefined || this.ids.has(id) ? undefined : locate(this.topology, id);
    if (id === undefined || found === undefined) return;
    this.ids.add(id);
    for (const next of this.under(found.collection, id)) this.add(next);
  }

  private under(collection: CollectionName, id: string): (string | undefined)[] {
    const { topology } = this;
    switch (collection) {
      case "vms": {
        const vm = record(topology, "vms", id);
        return [vm?.hypervisor, vm?.tenant, ...Object.values(vm?.nics ?? {}).map(({ portGroup }) => portGroup)];
      }
      case "managementInterfaces": return [record(topology, collection, id)?.hypervisor, record(topology, collection, id)?.portGroup];
      case "portGroups": return [record(topology, collection, id)?.virtualSwitch];
      case "hypervisors": return [record(topology, collection, id)?.host];
      case "uplinks": {
        const uplink = record(topology, collection, id);
        return [uplink?.virtualSwitch, uplink?.hypervisor, uplink?.physicalSwitch];
      }
      case "trunks": return [record(topology, collection, id)?.a.switch, record(topology, collection, id)?.b.switch];
      case "routers": case "firewalls": return [record(topology, collection, id)?.hypervisor, ...Object.values(record(topology, collection, id)?.interfaces ?? {}).flatMap(({ portGroup, physicalSwitch }) => [portGroup, physicalSwitch])];
      case "externalNetworks": {
        const attached = record(topology, collection, id)?.attachedTo;
        return attached === undefined ? [] : ["portGroup" in attached ? attached.portGroup : attached.physicalSwitch];
      }
      default: return [];
    }
  }

  /** Routers, firewalls and outside networks where the machines are plugged in, and what filters or stores for them. */
  addNeighbours(): void {
    const { topology, ids } = this;
    this.addCables();
    for (const collection of ["routers", "firewalls"] as const) {
      for (const [id, { interfaces = {} }] of entries(topology, collection)) if (Object.values(interfaces).some(({ portGroup, physicalSwitch }) => ids.has(portGroup ?? physicalSwitch ?? ""))) this.add(id);
    }
    for (const [id, { attachedTo }] of entries(topology, "externalNetworks")) if (attachedTo !== undefined && ids.has("portGroup" in attachedTo ? attachedTo.portGroup : attachedTo.physicalSwitch)) this.add(id);
    for (const [id, { virtualSwitches }] of entries(topology, "distributedFirewalls")) if (virtualSwitches === undefined || virtualSwitches.some((each) => ids.has(each))) this.ids.add(id);
    for (const [, { disks = [] }] of entries(topology, "vms").filter(([id]) => ids.has(id))) for (const { datastore } of disks) this.add(datastore);
  }

  /** Uplinks of what is shown, and the cables that join the physical switches. */
  addCables(): void {
    for (const [id, { virtualSwitch, hypervisor }] of entries(this.topology, "uplinks")) if (this.ids.has(virtualSwitch) && this.ids.has(hypervisor)) this.add(id);
    const shown = entries(this.topology, "physicalSwitches").flatMap(([id]) => (this.ids.has(id) ? [id] : []));
    for (const id of this.between(shown)) this.ids.add(id);
    for (const [id, { a, b }] of entries(this.topology, "trunks")) if (this.ids.has(a.switch) && this.ids.has(b.switch)) this.ids.add(id);
  }

  /** Physical switches on the shortest ways from the first to the others. */
  private between([first, ...others]: readonly string[]): string[] {
    if (first === undefined || others.length === 0) return [];
    const before = new Map<string, string | undefined>([[first, undefined]]), trunks = entries(this.topology, "trunks").map(([, { a, b }]) => [a.switch, b.switch] as const);
    for (const at of before.keys()) {
      for (const [a, b] of trunks) {
        const next = a === at ? b : b === at ? a : undefined;
        if (next !== undefined && !before.has(next)) before.set(next, at);
      }
    }
    return others.flatMap((end) => {
      const way: string[] = [];
      for (let at = before.get(end); at !== undefined; at = before.get(at)) way.push(at);
      return way;
    });
  }
}
