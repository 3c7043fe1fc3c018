import { compareIds } from "../model/topology";
import { ANY_SERVICE, equalServices, listServices, unionServices } from "../model/services";
import type { Network } from "../network/compiled-network";
import type { End, Segment } from "../network/types";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { counted, listed } from "./phrase";
import { separateTenants } from "./remedy/separate";
import { restsOn } from "./setting-words";
import { isWorkload, isWorkloadEnd, tenantName, vmOf } from "./workload";

/** A segment counts as "the one VLAN of everybody" from this share of all workload vNICs on. */
const ALL_IN_ONE = 0.9;
const MOST_SUBJECTS = 50;

export const net001: IsolationRule = {
  id: "NET-001",
  title: "Tenants share one layer-2 segment",
  severity: "critical",
  threat: "Workloads of different tenants exchange frames directly: sniffing, ARP spoofing and lateral movement with no point at which traffic could be filtered.",
  condition: "Workload vNICs of two tenants are in one broadcast domain, computed over virtual switches, uplinks and trunks and not read from a VLAN field, "
    + "and hear each other both ways. Ports that carry several VLANs are named where they meet first. Routers, firewalls and infrastructure VMs are not counted, nor are ports isolated from each other (private VLAN, isolated or "
    + "protected ports), nor pairs that policy.allow covers both ways. Medium where a distributed firewall denies all that goes beyond the policy but frames still pass. "
    + "On a Linux bridge without VLAN filtering (the kernel's default) and on Open vSwitch ports without a tag, every VLAN is one domain. Identified by the pair of tenants and the segment.",
  fix: "Give each tenant but one a port group with a VLAN of its own, move its vNICs there, extend the allowed lists of uplinks and trunks on the way, "
    + "and route required flows through a firewall.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard portgroup add --portgroup-name=TenantB --vswitch-name=vSwitch1; esxcli network vswitch standard portgroup set --portgroup-name=TenantB --vlan-id=120" },
    { platform: "linux-bridge", text: "ip link set br0 type bridge vlan_filtering 1; bridge vlan add dev vnet3 vid 120 pvid untagged; bridge vlan del dev vnet3 vid 1" },
    { platform: "open-vswitch", text: "ovs-vsctl set port vnet3 tag=120 vlan_mode=access" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapterVlan -VMName B1 -Access -VlanId 120" },
    { platform: "proxmox", text: "qm set 201 --net0 virtio=<MAC>,bridge=vmbr0,tag=120,firewall=1" },
  ],
  references: ["NIST SP 800-125B (network segmentation)", "NIST SP 800-53r5 SC-7(21), SC-7(22), SC-7(29), AC-4, AC-4(21), SC-32", "PCI DSS 4.0.1 A1.1.1, A1.1.3, 2.2.3", "MITRE ATT&CK T1040, T1557.002, T1210"],
  caveats: "A shared-services tenant (DNS, backup) is a declared exception: allow the flows both ways in the policy. The same VLAN number on two switches that nothing joins is two segments.",
  root: ({ key }) => key.slice(key.indexOf("@") + 1),
  check(context) {
    const met = new Set<string>();
    return meetings(context).flatMap((meeting) => judge(context, meeting, met) ?? []);
  },
};

/** Two tenants in one segment, with their workload vNICs there. */
interface Meeting {
  readonly tenants: readonly [string, string];
  /** Several only where unjoined instances of a distributed switch have segments of one id. */
  readonly segments: readonly Segment[];
  readonly endsByTenant: ReadonlyMap<string, readonly End[]>;
}

function meetings(context: RuleContext): Meeting[] {
  const byId = new Map<string, Segment[]>();
  for (const segment of context.network.layer2.segments) byId.set(segment.id, [...(byId.get(segment.id) ?? []), segment]);
  return [...byId.values()].flatMap((segments) => {
    const endsByTenant = workloadsByTenant(context, segments.flatMap((segment) => segment.ends));
    const tenants = [...endsByTenant.keys()];
    return tenants.flatMap((a, index) => tenants.slice(index + 1).map((b): Meeting => ({ tenants: [a, b], segments, endsByTenant })));
  });
}

function workloadsByTenant({ topology }: RuleContext, ends: readonly End[]): Map<string, End[]> {
  const groups = new Map<string, End[]>();
  for (const end of ends) {
    const vm = vmOf(topology, end);
    if (vm?.tenant === undefined || !isWorkload(vm)) continue;
    const members = groups.get(vm.tenant);
    if (members === undefined) groups.set(vm.tenant, [end]);
    else members.push(end);
  }
  return new Map([...groups].sort(([a], [b]) => compareIds(a, b)));
}

interface Witness {
  readonly ends: readonly [End, End];
  /** Frames pass; whether IP goes beyond the policy as well. */
  readonly beyond: boolean;
  readonly services: string[];
}

