/** Which VLANs a port of a virtual switch hears, for questions that stay on one switch instance. */
import { effectiveVlan, effectiveVlanAware } from "../model/defaults";
import { record, type Topology } from "../model/topology";
import { ALL_VLANS, intersectVlans, NO_VLANS, parseVlanList, unionVlans, type VlanSet } from "../model/vlan-set";

export interface VlansHeard {
  readonly vlans: VlanSet;
  /** VLAN 0 of the switch. */
  readonly untagged: boolean;
  /** Overlay segment. */
  readonly vni?: number;
}

const EVERYTHING: VlansHeard = { vlans: ALL_VLANS, untagged: true };

const known = new WeakMap<Topology, Map<string, VlansHeard>>();

/** What a port in the port group hears; an unknown list of allowed VLANs counts as all of them. */
export function vlansHeard(topology: Topology, portGroup: string): VlansHeard {
  let groups = known.get(topology);
  if (groups === undefined) known.set(topology, (groups = new Map()));
  let heard = groups.get(portGroup);
  if (heard === undefined) groups.set(portGroup, (heard = hear(topology, portGroup)));
  return heard;
}

function hear(topology: Topology, portGroup: string): VlansHeard {
  const virtualSwitch = record(topology, "portGroups", portGroup)?.virtualSwitch ?? "";
  if (effectiveVlanAware(topology, virtualSwitch).value === false) return EVERYTHING;
  const vlan = effectiveVlan(topology, portGroup).value ?? { mode: "untagged" };
  switch (vlan.mode) {
    case "untagged":
      return { vlans: NO_VLANS, untagged: true };
    case "access":
      return { vlans: [vlan.id, vlan.id], untagged: false };
    case "trunk": {
      const allowed = vlan.allowed === undefined ? ALL_VLANS : (parseVlanList(vlan.allowed) ?? NO_VLANS);
      const native: VlanSet = vlan.native === undefined ? NO_VLANS : [vlan.native, vlan.native];
      const all = vlan.allowed === undefined || vlan.allowed.trim() === "all";
      return { vlans: unionVlans(allowed, native), untagged: all && vlan.native === undefined };
    }
    case "private":
      return { vlans: unionVlans([vlan.primary, vlan.primary], vlan.secondary === undefined ? NO_VLANS : [vlan.secondary, vlan.secondary]), untagged: false };
    case "overlay":
      return { vlans: NO_VLANS, untagged: false, vni: vlan.vni };
  }
}

export function hearsTheSame(a: VlansHeard, b: VlansHeard): boolean {
  if (a.vni !== undefined || b.vni !== undefined) return a.vni === b.vni;
  if (a.untagged && b.untagged) return true;
  // Nearly always two access ports, of which a switch may have thousands.
  if (a.vlans.length === 2 && b.vlans.length === 2) return (a.vlans[0] as number) <= (b.vlans[1] as number) && (b.vlans[0] as number) <= (a.vlans[1] as number);
  return intersectVlans(a.vlans, b.vlans).length > 0;
}
