import { compareIds, entries, record, type Topology } from "../model/topology";
import { SEVERITIES, type Hop, type Severity } from "../analysis/result";
import type { Pair } from "../network/types";
import { reachesBeyondPolicy } from "./exposure";
import { listed } from "./phrase";
import { pathOf, type Draft, type IsolationRule, type RuleContext } from "./rule";
import { isManagementsOwn, tenantName } from "./workload";

export const int001: IsolationRule = {
  id: "INT-001",
  title: "Declared isolation intent violated",
  severity: "critical",
  threat: "What the owner's policy says must be apart is not: the direct contradiction, whatever the way.",
  condition: "Two tenants of kind customer reach one another on some plane: network (either direction, beyond policy.allow), memory (pages shared between their VMs), clipboard (both have it on, on one "
    + "hypervisor), folder (both see one host folder). Or a workload reaches management: a management interface or BMC, beyond the policy. The parent of the findings that say how; as severe as the worst "
    + "of them, at least high. Identified by the pair of tenants, or workloads>management.",
  fix: "The fixes of the causes, one after the other.",
  commands: [],
  references: ["NIST SP 800-53r5 AC-4, SC-7", "PCI DSS 4.0.1 11.4.5, 11.4.6, A1.1.1, A1.1.4"],
  caveats: "Not a fault of its own: it closes with NET-001, NET-002, MGT-001, MGT-002, RES-001, VM-001 and VM-002.",
  check(context) {
    return [...betweenTenants(context), ...towardsManagement(context)];
  },
};

/** A finding of another rule that makes up a part of this one. */
interface Cause {
  readonly id: string;
  readonly draft: Draft;
  readonly severity: Severity;
}

/** What passes on one plane between two tenants, and why. */
interface Plane {
  readonly name: "network" | "memory" | "clipboard" | "folder";
  readonly text: string;
  readonly causes: readonly Cause[];
}

function betweenTenants(context: RuleContext): Draft[] {
  const { topology } = context;
  const customers = entries(topology, "tenants").filter(([, tenant]) => (tenant.kind ?? "customer") === "customer").map(([id]) => id);
  const planes = new Map<string, Plane[]>();
  const among = new Set(customers);
  const add = (a: string | undefined, b: string | undefined, plane: Plane): void => {
    if (a === undefined || b === undefined || a === b || !among.has(a) || !among.has(b)) return;
    const key = compareIds(a, b) < 0 ? `${a}+${b}` : `${b}+${a}`;
    const found = planes.get(key) ?? [];
    planes.set(key, found);
    if (!found.some((one) => one.name === plane.name && one.text === plane.text)) found.push(plane);
  };
  addNetwork(context, add);
  addMemory(context, add);
  addClipboard(context, add);
  addFolders(context, add);
  return [...planes].sort(([a], [b]) => compareIds(a, b)).map(([key, found]) => describePair(topology, key, found));
}

type Add = (a: string | undefined, b: string | undefined, plane: Plane) => void;

function describePair(topology: Topology, key: string, planes: readonly Plane[]): Draft {
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
    causes: causes.map((cause) => cause.id),
  };
}

function addNetwork({ network, earlier }: RuleContext, add: Add): void {
  const shared = drafts(earlier, "NET-001");
  const routed = drafts(earlier, "NET-002");
  const seen = new Set<string>();
  for (const pair of network.concerns) {
    if (pair.verdict !== "violating") continue;
    const from = network.party(pair.from)?.tenant;
    const to = network.party(pair.to)?.tenant;
    if (from === undefined || to === undefined || from === to || seen.has(`${from}>${to}`)) continue;
    seen.add(`${from}>${to}`);
    const [a, b] = compareIds(from, to) < 0 ? [from, to] : [to, from];
    const causes = [...shared.filter(({ draft }) => draft.key.startsWith(`${a}+${b}@`)), ...routed.filter(({ draft }) => draft.key === `${from}>${to}` || draft.key === `${to}>${from}`)];
    add(from, to, { name: "network", text: `${from} ${pair.services.length > 0 ? "reaches" : "delivers packets to"} ${to} (${pair.from} to ${pair.to})`, causes });
  }
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

function towardsManagement({ topology, network, earlier }: RuleContext): Draft[] {
  const reached = network.concerns.filter((pair) => reachesBeyondPolicy(topology, pair) && isWorkloadToManagement(topology, pair));
  if (reached.length === 0) return [];
  const sources = [...new Set(reached.map((pair) => record(topology, "vms", pair.from)?.tenant ?? pair.from))].sort(compareIds);
  const targets = [...new Set(reached.map((pair) => pair.to))].sort(compareIds);
  const fromExternal = (key: string): boolean => record(topology, "externalNetworks", key.split(">")[0]) !== undefined;
  const causes = [...drafts(earlier, "MGT-001"), ...drafts(earlier, "MGT-002").filter(({ draft }) => !fromExternal(draft.key))];
  const [first] = reached;
  return [{
    key: "workloads>management",
    severity: inherited(causes),
    title: "Workloads reach management",
    subjects: [...targets, ...sources],
    detail: `No workload may reach management; ${listed(sources)} ${sources.length === 1 ? "reaches" : "reach"} ${listed(targets)}.${because(causes)}`,
    services: [...new Set(causes.flatMap(({ draft }) => draft.services ?? []))],
    path: () => (causes.length > 0 || first === undefined ? witness(causes) : (network.trace([first.from], [first.to]).paths[0] ?? [])),
    causes: causes.map((cause) => cause.id),
  }];
}

function isWorkloadToManagement(topology: Topology, pair: Pair): boolean {
  const vm = record(topology, "vms", pair.from);
  return vm !== undefined && !isManagementsOwn(vm) && (record(topology, "managementInterfaces", pair.to) !== undefined || pair.to.endsWith("/bmc"));
}

function drafts(earlier: RuleContext["earlier"], rule: keyof typeof OWN_SEVERITY): Cause[] {
  return (earlier.get(rule) ?? []).map((draft) => ({ id: `${rule}:${draft.key}`, draft, severity: draft.severity ?? OWN_SEVERITY[rule] }));
}

/** What the rules of the causes say where a draft of theirs does not. */
const OWN_SEVERITY = { "NET-001": "critical", "NET-002": "high", "MGT-001": "critical", "MGT-002": "critical", "RES-001": "high", "VM-001": "medium", "VM-002": "high" } as const;

/** As severe as the worst cause, at least high; without a cause of its own a reach is what the rule says: critical. */
function inherited(causes: readonly Cause[]): Severity {
  if (causes.length === 0) return "critical";
  const worst = Math.min(...causes.map((cause) => SEVERITIES.indexOf(cause.severity)));
  return worst === 0 ? "critical" : "high";
}

function witness(causes: readonly Cause[]): readonly Hop[] {
  for (const { draft } of causes) {
    const path = pathOf(draft);
    if (path.length > 0) return path;
  }
  return [];
}

function because(causes: readonly Cause[]): string {
  return causes.length === 0 ? "" : ` Caused by ${listed(causes.map((cause) => cause.id))}.`;
}

function distinct(causes: readonly Cause[]): Cause[] {
  return [...new Map(causes.map((cause) => [cause.id, cause])).values()];
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