/** `met` remembers which ports met: those that carry several VLANs are named where they meet first, and not once for every VLAN. */
function judge(context: RuleContext, meeting: Meeting, met: Set<string>): Draft | undefined {
  const witness = findWitness(context.network, meeting, met);
  if (witness === undefined) return undefined;
  const { topology, network } = context;
  const { tenants: [a, b], endsByTenant } = meeting;
  const [segment] = meeting.segments;
  if (segment === undefined) return undefined;
  const ends = [...(endsByTenant.get(a) ?? []), ...(endsByTenant.get(b) ?? [])];
  const vms = [...new Set(ends.map((end) => end.owner))];
  const portGroups = [...new Set(ends.map((end) => end.portGroup).filter((id) => id !== undefined))].sort(compareIds);
  return {
    key: `${a}+${b}@${segment.id}`,
    severity: witness.beyond ? "critical" : "medium",
    title: `${tenantName(topology, a)} and ${tenantName(topology, b)} share the segment ${segment.id}`,
    subjects: [...vms.slice(0, MOST_SUBJECTS), ...portGroups],
    get detail() {
      return detailOf(context, meeting, segment, witness, vms);
    },
    services: witness.services,
    path: () => network.layer2.path(...witness.ends) ?? [],
    fixes: () => separateTenants(topology, endsByTenant, [a, b]),
  };
}

function detailOf({ topology, network }: RuleContext, { tenants: [a, b], endsByTenant }: Meeting, segment: Segment, witness: Witness, vms: readonly string[]): string {
  const ends = [...(endsByTenant.get(a) ?? []), ...(endsByTenant.get(b) ?? [])];
  const count = (tenant: string): string => `${counted(endsByTenant.get(tenant)?.length ?? 0, "vNIC")} of ${tenant}`;
  const all = network.layer2.ends.filter((end) => isWorkloadEnd(topology, end)).length;
  const here = segment.ends.filter((end) => isWorkloadEnd(topology, end)).length;
  const everybody = here >= all * ALL_IN_ONE ? ` The segment holds ${here} of all ${all} workload vNICs.` : "";
  const filtered = witness.beyond ? "" : " A distributed firewall keeps IP within the policy; ARP and other frames still pass.";
  return `${count(a)} and ${count(b)} are in one broadcast domain (VLAN ${segment.vlan} at ${segment.switch}): ${listed(vms)}. `
    + `${witness.ends[0].id} and ${witness.ends[1].id} hear each other's frames.${filtered}${everybody}${restsOn(topology, ends.map(({ portGroup }) => portGroup))}`;
}

/** The first pair that exchanges IP beyond the policy, else the first that exchanges frames at all. */
function findWitness(network: Network, { tenants: [a, b], segments, endsByTenant }: Meeting, met: Set<string>): Witness | undefined {
  let framesOnly: Witness | undefined;
  const adjacent = [...adjacentClasses(network, endsByTenant.get(a) ?? [], endsByTenant.get(b) ?? [], segments)]
    .filter(([first, second]) => !met.has(portsOf(network, a, first, b, second)));
  for (const [first, second] of adjacent) met.add(portsOf(network, a, first, b, second));
  for (const [first, second] of adjacent) {
    for (const ends of product(first, second)) {
      const witness = judgePair(network, ends);
      if (witness?.beyond === true) return witness;
      framesOnly ??= witness;
    }
  }
  return framesOnly;
}

function portsOf({ layer2 }: Network, a: string, first: readonly End[], b: string, second: readonly End[]): string {
  return [a, b, ...[first, second].map(([end]) => (end === undefined ? -1 : layer2.classOf(end).index))].join(" ");
}

/** Pairs of groups whose ends hear one another both ways, here and not only in another segment that both are in. */
function* adjacentClasses({ layer2 }: Network, as: readonly End[], bs: readonly End[], segments: readonly Segment[]): Generator<readonly [readonly End[], readonly End[]]> {
  const groups = (ends: readonly End[]): [End, End[]][] => {
    const byClass = new Map<number, [End, End[]]>();
    for (const end of ends) {
      const index = layer2.classOf(end).index;
      const group = byClass.get(index);
      if (group === undefined) byClass.set(index, [end, [end]]);
      else group[1].push(end);
    }
    return [...byClass.values()];
  };
  const seconds = groups(bs);
  for (const [a, first] of groups(as)) {
    for (const [b, second] of seconds) if (layer2.sharedSegments(a, b).some((one) => segments.includes(one))) yield [first, second];
  }
}

function* product(as: readonly End[], bs: readonly End[]): Generator<readonly [End, End]> {
  for (const a of as) for (const b of bs) yield [a, b];
}

/** What the pair exchanges beyond the policy; undefined where the policy covers it both ways. */
function judgePair(network: Network, ends: readonly [End, End]): Witness | undefined {
  const [a, b] = ends;
  const there = network.allowed(a.owner, b.owner);
  const back = network.allowed(b.owner, a.owner);
  if (equalServices(there, ANY_SERVICE) && equalServices(back, ANY_SERVICE)) return undefined;
  const beyond = unionServices(network.pair(a.owner, b.owner).beyond, network.pair(b.owner, a.owner).beyond);
  if (beyond.length === 0 && there.length > 0 && back.length > 0) return undefined;
  return { ends, beyond: beyond.length > 0, services: listServices(beyond) };
}
