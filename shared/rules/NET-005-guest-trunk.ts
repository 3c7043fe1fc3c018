import { effectiveVlan, effectiveVlanAware } from "../model/defaults";
import type { PortGroup } from "../model/kinds/port-group";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { ALL_VLANS, countVlans, formatVlanList, hasVlan, listVlans, parseVlanList, unionVlans, type VlanSet } from "../model/vlan-set";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { carryVlan, placesOfPortGroup } from "./remedy/carry";
import { freeVlan } from "./remedy/free-vlan";
import { keepVlansApart } from "./remedy/move";
import { occupantsOf, type Occupant } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { restsOn } from "./setting-words";
import { isForwardingAppliance, uplinksOf, vmOf } from "./workload";

export const net005: IsolationRule = {
  id: "NET-005",
  title: "Guest port carries several VLANs (guest tagging, trunk, bridge without VLAN filtering)",
  severity: "high",
  threat: "The guest chooses its VLAN: every VLAN that its port carries is its own segment.",
  condition: "A guest's port carries more than one VLAN: a port group in trunk mode (VLAN 4095, trunk range, Hyper-V trunk), an Open vSwitch port without a tag (a trunk of all), a Linux bridge without VLAN "
    + "filtering whose uplink is a trunk. Not for virtual routers and firewalls (role infrastructure, forwarding) whose vNICs name every VLAN of the set. High where another tenant, management or "
    + "storage is in a segment that the guest reaches through the port, else medium. Identified by the port group.",
  fix: "One VLAN for the port; where trunking is needed, only the VLANs that the appliance uses.",
  commands: [
    { platform: "open-vswitch", text: "ovs-vsctl set port vnet3 tag=110" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapterVlan -VMName X -Trunk -AllowedVlanIdList 110,120 -NativeVlanId 999" },
    { platform: "linux-bridge", text: "ip link set br0 type bridge vlan_filtering 1; bridge vlan del dev vnet3 vid 2-4094" },
  ],
  references: ["VMware SCG esxi-8.network-vgt, vcenter-8.network-vgt", "DISA STIG ESXI-80-000220 (V-258775), VCSA-80-000273 (V-258940)", "NIST SP 800-53r5 CM-6, SC-7"],
  caveats: "Virtual firewalls, nested hypervisors and NSX edges need it: give them their role and the narrowest list, or accept the risk by name.",
  root: () => "",
  check(context) {
    return entries(context.topology, "portGroups").flatMap(([id, group]) => inspect(context, id, group));
  },
};

interface Carried {
  readonly vlans: VlanSet;
  /** Sent and taken untagged: no VLAN that the guest tags. */
  readonly native?: number | undefined;
  readonly why: string;
}

function inspect(context: RuleContext, id: string, group: PortGroup): Draft[] {
  const carried = carriedBy(context.topology, id, group);
  if (carried === undefined || countVlans(carried.vlans) < 2) return [];
  const guests = occupantsOf(context.topology, id).filter((guest) => !isExempt(guest, carried));
  if (guests.length === 0) return [];
  const reached = otherParties(context, guests);
  const vms = [...new Set(guests.map((guest) => guest.id))];
  return [{
    key: id,
    severity: reached.length > 0 ? "high" : "medium",
    title: `Guests of ${group.name} choose their VLAN`,
    subjects: [id, ...vms.slice(0, 50)],
    detail: `Port group ${group.name} ${carried.why}: ${counted(vms.length, "VM")} (${listed(vms)}) may send and receive in VLANs ${formatVlanList(carried.vlans)}.`
      + (reached.length === 0 ? "" : ` That puts them in one segment with ${listed(reached)}.`) + restsOn(context.topology, [id]),
    fixes: () => fixesFor(context.topology, id, group, guests),
  }];
}

/** What the port carries; undefined where it carries one VLAN, or where the document does not say. */
function carriedBy(topology: Topology, id: string, group: PortGroup): Carried | undefined {
  if (effectiveVlanAware(topology, group.virtualSwitch).value === false) {
    const trunked = uplinksOf(topology, group.virtualSwitch).some(([, { port }]) => port?.mode === "trunk");
    return trunked ? { vlans: ALL_VLANS, why: "is on a Linux bridge without VLAN filtering whose uplink is a trunk" } : undefined;
  }
  const { value: vlan, source } = effectiveVlan(topology, id);
  const untaggedTrunk = vlan?.mode === "untagged" && record(topology, "virtualSwitches", group.virtualSwitch)?.kind === "open-vswitch";
  if (untaggedTrunk) return { vlans: ALL_VLANS, why: "has no tag on Open vSwitch, which makes it a trunk of all VLANs" };
  if (vlan?.mode !== "trunk") return undefined;
  const openVswitch = record(topology, "virtualSwitches", group.virtualSwitch)?.kind === "open-vswitch";
  // Open vSwitch: no list is every VLAN. Elsewhere it is unknown, and MDL-005 says so.
  const allowed = vlan.allowed !== undefined ? parseVlanList(vlan.allowed) : openVswitch ? ALL_VLANS : undefined;
  if (allowed === undefined) return undefined;
  return { vlans: unionVlans(allowed, vlan.native === undefined ? [] : [vlan.native, vlan.native]), native: vlan.native, why: source === "set" ? "is a trunk" : "has no tag on Open vSwitch, which makes it a trunk of all VLANs" };
}

/** A virtual router or firewall whose own configuration names every VLAN that it is given. */
function isExempt({ vm, nic }: Occupant, { vlans, native }: Carried): boolean {
  const declared = new Set(nic.guestVlans ?? []);
  return isForwardingAppliance(vm) && countVlans(vlans) <= declared.size + 1 && listVlans(vlans).every((vlan) => declared.has(vlan) || vlan === native);
}

/** Other tenants, management and storage in the segments that the guests reach through their port. */
function otherParties({ topology, network: { layer2 } }: RuleContext, guests: readonly Occupant[]): string[] {
  const found = new Set<string>();
  for (const guest of guests) {
    const end = layer2.end(guest.end);
    for (const segment of end === undefined ? [] : layer2.segmentsOf(end)) {
      for (const other of segment.ends) {
        const tenant = vmOf(topology, other)?.tenant;
        if (tenant !== undefined && tenant !== guest.vm.tenant) found.add(`tenant ${tenant}`);
        else if (other.kind === "managementInterface" || other.kind === "bmc") found.add(other.id);
      }
    }
  }
  return [...found].sort(compareIds);
}

function fixesFor(topology: Topology, id: string, group: PortGroup, guests: readonly Occupant[]): FixCandidate[] {
  const used = guests.flatMap((guest) => guest.nic.guestVlans ?? []);
  const own = group.vlan?.mode === "trunk" ? group.vlan : undefined;
  if (effectiveVlanAware(topology, group.virtualSwitch).value === false) {
    return candidate(topology, `Switch VLAN filtering on for ${record(topology, "virtualSwitches", group.virtualSwitch)?.name ?? group.virtualSwitch}`, (board) =>
      keepVlansApart(board, group.virtualSwitch));
  }
  const appliance = guests.every(({ vm }) => isForwardingAppliance(vm)) && used.length > 0;
  const vlans = [...new Set(used)].reduce<VlanSet>((set, vlan) => unionVlans(set, [vlan, vlan]), []);
  const narrow = appliance ? candidate(topology, `Let ${group.name} carry only VLANs ${formatVlanList(vlans)}`, (board) =>
    board.set(["portGroups", id, "vlan"], { mode: "trunk", allowed: formatVlanList(vlans), ...(own?.native !== undefined && hasVlan(vlans, own.native) ? { native: own.native } : {}) })) : [];
  const { homes, foreign } = whoseVlans(topology, id, guests, own?.allowed);
  const choices = [...new Set([own?.native, ...used, ...homes, firstOf(own?.allowed)])].flatMap((vlan) => (vlan === undefined || foreign.has(vlan) ? [] : [vlan])).slice(0, 3);
  // Any VLAN of the list may be somebody else's; a free one is nobody's.
  const free = freeVlan(topology, "tenant");
  return [...narrow, ...[...choices, ...(free === undefined ? [] : [free])].flatMap((vlan) => candidate(topology, `Put ${group.name} into VLAN ${vlan} only`, (board) => {
    board.set(["portGroups", id, "vlan"], { mode: "access", id: vlan });
    carryVlan(board, vlan, guests.flatMap(({ vm }) => placesOfPortGroup(topology, id, vm.hypervisor)));
  }))];
}

/** Of the list: VLANs in which other port groups have VMs of the guests' tenants alone, and those where somebody else is. */
function whoseVlans(topology: Topology, id: string, guests: readonly Occupant[], allowed: string | undefined): { homes: readonly number[]; foreign: ReadonlySet<number> } {
  const list = allowed === undefined ? undefined : parseVlanList(allowed);
  const own = new Set(guests.map(({ vm }) => vm.tenant));
  const homes = new Set<number>();
  const foreign = new Set<number>();
  const adapters = new Set(entries(topology, "managementInterfaces").map(([, { portGroup }]) => portGroup));
  for (const [other, { vlan }] of entries(topology, "portGroups")) {
    if (other === id || vlan?.mode !== "access" || list === undefined || !hasVlan(list, vlan.id)) continue;
    const there = occupantsOf(topology, other);
    if (adapters.has(other) || there.some(({ vm }) => !own.has(vm.tenant))) foreign.add(vlan.id);
    else if (there.length > 0) homes.add(vlan.id);
  }
  return { homes: [...homes].filter((vlan) => !foreign.has(vlan)), foreign };
}

function firstOf(list: string | undefined): number | undefined {
  const set = list === undefined ? undefined : parseVlanList(list);
  return set === undefined || countVlans(set) > 64 ? undefined : set[0];
}
