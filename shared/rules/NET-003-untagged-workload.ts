import { effectiveVlan, effectiveVlanAware } from "../model/defaults";
import type { PortGroup, PortGroupVlan } from "../model/kinds/port-group";
import { entries, record, type Topology } from "../model/topology";
import type { Segment } from "../network/types";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { freeVlan } from "./remedy/free-vlan";
import { moveNative, renumberSegment } from "./remedy/renumber";
import { occupantsOf, tenantsAmong, type Occupant } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { restsOn } from "./setting-words";
import { isWorkload, uplinksOf } from "./workload";

const DEFAULT_VLAN = 1;

export const net003: IsolationRule = {
  id: "NET-003",
  title: "Workload on the untagged, native or default VLAN",
  severity: "medium",
  threat: "Which segment the workload is in is decided by somebody else's switch port, and untagged frames are the way in for double tagging.",
  condition: "A port group with workload vNICs is untagged (or says nothing, which means untagged), or is in VLAN 1 or in the native VLAN of an uplink or trunk that it rides, and its switch has an uplink. "
    + "Not where untagged frames go out by access ports that serve one tenant only. High where the same segment carries management. Identified by the port group.",
  fix: "Tag the port group with a VLAN of its own; give uplinks and trunks a native VLAN that nothing uses, tagged.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard portgroup set --portgroup-name='VM Network' --vlan-id=110" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapterVlan -VMName X -Access -VlanId 110" },
    { platform: "cisco", text: "switchport trunk native vlan 999; vlan dot1q tag native" },
  ],
  references: ["DISA STIG VCSA-80-000272 (V-258939)", "DISA STIG for Cisco switches V-220647, V-220696, V-220646 (CISC-L2-000260)", "NIST SP 800-53r5 SC-7, CM-6"],
  caveats: "External switch tagging on uplinks that belong to one tenant is a valid design and not reported. Open vSwitch ports without a tag and bridges without VLAN filtering carry every VLAN: NET-005.",
  check(context) {
    return entries(context.topology, "portGroups").flatMap(([id, group]) => inspect(context, id, group));
  },
};

function inspect(context: RuleContext, id: string, group: PortGroup): Draft[] {
  const { topology } = context;
  const workloads = occupantsOf(topology, id).filter(({ vm }) => isWorkload(vm));
  const uplinks = uplinksOf(topology, group.virtualSwitch);
  if (workloads.length === 0 || uplinks.length === 0) return [];
  const vlan = vlanOf(topology, id, group);
  const segments = segmentsOf(context, workloads);
  const why = vlan === undefined ? undefined : reasonFor(topology, group, vlan, segments);
  if (why === undefined) return [];
  const nearManagement = segments.some((segment) => segment.ends.some((end) => end.kind === "managementInterface"));
  const vms = [...new Set(workloads.map((one) => one.id))];
  return [{
    key: id,
    severity: nearManagement ? "high" : "medium",
    title: `Workloads of ${group.name} are ${why.short}`,
    subjects: [id, ...vms.slice(0, 50)],
    detail: `Port group ${group.name} with ${counted(vms.length, "workload VM")} (${listed(vms)}) ${why.long}.${nearManagement ? " The same segment carries management." : ""}${restsOn(topology, [id])}`,
    fixes: () => fixesFor(topology, group, why.native, segments),
  }];
}

/** As the switch treats it: a bridge without VLAN filtering has no tags of its own. */
function vlanOf(topology: Topology, id: string, group: PortGroup): PortGroupVlan | undefined {
  return effectiveVlanAware(topology, group.virtualSwitch).value === false ? { mode: "untagged" } : effectiveVlan(topology, id).value;
}

function segmentsOf({ network: { layer2 } }: RuleContext, occupants: readonly Occupant[]): Segment[] {
  const ends = occupants.map(({ end }) => layer2.end(end)).filter((end) => end !== undefined);
  return [...new Set(ends.flatMap((end) => layer2.segmentsOf(end)))];
}

