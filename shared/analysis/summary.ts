/** The counts at the head of every report. */
import { compareIds, entries, type Topology } from "../model/topology";
import type { Network, Pair } from "../network/types";
import { reachesBeyondPolicy } from "../rules/exposure";
import type { Finding, Severity, Summary, Verdict } from "./result";

const WORST_FIRST: readonly Verdict[] = ["violating", "unknown", "permitted", "isolated"];

/** Counts findings by severity (accepted ones apart), ordered pairs of tenants by their worst verdict, and who is too near to management. */
export function summarize(topology: Topology, network: Network, findings: readonly Finding[]): Summary {
  const count = (severity: Severity): number => findings.filter((finding) => !finding.accepted && finding.severity === severity).length;
  return {
    critical: count("critical"),
    high: count("high"),
    medium: count("medium"),
    low: count("low"),
    info: count("info"),
    accepted: findings.filter((finding) => finding.accepted).length,
    tenantPairs: countTenantPairs(topology, network),
    managementExposedTo: managementExposedTo(topology, network),
  };
}

function countTenantPairs(topology: Topology, network: Network): Record<Verdict, number> {
  const tenants = entries(topology, "tenants").length;
  const verdicts = new Map<string, Verdict>();
  for (const pair of network.pairs) {
    if (pair.verdict === "isolated") continue;
    const from = network.party(pair.from)?.tenant;
    const to = network.party(pair.to)?.tenant;
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from}>${to}`;
    const before = verdicts.get(key) ?? "isolated";
    if (WORST_FIRST.indexOf(pair.verdict) < WORST_FIRST.indexOf(before)) verdicts.set(key, pair.verdict);
  }
  const counts = { isolated: Math.max(0, tenants * tenants - tenants), permitted: 0, violating: 0, unknown: 0 };
  for (const verdict of verdicts.values()) {
    if (verdict === "isolated") continue;
    counts[verdict] += 1;
    counts.isolated -= 1;
  }
  return counts;
}

function managementExposedTo(topology: Topology, network: Network): string[] {
  const exposed = new Set<string>();
  for (const pair of network.pairs) {
    if (!exposesManagement(topology, network, pair)) continue;
    const from = network.party(pair.from);
    const name = from?.kind === "external" ? from.id : from?.tenant;
    if (name !== undefined) exposed.add(name);
  }
  return [...exposed].sort(compareIds);
}

/** Whether the pair reaches a management interface or BMC beyond the policy. */
function exposesManagement(topology: Topology, network: Network, pair: Pair): boolean {
  if (!reachesBeyondPolicy(topology, pair)) return false;
  const kind = network.party(pair.to)?.kind;
  return kind === "managementInterface" || kind === "bmc";
}
