import { compareIds, entries, record, type Topology } from "../model/topology";
import { freshId } from "../model/ids";
import type { ManagementInterface } from "../model/kinds/management-interface";
import type { End } from "../network/types";
import { neighboursIn } from "./neighbours";
import { listed } from "./phrase";
import { candidate, type Board } from "./remedy/board";
import { freeVlan } from "./remedy/free-vlan";
import { dedicateManagement, dedicateOn, isForeignNetwork } from "./remedy/management-network";
import { moveToVlan } from "./remedy/move";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { isWorkloadEnd } from "./workload";

export const mgt003: IsolationRule = {
  id: "MGT-003",
  title: "Management VLAN or VMkernel adapter is not dedicated",
  severity: "medium",
  threat: "Whatever shares the management segment or adapter widens the circle of those who can touch management.",
  condition: "(a) An interface serves management and migration, storage, replication or fault tolerance; (b) its segment also holds interfaces of another kind; (c) a hypervisor "
    + "has management on more than one interface; (d) its segment also holds workloads or external networks other than the administrators' own. Low where it is only other services, in (a) and (b), and what carries them says that it is encrypted. Identified by the interface, (c) by the hypervisor.",
  fix: "One adapter with management only per hypervisor, in a VLAN that nothing else uses; other services on adapters and VLANs of their own.",
  commands: [{ platform: "esxi", text: "esxcli network ip interface tag remove --interface-name=vmk1 --tagname=Management" }],
  references: ["DISA STIG ESXI-80-000198 (V-258758), ESXI-80-000160 (V-258748)", "VMware SCG esxi-8.vmk-management", "NIST SP 800-53r5 SC-7(29), SC-8"],
  caveats: "Small converged clusters may accept it where the segment has no workloads and migration is encrypted: it is low there.",
  check(context) {
    const management = entries(context.topology, "managementInterfaces").filter(([, adapter]) => adapter.services?.includes("management") === true);
    return [...management.flatMap(([id, adapter]) => inspectInterface(context, id, adapter)), ...inspectHypervisors(context.topology, management)];
  },
};

interface Reason {
  readonly text: string;
  readonly subjects: readonly string[];
  /** What mends it, in words and on a board that may hold other changes. */
  readonly title: string;
  readonly mend: (board: Board) => boolean;
}

function inspectInterface(context: RuleContext, id: string, adapter: ManagementInterface): Draft[] {
  const { topology } = context;
  const neighbours = neighboursOf(context, id);
  const reasons = [...ownServices(id, adapter), ...otherInterfaces(topology, neighbours), ...strangers(context, neighbours)];
  if (reasons.length === 0) return [];
  const hypervisor = record(topology, "hypervisors", adapter.hypervisor)?.name ?? adapter.hypervisor;
  return [{
    key: id,
    ...(isConverged(topology, adapter, neighbours) ? { severity: "low" as const } : {}),
    title: `${adapter.name} of ${hypervisor} is not dedicated to management`,
    subjects: [id, adapter.portGroup, ...new Set(reasons.flatMap((reason) => reason.subjects))],
    detail: `${adapter.name} of ${hypervisor}: ${reasons.map((reason) => reason.text).join("; ")}.`,
    fixes: () => [
      ...candidate(topology, reasons.map((reason) => reason.title).join("; "), (board) => reasons.every((reason) => reason.mend(board))),
      ...dedicateManagement(topology, context.network, id),
    ],
  }];
}

/** Nobody but the hypervisors' own interfaces is there, and all that carry more than management encrypt it. */
function isConverged(topology: Topology, adapter: ManagementInterface, neighbours: readonly End[]): boolean {
  if (!neighbours.every((end) => isOtherInterface(topology, end))) return false;
  return [adapter, ...neighbours.map(({ id }) => record(topology, "managementInterfaces", id))].every((one) => one?.encrypted === true || one?.services?.every((service) => service === "management") === true);
}

/** Who does not belong beside management: workloads, foreign networks and interfaces of other kinds. */
function neighboursOf({ topology, network: { layer2 } }: RuleContext, id: string): End[] {
  const end = layer2.end(id);
  if (end === undefined) return [];
  const stranger = (other: End): boolean => isWorkloadEnd(topology, other) || isForeignNetwork(topology, other) || isOtherInterface(topology, other);
  const found = new Set(layer2.segmentsOf(end).flatMap((segment) => neighboursIn(layer2, segment, end, "strangers", stranger)));
  return [...found].sort((a, b) => compareIds(a.id, b.id));
}

