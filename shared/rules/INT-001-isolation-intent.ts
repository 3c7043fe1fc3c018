import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Pair } from "../network/types";
import { reachesBeyondPolicy } from "./exposure";
import { because, distinct, drafts, inherited, NetworkCauses, witness, type Cause } from "./causes";
import { CROWD, listed } from "./phrase";
import { moveApart } from "./remedy/move-apart";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { isManagementsOwn, tenantName } from "./workload";

export const int001: IsolationRule = {
  id: "INT-001",
  title: "Declared isolation intent violated",
  severity: "critical",
  threat: "What the owner's policy says must be apart is not: the direct contradiction, whatever the way.",
  condition: "Two tenants of any kind reach one another over the network, in either direction, beyond policy.allow. Or two of kind customer share memory (pages of their VMs), the clipboard (both have it on, on one "
    + "hypervisor), a folder (both see one host folder) or storage (disks of both in clear on a datastore that does not erase). Or a workload reaches management: a management interface or BMC, beyond the policy. The parent of the findings that say how; as severe as the worst "
    + "of them, at least high. Identified by the pair of tenants, or workloads>management; where the network joins a tenant to more than 50 others, one finding for that tenant, t1+*.",
  fix: "The fixes of the causes, one after the other.",
  commands: [],
  references: ["NIST SP 800-53r5 AC-4, SC-7", "PCI DSS 4.0.1 11.4.5, 11.4.6, A1.1.1, A1.1.4"],
  caveats: "Not a fault of its own: it closes with NET-001, NET-002, MGT-001, MGT-002, MGT-007, MGT-009, RES-001, RES-005, VM-001 and VM-002.",
  check(context) {
    return [...betweenTenants(context), ...towardsManagement(context)];
  },
};

/** What passes on one plane between two tenants, and why. */
interface Plane {
  readonly name: "network" | "memory" | "clipboard" | "folder" | "storage";
  readonly text: string;
  readonly causes: readonly Cause[];
}

function betweenTenants(context: RuleContext): Draft[] {
  const { topology } = context;
  const customers = new Set(entries(topology, "tenants").filter(([, tenant]) => (tenant.kind ?? "customer") === "customer").map(([id]) => id));
  const planes = new Map<string, Plane[]>();
  const crowds = new Map<string, Crowd>();
  const add = (a: string | undefined, b: string | undefined, plane: Plane): void => {
    if (a === undefined || b === undefined || a === b || (plane.name !== "network" && (!customers.has(a) || !customers.has(b)))) return;
    const key = compareIds(a, b) < 0 ? `${a}+${b}` : `${b}+${a}`;
    const found = planes.get(key) ?? [];
    planes.set(key, found);
    if (!found.some((one) => one.name === plane.name && one.text === plane.text)) found.push(plane);
  };
  addNetwork(context, add, crowds);
  addMemory(context, add);
  addClipboard(context, add);
  addFolders(context, add);
  addStorage(context, add);
  const pairs = [...planes].sort(([a], [b]) => compareIds(a, b)).map(([key, found]) => describePair(context, key, found));
  return [...pairs, ...[...crowds].map(([tenant, crowd]) => describeCrowd(topology, tenant, crowd))];
}

type Add = (a: string | undefined, b: string | undefined, plane: Plane) => void;

function describePair({ topology, network }: RuleContext, key: string, planes: readonly Plane[]): Draft {
  const [a = "", b = ""] = key.split("+");
  const causes = distinct(planes.flatMap((plane) => plane.causes));
  const names = [...new Set(planes.map((plane) => plane.name))];
  return {
    key,
    severity: inherited(causes),
    title: `${tenantName(topology, a)} and ${tenantName(topology, b)} are not isolated (${names.join(", ")})`,
    subjects: [a, b],
    detail: `The policy keeps ${a} and ${b} apart. ${planes.map((plane) => `${capital(plane.name)}: ${plane.text}.`).join(" ")}${because(causes)}`,
    services: names.includes("network") ? [...new Set(causes.flatMap((cause) => cause.draft.services ?? []))] : [],
    path: () => witness(causes),
    // Jump hosts and infrastructure in another tenant's segment: no other rule counts them.
    ...(causes.length > 0 ? { causes: causes.map((cause) => cause.id) } : { fixes: () => [...moveApart(topology, network, network.violations(a, b)), ...moveApart(topology, network, network.violations(b, a))] }),
  };
}

/** A tenant that the network joins to very many others. */
interface Crowd {
  readonly others: ReadonlySet<string>;
  readonly causes: readonly Cause[];
}

/** Shared and provider tenants need an `allow` too. */
function addNetwork({ network, earlier }: RuleContext, add: Add, crowds: Map<string, Crowd>): void {
  const causes = new NetworkCauses(earlier);
  const directed: [from: string, to: string][] = [];
  const joined = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    const others = joined.get(a) ?? new Set();
    joined.set(a, others.add(b));
  };
  for (const { from, to } of network.eachBreach()) {
    directed.push([from, to]);
    join(from, to);
    join(to, from);
  }
  for (const [tenant, others] of [...joined].sort(([a], [b]) => compareIds(a, b))) if (others.size > CROWD) crowds.set(tenant, { others, causes: causes.ofCrowd(tenant, others) });
  const few = directed.filter(([from, to]) => !crowds.has(from) && !crowds.has(to)).map(([from, to]) => [from, to, network.violations(from, to)[0]] as const);
  for (const [from, to, pair] of few.sort(([, , a], [, , b]) => compareIds(a?.from ?? "", b?.from ?? "") || compareIds(a?.to ?? "", b?.to ?? ""))) {
    if (pair === undefined) continue;
    add(from, to, { name: "network", text: `${from} ${pair.services.length > 0 ? "reaches" : "delivers packets to"} ${to} (${pair.from} to ${pair.to})`, causes: causes.ofPair(from, to) });
  }
}

