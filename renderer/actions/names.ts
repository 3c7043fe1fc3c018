/** Names and numbers for new things: the next free one, so that nothing has to be typed before it can be drawn. */
import { countVlans, hasVlan, parseVlanList } from "../../shared/model/vlan-set";
import { entries, record, type CollectionName, type RecordOf, type Topology } from "../../shared/model/topology";
import { locate } from "../../shared/model/ids";

/** `prefix` with the lowest number from `first` that is not among the names. */
export function nextName(taken: Iterable<string>, prefix: string, first: number): string {
  const names = new Set(taken);
  for (let number = first; ; number += 1) {
    if (!names.has(`${prefix}${number}`)) return `${prefix}${number}`;
  }
}

export function namesOf(topology: Topology, collection: CollectionName): string[] {
  return entries(topology, collection).map(([id, value]) => value.name ?? id);
}

/** How a thing is called in undo labels and messages: its name, else its id. `a-web/eth0` is "eth0 of a-web". */
export function nameOf(topology: Topology, id: string): string {
  const location = locate(topology, id);
  if (location === undefined) return id;
  const owner = record(topology, location.collection, location.id)?.name ?? location.id;
  if (location.local === undefined) return owner;
  return location.local === "bmc" ? `BMC of ${owner}` : `${location.local} of ${owner}`;
}

/** The name that people know a place by; the id of what is called alike everywhere, as every host has a vmk0. */
export function placeName(topology: Topology, id: string): string {
  for (const records of [topology.vms, topology.hypervisors, topology.datastores, topology.externalNetworks, topology.tenants]) {
    if (records !== undefined && Object.hasOwn(records, id)) return records[id]?.name ?? id;
  }
  return id;
}

/** `web`, `web and db`, or `web, db and 3 more`. */
export function nameList(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "";
  if (names.length <= 3) return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** The first VLAN id from `from` on, in steps of ten, that nothing in the document uses. */
export function freeVlan(topology: Topology, from: number): number {
  const used = usedVlans(topology);
  for (let vlan = from; vlan <= 4094; vlan += 10) if (!used.has(vlan)) return vlan;
  for (let vlan = 2; vlan <= 4094; vlan += 1) if (!used.has(vlan)) return vlan;
  return from;
}

/** VLAN ids written anywhere. Lists of more than 64 (a trunk of `all`) say nothing about what is in use. */
function usedVlans(topology: Topology): Set<number> {
  const used = new Set<number>();
  const add = (vlan: number | undefined): void => {
    if (vlan !== undefined) used.add(vlan);
  };
  for (const [, { vlan }] of entries(topology, "portGroups")) {
    if (vlan?.mode === "access") add(vlan.id);
    if (vlan?.mode === "private") [vlan.primary, vlan.secondary].forEach(add);
    if (vlan?.mode === "trunk") listed(vlan.allowed).forEach(add);
  }
  for (const port of portsOf(topology)) {
    if (port?.mode === "access") add(port.vlan);
    if (port?.mode === "trunk") [port.native, ...listed(port.allowed)].forEach(add);
  }
  for (const [, { bmc }] of entries(topology, "hosts")) add(bmc?.vlan);
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [, { interfaces }] of entries(topology, collection)) Object.values(interfaces ?? {}).forEach((each) => add(each.vlan));
  }
  for (const [, { attachedTo }] of entries(topology, "externalNetworks")) if (attachedTo !== undefined && "vlan" in attachedTo) add(attachedTo.vlan);
  return used;
}

function portsOf(topology: Topology): RecordOf<"uplinks">["port"][] {
  return [
    ...entries(topology, "uplinks").map(([, { port }]) => port),
    ...entries(topology, "trunks").flatMap(([, { a, b }]) => [a.port, b.port]),
  ];
}

function listed(text: string | undefined): number[] {
  const set = text === undefined ? undefined : parseVlanList(text);
  if (set === undefined || countVlans(set) > 64) return [];
  return Array.from({ length: 4094 }, (_, index) => index + 1).filter((vlan) => hasVlan(set, vlan));
}

/** "a port group", "an uplink". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}