interface Reason {
  readonly short: string;
  readonly long: string;
  /** The native VLAN that the port group is in under its own number. */
  readonly native?: number;
}

function reasonFor(topology: Topology, group: PortGroup, vlan: PortGroupVlan, segments: readonly Segment[]): Reason | undefined {
  if (vlan.mode === "untagged") {
    return record(topology, "virtualSwitches", group.virtualSwitch)?.kind === "open-vswitch" || dedicatedAccess(topology, group.virtualSwitch) ? undefined
      : { short: "untagged", long: `${group.vlan === undefined ? "says no VLAN, which means untagged" : "is untagged"}: the physical ports' access or native VLAN decides where its frames go` };
  }
  const ids = vlan.mode === "access" ? [vlan.id] : vlan.mode === "private" ? [vlan.primary, ...(vlan.secondary === undefined ? [] : [vlan.secondary])] : [];
  const natives = ids.length === 0 ? undefined : nativesOnTheWay(topology, group.virtualSwitch, segments);
  const native = ids.find((id) => natives?.has(id));
  if (native !== undefined) return { short: `in the native VLAN ${native}`, long: `is in VLAN ${native}, the native VLAN of an uplink or trunk on its way`, native };
  return ids.includes(DEFAULT_VLAN) ? { short: "in the default VLAN 1", long: "is in VLAN 1, where every switch port is by default" } : undefined;
}

/** Whether every uplink of the switch is an access port and the untagged port groups of the switch serve one tenant. */
function dedicatedAccess(topology: Topology, virtualSwitch: string): boolean {
  const access = uplinksOf(topology, virtualSwitch).every(([, { port }]) => port?.mode === "access" && port.vlan !== DEFAULT_VLAN);
  const guests = entries(topology, "portGroups").filter(([, other]) => other.virtualSwitch === virtualSwitch).flatMap(([id]) => occupantsOf(topology, id)).filter(({ vm }) => isWorkload(vm));
  return access && tenantsAmong(guests).length <= 1;
}

/** Native VLANs of the uplinks of the switch, and of the trunks between switches that the segments are on. */
function nativesOnTheWay(topology: Topology, virtualSwitch: string, segments: readonly Segment[]): Set<number> {
  const natives = new Set(segments.flatMap((segment) => trunkNatives(topology, segment)));
  for (const [, { port }] of uplinksOf(topology, virtualSwitch)) if (port?.mode === "trunk" && port.native !== undefined) natives.add(port.native);
  return natives;
}

/** By segment: many port groups are in each. */
const nativesBySegment = new WeakMap<Segment, readonly number[]>();

function trunkNatives(topology: Topology, segment: Segment): readonly number[] {
  const known = nativesBySegment.get(segment);
  if (known !== undefined) return known;
  const switches = new Set(segment.members.map((member) => member.switch));
  const natives = entries(topology, "trunks").flatMap(([, { a, b }]) => {
    const ports = switches.has(a.switch) && switches.has(b.switch) ? [a.port, b.port] : [];
    return ports.flatMap((port) => (port?.mode === "trunk" && port.native !== undefined ? [port.native] : []));
  });
  nativesBySegment.set(segment, natives);
  return natives;
}

function fixesFor(topology: Topology, group: PortGroup, native: number | undefined, segments: readonly Segment[]): FixCandidate[] {
  const unused = freeVlan(topology, "native");
  const vlan = freeVlan(topology, "tenant");
  const retag = vlan === undefined ? [] : candidate(topology, `Tag the segment of ${group.name} with VLAN ${vlan}`, (board) => {
    for (const segment of segments) renumberSegment(board, segment, vlan);
  });
  if (native === undefined || unused === undefined || native === DEFAULT_VLAN) return retag;
  return [...candidate(topology, `Make VLAN ${unused} the native VLAN, tagged, instead of ${native}`, (board) => moveNative(board, native, unused)), ...retag];
}