function describeCrowd(topology: Topology, tenant: string, { others, causes }: Crowd): Draft {
  const names = [...others].sort(compareIds);
  return {
    key: `${tenant}+*`,
    severity: inherited(causes),
    title: `${tenantName(topology, tenant)} and ${names.length} other tenants are not isolated (network)`,
    subjects: [tenant, ...names],
    detail: `The policy keeps ${tenant} apart from ${listed(names)}. Network: each of them reaches ${tenant}, or is reached.${because(causes)}`,
    services: [...new Set(causes.flatMap((cause) => cause.draft.services ?? []))],
    path: () => witness(causes),
    causes: causes.map((cause) => cause.id),
  };
}

function addMemory({ topology, earlier }: RuleContext, add: Add): void {
  for (const cause of drafts(earlier, "RES-001")) {
    const tenants = tenantsOf(topology, cause.draft.subjects);
    eachPair(tenants, (a, b) => add(a, b, { name: "memory", text: `their VMs share pages on ${cause.draft.key}`, causes: [cause] }));
  }
}

function addClipboard({ topology, earlier }: RuleContext, add: Add): void {
  const byHypervisor = new Map<string, Cause[]>();
  for (const cause of drafts(earlier, "VM-001")) {
    const hypervisor = record(topology, "vms", cause.draft.key)?.hypervisor ?? "";
    byHypervisor.set(hypervisor, [...(byHypervisor.get(hypervisor) ?? []), cause]);
  }
  for (const [hypervisor, causes] of byHypervisor) {
    const of = (tenant: string): Cause[] => causes.filter(({ draft }) => record(topology, "vms", draft.key)?.tenant === tenant);
    eachPair(tenantsOf(topology, causes.map(({ draft }) => draft.key)), (a, b) =>
      add(a, b, { name: "clipboard", text: `both share it with their console on ${hypervisor}`, causes: [...of(a), ...of(b)] }));
  }
}

function addFolders({ topology, earlier }: RuleContext, add: Add): void {
  for (const cause of drafts(earlier, "VM-002")) {
    const [own, ...others] = cause.draft.subjects;
    // Only what several tenants see makes the finding critical.
    if (own === undefined || cause.severity !== "critical") continue;
    for (const other of others) {
      add(record(topology, "vms", own)?.tenant, record(topology, "vms", other)?.tenant, { name: "folder", text: `${[own, other].sort(compareIds).join(" and ")} see one host folder`, causes: [cause] });
    }
  }
}

function addStorage({ topology, earlier }: RuleContext, add: Add): void {
  for (const cause of drafts(earlier, "RES-005")) {
    eachPair(tenantsOf(topology, cause.draft.subjects), (a, b) => add(a, b, { name: "storage", text: `what their deleted disks leave on ${cause.draft.key} is there for the other`, causes: [cause] }));
  }
}

function towardsManagement({ topology, network, earlier }: RuleContext): Draft[] {
  const reached = network.managementConcerns.filter((pair) => reachesBeyondPolicy(network, pair) && isWorkloadToManagement(topology, pair));
  if (reached.length === 0) return [];
  const sources = [...new Set(reached.map((pair) => record(topology, "vms", pair.from)?.tenant ?? pair.from))].sort(compareIds);
  const targets = [...new Set(reached.map((pair) => pair.to))].sort(compareIds);
  const fromExternal = (key: string): boolean => record(topology, "externalNetworks", key.split(">")[0]) !== undefined;
  const causes = [
    ...drafts(earlier, "MGT-001"), ...drafts(earlier, "MGT-002").filter(({ draft }) => !fromExternal(draft.key)), ...[...drafts(earlier, "MGT-007"), ...drafts(earlier, "MGT-009")].filter(({ draft }) => targets.includes(draft.key)),
  ];
  const [first] = reached;
  return [{
    key: "workloads>management",
    severity: inherited(causes),
    title: "Workloads reach management",
    subjects: [...targets, ...sources],
    detail: `No workload may reach management; ${listed(sources)} ${sources.length === 1 ? "reaches" : "reach"} ${listed(targets)}.${because(causes)}`,
    services: [...new Set(causes.flatMap(({ draft }) => draft.services ?? []))],
    path: () => (causes.length > 0 || first === undefined ? witness(causes) : network.firstPath(first.from, first.to)),
    causes: causes.map((cause) => cause.id),
  }];
}

function isWorkloadToManagement(topology: Topology, pair: Pair): boolean {
  const vm = record(topology, "vms", pair.from);
  return vm !== undefined && !isManagementsOwn(vm) && (record(topology, "managementInterfaces", pair.to) !== undefined || pair.to.endsWith("/bmc"));
}

function tenantsOf(topology: Topology, ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => record(topology, "vms", id)?.tenant).filter((tenant) => tenant !== undefined))].sort(compareIds);
}

function eachPair(ids: readonly string[], visit: (a: string, b: string) => void): void {
  ids.forEach((a, index) => ids.slice(index + 1).forEach((b) => visit(a, b)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
