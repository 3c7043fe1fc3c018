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

/** What a port in the port group hears; an unknown list of allowed VLANs counts as all of them. */
export function vlansHeard(topology: Topology, portGroup: string): VlansHeard {
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
  return (a.untagged && b.untagged) || intersectVlans(a.vlans, b.vlans).length > 0;
}
