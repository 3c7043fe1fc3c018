/** Which VLANs the port groups of a virtual switch, and everything else in the document, use: what lists of trunks are measured by. */
import { effectiveVlan, effectiveVlanAware } from "../model/defaults";
import type { Port } from "../model/primitives";
import { entries, record, type Topology } from "../model/topology";
import { ALL_VLANS, equalVlans, hasVlan, NO_VLANS, parseVlanList, unionVlans, type VlanSet } from "../model/vlan-set";
import { portGroupsOf } from "./residents";

export interface VlansUsed {
  readonly vlans: VlanSet;
  /** Some port group is untagged, and so in the native VLAN of the physical port. */
  readonly untagged: boolean;
  /** Nothing can be said against any VLAN of a list: a port carries all, or an overlay rides a VLAN that the document does not know. */
  readonly open: boolean;
}

/** The VLANs that a port group is tagged with; undefined where it carries every one, or none that is known. */
export function taggedVlans(topology: Topology, portGroup: string): VlanSet | undefined {
  const vlan = effectiveVlan(topology, portGroup).value;
  switch (vlan?.mode) {
    case "access":
      return [vlan.id, vlan.id];
    case "private":
      return vlan.secondary === undefined ? [vlan.primary, vlan.primary] : unionVlans([vlan.primary, vlan.primary], [vlan.secondary, vlan.secondary]);
    case "trunk": {
      const listed = vlan.allowed === undefined ? undefined : parseVlanList(vlan.allowed);
      const all = listed === undefined || equalVlans(listed, ALL_VLANS) ? undefined : listed;
      return all === undefined || vlan.native === undefined ? all : unionVlans(all, [vlan.native, vlan.native]);
    }
    case "untagged":
      return record(topology, "virtualSwitches", record(topology, "portGroups", portGroup)?.virtualSwitch)?.kind === "open-vswitch" ? undefined : NO_VLANS;
    default:
      return undefined;
  }
}

export function vlansUsedOn(topology: Topology, virtualSwitch: string): VlansUsed {
  if (effectiveVlanAware(topology, virtualSwitch).value === false) return { vlans: NO_VLANS, untagged: true, open: true };
  const sets = portGroupsOf(topology, virtualSwitch).map((id) => taggedVlans(topology, id));
  return {
    vlans: sets.reduce<VlanSet>((all, set) => (set === undefined ? all : unionVlans(all, set)), NO_VLANS),
    untagged: portGroupsOf(topology, virtualSwitch).some((id) => effectiveVlan(topology, id).value?.mode === "untagged"),
    open: sets.includes(undefined),
  };
}

/** What anything in the document uses; `open` where some port carries all. */
export function vlansUsedAnywhere(topology: Topology): VlansUsed {
  const used = new Set<number>();
  let vlans = NO_VLANS;
  let open = false;
  const add = (vlan: number | undefined): void => void (vlan !== undefined && used.add(vlan));
  const plug = (port: Port | undefined): void => add(port?.mode === "access" ? port.vlan : port?.native);
  for (const [id] of entries(topology, "virtualSwitches")) {
    const own = vlansUsedOn(topology, id);
    open ||= own.open;
    for (let at = 0; at < own.vlans.length; at += 2) if (!hasVlan(vlans, own.vlans[at] as number) || !hasVlan(vlans, own.vlans[at + 1] as number)) vlans = unionVlans(vlans, [own.vlans[at] as number, own.vlans[at + 1] as number]);
  }
  for (const [, { port }] of entries(topology, "uplinks")) plug(port);
  for (const [, { a, b }] of entries(topology, "trunks")) for (const { port } of [a, b]) plug(port);
  for (const [, { bmc }] of entries(topology, "hosts")) add(bmc?.vlan);
  for (const [, { attachedTo }] of entries(topology, "externalNetworks")) if (attachedTo !== undefined && "vlan" in attachedTo) add(attachedTo.vlan);
  for (const collection of ["routers", "firewalls"] as const) for (const [, { interfaces = {} }] of entries(topology, collection)) for (const port of Object.values(interfaces)) add(port.vlan);
  for (const vlan of used) vlans = unionVlans(vlans, [vlan, vlan]);
  return { vlans, untagged: true, open };
}