function isOtherInterface(topology: Topology, end: End): boolean {
  const services = record(topology, "managementInterfaces", end.id)?.services;
  return services !== undefined && services.length > 0 && !services.includes("management");
}

/** (a) */
function ownServices(id: string, adapter: ManagementInterface): Reason[] {
  const others = (adapter.services ?? []).filter((service) => service !== "management");
  if (others.length === 0) return [];
  return [{
    text: `it also serves ${listed(others)}`, subjects: [], title: `Give ${listed(others)} of ${adapter.name} an adapter and a VLAN of their own`,
    mend: (board) => splitServices(board, id, adapter, others),
  }];
}

function splitServices(board: Board, id: string, adapter: ManagementInterface, others: readonly string[]): boolean {
  const vlan = freeVlan(board.topology, "management");
  const group = record(board.topology, "portGroups", adapter.portGroup);
  if (vlan === undefined || group === undefined) return false;
  const portGroup = freshId(board.topology, `${others[0] ?? "services"}-${vlan}`);
  const { isolatedPorts: _isolated, description: _description, tags: _tags, ...settings } = group;
  board.set(["portGroups", portGroup], { ...settings, name: `${listed(others)} VLAN ${vlan}`, vlan: { mode: "access", id: vlan } });
  const own = freshId(board.topology, `${id}-${others[0] ?? "services"}`);
  board.set(["managementInterfaces", id, "services"], ["management"]);
  board.set(["managementInterfaces", own], {
    name: `${adapter.name} ${listed(others)}`, hypervisor: adapter.hypervisor, portGroup, services: others, firewall: { enabled: true, allowedSources: ["management"] },
    ...(adapter.encrypted === undefined ? {} : { encrypted: adapter.encrypted }),
  });
  return true;
}

/** (b) */
function otherInterfaces(topology: Topology, neighbours: readonly End[]): Reason[] {
  const others = neighbours.filter((end) => isOtherInterface(topology, end));
  if (others.length === 0) return [];
  const ids = others.map((end) => end.id);
  return [{
    text: `its segment also holds ${listed(ids)}, which ${ids.length === 1 ? "serves" : "serve"} other purposes`, subjects: ids,
    title: `Move ${listed(ids)} into a VLAN of their own`,
    mend: (board) => {
      const vlan = freeVlan(board.topology, "management");
      if (vlan === undefined) return false;
      moveToVlan(board, { ends: others, vlan, stem: "infrastructure", name: "Infrastructure" });
      return true;
    },
  }];
}

/** (d) */
function strangers({ topology, network }: RuleContext, neighbours: readonly End[]): Reason[] {
  const workloads = [...new Set(neighbours.filter((end) => isWorkloadEnd(topology, end)).map((end) => end.owner))];
  const networks = neighbours.filter((end) => isForeignNetwork(topology, end)).map((end) => end.id);
  if (workloads.length + networks.length === 0) return [];
  const parts = [...(workloads.length === 0 ? [] : [`the workloads ${listed(workloads)}`]), ...(networks.length === 0 ? [] : [`the external ${networks.length === 1 ? "network" : "networks"} ${listed(networks)}`])];
  return [{
    text: `its segment also holds ${parts.join(" and ")}`, subjects: [...workloads.slice(0, 20), ...networks], title: "Move management into a VLAN of its own",
    mend: (board) => dedicateOn(board, topology, network),
  }];
}

/** (c) */
function inspectHypervisors(topology: Topology, management: readonly [string, ManagementInterface][]): Draft[] {
  const byHypervisor = new Map<string, [string, ManagementInterface][]>();
  for (const entry of management) byHypervisor.set(entry[1].hypervisor, [...(byHypervisor.get(entry[1].hypervisor) ?? []), entry]);
  return [...byHypervisor].filter(([, own]) => own.length > 1).map(([hypervisor, own]): Draft => {
    const name = record(topology, "hypervisors", hypervisor)?.name ?? hypervisor;
    const ids = own.map(([id]) => id);
    return {
      key: hypervisor,
      title: `${name} has management on ${ids.length} interfaces`,
      subjects: [hypervisor, ...ids],
      detail: `${listed(ids)} of ${name} all serve management: each is a way in that has to be guarded.`,
      fixes: () => ids.flatMap((kept) => keepOne(topology, own, kept)),
    };
  });
}

function keepOne(topology: Topology, own: readonly [string, ManagementInterface][], kept: string): FixCandidate[] {
  return candidate(topology, `Serve management on ${kept} only`, (board) => {
    for (const [id, { services = [] }] of own) if (id !== kept) board.set(["managementInterfaces", id, "services"], services.filter((service) => service !== "management"));
  });
}
