/** What the lists of uplinks and trunks lack, and what they have too much. */
import type { Port } from "../model/primitives";
import { entries, record, type RecordOf, type Topology } from "../model/topology";
import { hasVlan, intersectVlans, NO_VLANS, parseVlanList, subtractVlans, unionVlans, type VlanSet } from "../model/vlan-set";
import { groupBy } from "./group-by";
import { portGroupsOf } from "./residents";
import { taggedVlans, vlansUsedOn, type VlansUsed } from "./vlans-used";
import { uplinksOf } from "./workload";

/** What a port lets through tagged; undefined where the document does not say. */
export function allowedBy(port: Port | undefined): VlanSet | undefined {
  if (port === undefined) return undefined;
  if (port.mode === "access") return NO_VLANS;
  return port.allowed === undefined ? undefined : parseVlanList(port.allowed);
}

/** What a list has that nobody uses; the native VLAN counts as used where untagged frames do. */
export function excessOf(port: Port | undefined, { vlans, untagged, open }: VlansUsed): VlanSet {
  const allowed = port?.mode === "trunk" ? allowedBy(port) : undefined;
  if (allowed === undefined || open || port?.mode !== "trunk") return NO_VLANS;
  const native: VlanSet = untagged && port.native !== undefined ? [port.native, port.native] : NO_VLANS;
  return subtractVlans(allowed, unionVlans(vlans, native));
}

/** On one hypervisor, the tagged VLANs of the switch's port groups that none of its uplinks there lets through; nothing where one does not say. */
export function missingOn(topology: Topology, virtualSwitch: string): ReadonlyMap<string, VlanSet> {
  const { vlans } = vlansUsedOn(topology, virtualSwitch);
  const missing = new Map<string, VlanSet>();
  for (const [hypervisor, uplinks] of groupBy(uplinksOf(topology, virtualSwitch), ([, uplink]) => uplink.hypervisor)) {
    const lists = uplinks.map(([, { port }]) => allowedBy(port));
    if (lists.includes(undefined)) continue;
    const carried = lists.reduce<VlanSet>((all, list) => unionVlans(all, list ?? NO_VLANS), NO_VLANS);
    const lacking = subtractVlans(vlans, carried);
    if (lacking.length > 0) missing.set(hypervisor, lacking);
  }
  return missing;
}

/** The port groups of a switch that are in one of the VLANs. */
export function groupsIn(topology: Topology, virtualSwitch: string, vlans: VlanSet): string[] {
  return portGroupsOf(topology, virtualSwitch).filter((id) => intersectVlans(taggedVlans(topology, id) ?? NO_VLANS, vlans).length > 0);
}

/**
 * VLANs of port groups of one name on both sides of a cable between physical switches that the cable does not carry, where there is
 * no other way round.
 */
export class TrunkNeeds {
  private readonly neighbours = new Map<string, { readonly trunk: string; readonly to: string }[]>();
  /** `name\nVLAN` of port groups by the physical switch that their uplinks go to. */
  private readonly named = new Map<string, Set<string>>();

  constructor(topology: Topology) {
    for (const [trunk, { a, b }] of entries(topology, "trunks")) {
      for (const [from, to] of [[a.switch, b.switch], [b.switch, a.switch]] as const) this.neighbours.set(from, [...(this.neighbours.get(from) ?? []), { trunk, to }]);
    }
    for (const [virtualSwitch, uplinks] of groupBy(entries(topology, "uplinks"), ([, uplink]) => uplink.virtualSwitch)) {
      const names = portGroupsOf(topology, virtualSwitch).flatMap((id) => {
        const group = record(topology, "portGroups", id);
        return group?.vlan?.mode === "access" ? [`${group.name}\n${group.vlan.id}`] : [];
      });
      for (const physicalSwitch of new Set(uplinks.map(([, uplink]) => uplink.physicalSwitch))) {
        const here = this.named.get(physicalSwitch) ?? new Set<string>();
        this.named.set(physicalSwitch, here);
        for (const name of names) here.add(name);
      }
    }
  }

  missing(id: string, { a, b }: RecordOf<"trunks">): VlanSet {
    const [left, right] = [allowedBy(a.port), allowedBy(b.port)];
    const side = left === undefined || right === undefined || this.named.size === 0 ? undefined : this.side(a.switch, id);
    if (side === undefined || left === undefined || right === undefined || side.has(b.switch)) return NO_VLANS;
    const [few, many] = [[...side], [...this.side(b.switch, id)]].sort((one, other) => one.length - other.length) as [string[], string[]];
    const lacking = new Set<number>();
    for (const name of few.flatMap((at) => [...(this.named.get(at) ?? [])])) {
      const vlan = Number(name.slice(name.indexOf("\n") + 1));
      if (lacking.has(vlan) || (hasVlan(left, vlan) && hasVlan(right, vlan))) continue;
      if (many.some((at) => this.named.get(at)?.has(name) === true)) lacking.add(vlan);
    }
    return [...lacking].reduce<VlanSet>((all, vlan) => unionVlans(all, [vlan, vlan]), NO_VLANS);
  }

  /** The physical switches that are joined to this one without the cable. */
  private side(from: string, without: string): Set<string> {
    const side = new Set([from]);
    for (const at of side) for (const { trunk, to } of this.neighbours.get(at) ?? []) if (trunk !== without) side.add(to);
    return side;
  }
}
