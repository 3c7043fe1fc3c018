import { effectiveVlan, effectiveVlanAware } from "../model/defaults";
import type { PortGroup, PortGroupVlan } from "../model/kinds/port-group";
import type { Port } from "../model/primitives";
import { entries, record, type Topology } from "../model/topology";
import type { End, Segment } from "../network/types";
import { groupBy } from "./group-by";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { carryVlan, placesOfPortGroup } from "./remedy/carry";
import { freeVlan } from "./remedy/free-vlan";
import { moveNative, renumberSegment } from "./remedy/renumber";
import { occupantsOf, portGroupsOf, tenantsAmong, type Occupant } from "./residents";
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
    + "Not where untagged frames go out by access ports that serve one tenant only. High where the same segment, or the same native VLAN, carries management. Identified by the port group.",
  fix: "Tag the port group with a VLAN of its own; give uplinks and trunks a native VLAN that nothing uses, tagged.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard portgroup set --portgroup-name='VM Network' --vlan-id=110" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapterVlan -VMName X -Access -VlanId 110" },
    { platform: "cisco", text: "switchport trunk native vlan 999; vlan dot1q tag native" },
  ],
  references: ["DISA STIG VCSA-80-000272 (V-258939)", "DISA STIG for Cisco switches V-220647, V-220696, V-220646 (CISC-L2-000260)", "NIST SP 800-53r5 SC-7, CM-6"],
  caveats: "External switch tagging on uplinks that belong to one tenant is a valid design and not reported. Open vSwitch ports without a tag and bridges without VLAN filtering carry every VLAN as well: NET-005.",
  root: () => "",
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
  if (vlan === undefined || !mayConcern(topology, vlan)) return [];
  const segments = segmentsOf(context, workloads);
  const why = reasonFor(topology, group, vlan, segments);
  if (why === undefined) return [];
  const management = managementBeside(context, group, vlan, workloads, segments);
  const vms = [...new Set(workloads.map((one) => one.id))];
  return [{
    key: id,
    severity: management === "" ? "medium" : "high",
    title: `Workloads of ${group.name} are ${why.short}`,
    subjects: [id, ...vms.slice(0, 50)],
    detail: `Port group ${group.name} with ${counted(vms.length, "workload VM")} (${listed(vms)}) ${why.long}.${management}${restsOn(topology, [id])}`,
    fixes: () => fixesFor(topology, id, why.native, segments, workloads),
  }];
}

function isManagement({ kind }: End): boolean {
  return kind === "managementInterface" || kind === "bmc";
}

/** A sentence; empty where management is elsewhere. */
function managementBeside(context: RuleContext, group: PortGroup, vlan: PortGroupVlan, workloads: readonly Occupant[], segments: readonly Segment[]): string {
  if (segments.some((segment) => segment.ends.some(isManagement))) return " The same segment carries management.";
  const vlans = new Set([...nativesOnTheWay(context.topology, group.virtualSwitch, segments), ...idsOf(vlan)]);
  return exchangesWithManagement(context, workloads, vlans) ? " The same native VLAN carries management: frames pass one way." : "";
}

/** One way suffices: a management port group tagged with the native VLAN is heard there, untagged. Tags that a guest adds lead to other VLANs too. */
function exchangesWithManagement({ network: { layer2 } }: RuleContext, occupants: readonly Occupant[], vlans: ReadonlySet<number>): boolean {
  const isBeside = (end: End): boolean => isManagement(end) && layer2.segmentsOf(end).some((segment) => vlans.has(segment.vlan));
  const classes = new Set(occupants.flatMap(({ end }) => layer2.end(end) ?? []).map((end) => layer2.classOf(end)));
  return [...classes].some((own) => [...layer2.hearers(own), ...layer2.senders(own)].some(({ ends }) => ends.some(isBeside)));
}

