import { compareIds, entries, record } from "../model/topology";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { listServices, NO_SERVICES, unionServices, type ServiceSet } from "../model/services";
import type { End, Pair } from "../network/types";
import { infrastructureServices } from "./infrastructure";
import { intrusionsInto } from "./intruders";
import { neighboursIn } from "./neighbours";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { denyOnTheWay } from "./remedy/deny";
import { freeVlan } from "./remedy/free-vlan";
import { moveToVlan } from "./remedy/move";
import { restrictOwnFirewall } from "./remedy/restrict-management";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { isWorkloadEnd } from "./workload";

const MOST_SUBJECTS = 50;

export const mgt007: IsolationRule = {
  id: "MGT-007",
  title: "Migration, storage or fault-tolerance network exposed to VMs",
  severity: "high",
  threat: "The memory of every guest crosses the migration network, and their disks the storage network: who is there reads and changes both. VXLAN and Geneve tunnels authenticate nobody.",
  condition: "An interface of a hypervisor that serves migration, storage, replication or fault tolerance is in a broadcast domain with the vNIC of a workload VM, and the two hear each other; or a VM, or an external network that is "
    + "not the administrators', reaches it beyond policy.allow. Identified by the interface.",
  fix: "A port group and VLAN for each of these services that nothing else uses, denied to workloads; and encryption (NET-009).",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard portgroup set --portgroup-name=vMotion --vlan-id=20" },
    { platform: "proxmox", text: "datacenter.cfg: migration: secure,network=10.0.20.0/24" },
    { platform: "hyper-v", text: "Set-VMMigrationNetwork 10.0.20.0/24" },
  ],
  references: [
    "DISA STIG ESXI-80-000160 (V-258748), ESXI-80-000199 (V-258759), VCSA-80-000279 (V-258946)",
    "VMware SCG esx-9.vmk-vmotion, esx-9.vmk-storage",
    "RFC 8926 section 6, RFC 7348",
    "NIST SP 800-53r5 SC-8, SC-7(21)",
  ],
  caveats: "Guests that use iSCSI or NFS themselves need a storage address of their tenant's: allow the flow to that address only. Tunnel endpoints of overlays are not in the document.",
  check(context) {
    return entries(context.topology, "managementInterfaces").flatMap(([id, adapter]) => (infrastructureServices(adapter).length === 0 ? [] : inspect(context, id, adapter)));
  },
};

interface Exposure {
  readonly id: string;
  readonly adapter: ManagementInterface;
  readonly end: End;
  readonly neighbours: readonly End[];
  readonly reached: readonly Pair[];
}

function inspect(context: RuleContext, id: string, adapter: ManagementInterface): Draft[] {
  const { topology, network } = context;
  const end = network.layer2.end(id);
  if (end === undefined) return [];
  const exposure = { id, adapter, end, neighbours: workloadsBeside(context, end), reached: intrusionsInto(topology, network, id) };
  return exposure.neighbours.length + exposure.reached.length === 0 ? [] : [describe(context, exposure)];
}

function workloadsBeside({ topology, network: { layer2 } }: RuleContext, end: End): End[] {
  return [...new Set(layer2.segmentsOf(end).flatMap((segment) => neighboursIn(layer2, segment, end, "workloads", (other) => isWorkloadEnd(topology, other))))];
}

function describe(context: RuleContext, exposure: Exposure): Draft {
  const { topology, network } = context;
  const { id, adapter, end, neighbours, reached } = exposure;
  const beside = [...new Set(neighbours.map((other) => other.owner))].sort(compareIds);
  const near = new Set(beside);
  const senders = [...new Set(reached.map((pair) => pair.from))].filter((party) => !near.has(party)).sort(compareIds);
  const hypervisor = record(topology, "hypervisors", adapter.hypervisor)?.name ?? adapter.hypervisor;
  const services = reached.reduce<ServiceSet>((set, pair) => unionServices(set, pair.beyond), NO_SERVICES);
  const [nearest] = neighbours;
  const [first] = reached;
  return {
    key: id,
    title: `${adapter.name} of ${hypervisor} (${listed(infrastructureServices(adapter))}) is within reach of VMs`,
    subjects: [id, adapter.portGroup, ...[...beside, ...senders].slice(0, MOST_SUBJECTS)],
    detail: [
      ...(beside.length === 0 ? [] : [`${adapter.name} of ${hypervisor} carries ${listed(infrastructureServices(adapter))} in one broadcast domain with ${counted(beside.length, "workload VM")}: ${listed(beside)}.`]),
      ...(senders.length === 0 ? [] : [`${listed(senders)} ${senders.length === 1 ? "reaches" : "reach"} it through routers or firewalls, which the policy does not allow.`]),
    ].join(" "),
    services: nearest === undefined ? listServices(services) : ["any"],
    path: () => (nearest !== undefined ? (network.layer2.path(nearest, end) ?? []) : first === undefined ? [] : network.firstPath(first.from, first.to)),
    fixes: () => fixesFor(context, exposure),
  };
}

function fixesFor(context: RuleContext, { id, adapter, neighbours, reached }: Exposure): FixCandidate[] {
  const { topology, network } = context;
  const routed = reached.filter((pair) => pair.layer === 3);
  const sources = [...new Set(routed.map((pair) => pair.from))];
  const denial = { id: `deny-${id}`, from: sources.map((party) => (record(topology, "vms", party) === undefined ? `external:${party}` : `vm:${party}`)), to: [`hypervisor:${adapter.hypervisor}`] };
  return [
    ...(neighbours.length === 0 ? [] : dedicate(context, adapter)),
    ...(routed.length === 0 ? [] : denyOnTheWay(topology, network, routed, denial)),
    ...restrictOwnFirewall(topology, id, network.today),
  ];
}

/** Every interface of the same services that workloads are beside moves into one VLAN: those of a cluster have to stay together. */
function dedicate(context: RuleContext, like: ManagementInterface): FixCandidate[] {
  const { topology, network } = context;
  const services = infrastructureServices(like);
  const alike = entries(topology, "managementInterfaces").filter(([, adapter]) => infrastructureServices(adapter).join() === services.join())
    .map(([id]) => network.layer2.end(id)).filter((end) => end !== undefined && workloadsBeside(context, end).length > 0).filter((end) => end !== undefined);
  return candidate(topology, `Move ${listed(services)} (${counted(alike.length, "interface")}) into a VLAN of ${alike.length === 1 ? "its" : "their"} own`, (board) => {
    const vlan = freeVlan(board.topology, "management");
    if (vlan === undefined) return false;
    moveToVlan(board, { ends: alike, vlan, stem: services[0] ?? "infrastructure", name: listed(services) });
    return true;
  });
}
