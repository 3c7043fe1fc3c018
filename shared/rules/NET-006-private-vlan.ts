import type { PortGroup, PortGroupVlan } from "../model/kinds/port-group";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Severity } from "../analysis/result";
import type { Layer2 } from "../network/types";
import { byHand, counted, listed } from "./phrase";
import { candidate, type Board } from "./remedy/board";
import { separatePrivate, toIsolated } from "./remedy/private-groups";
import { occupantsOf, tenantsAmong, type Occupant } from "./residents";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { isWorkload, uplinksOf } from "./workload";

export const net006: IsolationRule = {
  id: "NET-006",
  title: "Private VLAN or port isolation does not isolate what the drawing says",
  severity: "medium",
  threat: "The drawing shows machines as kept apart that are not: nobody puts a filter where isolation is believed in.",
  condition: "Any of: (a) two tenants in one community; (b) a workload on a promiscuous port; (c) a private VLAN on a switch without that feature (VMware standard switch, Linux bridge); (d) isolated or community "
    + "ports of a private VLAN with members on several hosts, where an uplink's physical switch is not private-VLAN aware; (e) isolated ports on several hosts that hear one another, since the flag acts on one "
    + "bridge only; (f) an isolated port that a workload on a port without the flag talks to. High for (a), and for (b) and (d) where the private VLAN has members of several tenants. Identified by the port group.",
  fix: "Isolated ports for tenants of one VM, one community for each tenant; the flag on both ports; physical switches that know private VLANs; a distributed firewall across hosts.",
  commands: [
    { platform: "vds", text: "Set-VDVlanConfiguration -PrivateVlanId 210" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapterVlan -VMName X -Isolated -PrimaryVlanId 10 -SecondaryVlanId 200" },
    { platform: "linux-bridge", text: "bridge link set dev vnet3 isolated on" },
    { platform: "open-vswitch", text: "ovs-vsctl set port vnet3 protected=true" },
  ],
  references: ["VMware vSphere Networking, Private VLANs", "Proxmox VE SDN documentation, Isolate Ports", "Linux commit 7d850abd5f4e (BR_ISOLATED)", "NIST SP 800-53r5 SC-7(21)"],
  caveats: "Isolated ports still reach one another through a router on a promiscuous port: NET-002. A physical switch that does not say whether it knows private VLANs is taken for one that does not.",
  check(context) {
    const domains = domainsOf(context.topology);
    return entries(context.topology, "portGroups").flatMap(([id, group]) => inspect(context, domains, id, group));
  },
};

interface Reason {
  readonly severity: Severity;
  readonly text: string;
  /** What the reason rests on besides the port group. */
  readonly subjects?: readonly string[];
  readonly mend?: (board: Board) => void;
}

function inspect(context: RuleContext, domains: ReadonlyMap<number, Domain>, id: string, group: PortGroup): Draft[] {
  const reasons = [...privateReasons(context, domains, id, group), ...(group.isolatedPorts === true ? isolationReasons(context, id, group) : [])];
  if (reasons.length === 0) return [];
  const mends = reasons.flatMap(({ mend }) => mend ?? []);
  return [{
    key: id,
    severity: reasons.some(({ severity }) => severity === "high") ? "high" : "medium",
    title: `${group.name} does not isolate what it seems to`,
    subjects: [...new Set([id, ...reasons.flatMap(({ subjects = [] }) => subjects).slice(0, 50)])],
    detail: `Port group ${group.name}: ${reasons.map(({ text }) => text).join("; ")}.${mends.length < reasons.length ? byHand("the platform cannot do what the drawing asks for, and what takes its place is its owner's choice") : ""}`,
    fixes: () => (mends.length < reasons.length ? [] : candidate(context.topology, `Make ${group.name} isolate`, (board) => mends.forEach((mend) => mend(board)))),
  }];
}

type Private = Extract<PortGroupVlan, { mode: "private" }>;

/** A private VLAN: everything with one primary. */
interface Domain {
  readonly members: readonly Occupant[];
  readonly tenants: readonly string[];
  readonly hypervisors: ReadonlySet<string>;
}

function domainsOf(topology: Topology): ReadonlyMap<number, Domain> {
  const members = new Map<number, Occupant[]>();
  for (const [id, { vlan }] of entries(topology, "portGroups")) {
    if (vlan?.mode === "private") members.set(vlan.primary, [...(members.get(vlan.primary) ?? []), ...occupantsOf(topology, id)]);
  }
  return new Map([...members].map(([primary, own]) => [primary, { members: own, tenants: tenantsAmong(own), hypervisors: new Set(own.map(({ vm }) => vm.hypervisor)) }]));
}

function privateReasons({ topology }: RuleContext, domains: ReadonlyMap<number, Domain>, id: string, group: PortGroup): Reason[] {
  const { vlan } = group;
  if (vlan?.mode !== "private") return [];
  const domain = domains.get(vlan.primary) ?? { members: [], tenants: [], hypervisors: new Set<string>() };
  const workloads = occupantsOf(topology, id).filter(({ vm }) => isWorkload(vm));
  return [...sharedCommunity(topology, vlan, workloads), ...promiscuousWorkloads(id, vlan, workloads, domain), ...unsupported(topology, group), ...unaware(topology, id, group, vlan, domain)];
}

/** (a) */
function sharedCommunity(topology: Topology, { type, primary, secondary }: Private, workloads: readonly Occupant[]): Reason[] {
  if (type !== "community" || secondary === undefined || workloads.length === 0) return [];
  const community = entries(topology, "portGroups").flatMap(([other, { vlan }]) => (vlan?.mode === "private" && vlan.type === "community" && vlan.primary === primary && vlan.secondary === secondary ? [other] : []));
  const tenants = tenantsAmong(community.flatMap((other) => occupantsOf(topology, other)).filter(({ vm }) => isWorkload(vm)));
  if (tenants.length < 2) return [];
  return [{
    severity: "high", text: `its community ${secondary} holds ${counted(tenants.length, "tenant")} (${listed(tenants)})`, subjects: namesOf(workloads),
    mend: (board) => separatePrivate(board, community, tenants),
  }];
}

/** (b) */
function promiscuousWorkloads(id: string, { type }: Private, workloads: readonly Occupant[], { tenants }: Domain): Reason[] {
  if (type !== "promiscuous" || workloads.length === 0) return [];
  const names = namesOf(workloads);
  return [{
    severity: tenants.length > 1 ? "high" : "medium", text: `its ports are promiscuous, so all of the private VLAN talks to ${listed(names)}`, subjects: names, mend: (board) => toIsolated(board, id, workloads),
  }];
}

const WITHOUT_PRIVATE_VLANS: Readonly<Record<string, string>> = { standard: "a VMware standard switch", "linux-bridge": "a Linux bridge" };

/** (c) */
function unsupported(topology: Topology, { virtualSwitch }: PortGroup): Reason[] {
  const vswitch = record(topology, "virtualSwitches", virtualSwitch);
  const without = WITHOUT_PRIVATE_VLANS[vswitch?.kind ?? ""];
  if (vswitch === undefined || without === undefined) return [];
  return [{
    severity: "medium", text: `${vswitch.name} is ${without}, which has no private VLANs`, subjects: [virtualSwitch],
    ...(vswitch.kind === "standard" ? { mend: (board: Board) => board.set(["virtualSwitches", virtualSwitch, "kind"], "distributed") } : {}),
  }];
}

/** (d) */
function unaware(topology: Topology, id: string, { virtualSwitch }: PortGroup, { type }: Private, { hypervisors, tenants }: Domain): Reason[] {
  if (type === "promiscuous" || hypervisors.size < 2 || occupantsOf(topology, id).length === 0) return [];
  const used = uplinksOf(topology, virtualSwitch).filter(([, { hypervisor }]) => hypervisors.has(hypervisor)).map(([, { physicalSwitch }]) => physicalSwitch);
  const unknowing = [...new Set(used)].filter((physical) => record(topology, "physicalSwitches", physical)?.privateVlanAware !== true).sort(compareIds);
  if (unknowing.length === 0) return [];
  return [{
    severity: tenants.length > 1 ? "high" : "medium", text: `its private VLAN spans ${counted(hypervisors.size, "host")} over ${listed(unknowing)}, which ${unknowing.length === 1 ? "does" : "do"} not know private VLANs`, subjects: unknowing,
    mend: (board) => unknowing.forEach((physical) => board.set(["physicalSwitches", physical, "privateVlanAware"], true)),
  }];
}

/** (e) and (f): who is heard in spite of the flag. */
function isolationReasons({ topology, network: { layer2 } }: RuleContext, id: string, { virtualSwitch }: PortGroup): Reason[] {
  const own = occupantsOf(topology, id).filter(({ vm }) => isWorkload(vm));
  const elsewhere = new Set<string>();
  const unflagged = new Map<string, string>();
  for (const { one, other } of heardBy(topology, layer2, own)) {
    const group = record(topology, "portGroups", other.nic.portGroup);
    const onOneBridge = group?.virtualSwitch === virtualSwitch && one.vm.hypervisor === other.vm.hypervisor;
    if (group?.isolatedPorts === true && !onOneBridge) elsewhere.add(other.id);
    if (group?.isolatedPorts !== true && onOneBridge) unflagged.set(other.id, other.nic.portGroup ?? "");
  }
  const groups = [...new Set(unflagged.values())].sort(compareIds);
  return [
    ...(elsewhere.size === 0 ? [] : [{ severity: "medium" as const, text: `its ports are isolated on one bridge only and hear isolated ports of other hosts (${listed([...elsewhere].sort(compareIds))})`, subjects: [...elsewhere].sort(compareIds) }]),
    ...(unflagged.size === 0 ? [] : [{
      severity: "medium" as const, text: `its isolated ports talk to ${listed([...unflagged.keys()].sort(compareIds))}, whose ports lack the flag`, subjects: groups,
      mend: (board: Board) => groups.forEach((group) => board.set(["portGroups", group, "isolatedPorts"], true)),
    }]),
  ];
}

/** Pairs of a workload of the port group and a workload of another that hear one another; vNICs that are plugged in alike are asked once. */
function* heardBy(topology: Topology, layer2: Layer2, own: readonly Occupant[]): Generator<{ one: Occupant; other: Occupant }> {
  const asked = new Set<string>();
  for (const one of own) {
    const end = layer2.end(one.end);
    if (end === undefined) continue;
    const key = `${layer2.classOf(end).index} ${one.vm.hypervisor}`;
    if (asked.has(key)) continue;
    asked.add(key);
    for (const { ends } of layer2.hearers(layer2.classOf(end))) {
      for (const { id, owner, kind, portGroup } of ends) {
        const vm = kind === "vnic" ? record(topology, "vms", owner) : undefined;
        const nic = vm?.nics?.[id.slice(owner.length + 1)];
        if (vm === undefined || nic === undefined || owner === one.id || portGroup === undefined || !isWorkload(vm) || (nic.passthrough ?? "none") !== "none") continue;
        yield { one, other: { id: owner, vm, nic, end: id } };
      }
    }
  }
}

function namesOf(occupants: readonly Occupant[]): string[] {
  return [...new Set(occupants.map(({ id }) => id))];
}