/** As the switch treats untagged frames: a bridge without VLAN filtering has no tags of its own, and an Open vSwitch port without a tag leaves them so, whatever else it carries. */
function vlanOf(topology: Topology, id: string, group: PortGroup): PortGroupVlan | undefined {
  if (group.vlan === undefined) return { mode: "untagged" };
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

/** Whether there is a reason to look where its frames go. */
function mayConcern(topology: Topology, vlan: PortGroupVlan): boolean {
  return vlan.mode === "untagged" || idsOf(vlan).some((id) => id === DEFAULT_VLAN || nativesOf(topology).all.has(id));
}

function idsOf(vlan: PortGroupVlan): number[] {
  return vlan.mode === "access" ? [vlan.id] : vlan.mode === "private" ? [vlan.primary, ...(vlan.secondary === undefined ? [] : [vlan.secondary])] : [];
}

function reasonFor(topology: Topology, group: PortGroup, vlan: PortGroupVlan, segments: readonly Segment[]): Reason | undefined {
  if (vlan.mode === "untagged") {
    return dedicatedAccess(topology, group.virtualSwitch) ? undefined
      : { short: "untagged", long: `${group.vlan === undefined ? "says no VLAN, so frames without a tag leave untagged" : "is untagged"}: the physical ports' access or native VLAN decides where its frames go` };
  }
  const ids = idsOf(vlan);
  const natives = ids.length === 0 ? undefined : nativesOnTheWay(topology, group.virtualSwitch, segments);
  const native = ids.find((id) => natives?.has(id));
  if (native !== undefined) return { short: `in the native VLAN ${native}`, long: `is in VLAN ${native}, the native VLAN of an uplink or trunk on its way`, native };
  return ids.includes(DEFAULT_VLAN) ? { short: "in the default VLAN 1", long: "is in VLAN 1, where every switch port is by default" } : undefined;
}

/** Whether every uplink of the switch is an access port and the untagged port groups of the switch serve one tenant. */
function dedicatedAccess(topology: Topology, virtualSwitch: string): boolean {
  const access = uplinksOf(topology, virtualSwitch).every(([, { port }]) => port?.mode === "access" && port.vlan !== DEFAULT_VLAN);
  const guests = portGroupsOf(topology, virtualSwitch).flatMap((id) => occupantsOf(topology, id)).filter(({ vm }) => isWorkload(vm));
  return access && tenantsAmong(guests).length <= 1;
}

/** Native VLANs of the uplinks of the switch, and of the trunks between switches that the segments are on. */
function nativesOnTheWay(topology: Topology, virtualSwitch: string, segments: readonly Segment[]): Set<number> {
  const { uplinks, trunks } = nativesOf(topology);
  const switches = new Set(segments.flatMap((segment) => segment.members.map((member) => member.switch)));
  const onTrunks = [...switches].flatMap((at) => trunks.get(at) ?? []).flatMap(({ to, natives }) => (switches.has(to) ? natives : []));
  return new Set([...onTrunks, ...(uplinks.get(virtualSwitch) ?? [])]);
}

interface Natives {
  /** Of any uplink or trunk. */
  readonly all: ReadonlySet<number>;
  /** By virtual switch. */
  readonly uplinks: ReadonlyMap<string, ReadonlySet<number>>;
  /** Trunks that have native VLANs, by the switch at their end a. */
  readonly trunks: ReadonlyMap<string, readonly { readonly to: string; readonly natives: readonly number[] }[]>;
}

const known = new WeakMap<Topology, Natives>();

/** Gathered once: thousands of port groups ask. */
function nativesOf(topology: Topology): Natives {
  let natives = known.get(topology);
  if (natives === undefined) {
    const nativeOf = (port: Port | undefined): number[] => (port?.mode === "trunk" && port.native !== undefined ? [port.native] : []);
    const uplinks = groupBy(entries(topology, "uplinks").map(([, uplink]) => uplink), ({ virtualSwitch }) => virtualSwitch);
    const trunks = entries(topology, "trunks").map(([, { a, b }]) => ({ from: a.switch, to: b.switch, natives: [...nativeOf(a.port), ...nativeOf(b.port)] }));
    const bySwitch = new Map([...uplinks].map(([id, own]): [string, Set<number>] => [id, new Set(own.flatMap(({ port }) => nativeOf(port)))]));
    natives = {
      all: new Set([...[...bySwitch.values()].flatMap((own) => [...own]), ...trunks.flatMap((trunk) => trunk.natives)]),
      uplinks: bySwitch,
      trunks: groupBy(trunks.filter((trunk) => trunk.natives.length > 0), ({ from }) => from),
    };
    known.set(topology, natives);
  }
  return natives;
}

function fixesFor(topology: Topology, id: string, native: number | undefined, segments: readonly Segment[], workloads: readonly Occupant[]): FixCandidate[] {
  const unused = freeVlan(topology, "native");
  const vlan = freeVlan(topology, "tenant");
  const name = record(topology, "portGroups", id)?.name ?? id;
  // A trunk of all VLANs is in everybody's segments: only its own port group is tagged.
  const retag = vlan === undefined ? [] : carriesEveryVlan(topology, id)
    ? candidate(topology, `Tag ${name} with VLAN ${vlan}`, (board) => {
      board.set(["portGroups", id, "vlan"], { mode: "access", id: vlan });
      carryVlan(board, vlan, workloads.flatMap(({ vm }) => placesOfPortGroup(topology, id, vm.hypervisor)));
    })
    : candidate(topology, `Tag the segment of ${name} with VLAN ${vlan}`, (board) => {
      for (const segment of segments) renumberSegment(board, segment, vlan);
    });
  if (native === undefined || unused === undefined || native === DEFAULT_VLAN) return retag;
  return [...candidate(topology, `Make VLAN ${unused} the native VLAN, tagged, instead of ${native}`, (board) => moveNative(board, native, unused)), ...retag];
}

/** An Open vSwitch port without a tag. */
function carriesEveryVlan(topology: Topology, id: string): boolean {
  const group = record(topology, "portGroups", id);
  return record(topology, "virtualSwitches", group?.virtualSwitch)?.kind === "open-vswitch" && (group?.vlan === undefined || group.vlan.mode === "untagged");
}
