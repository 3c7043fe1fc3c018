/** The counts at the head of every report. */
import type { Network } from "../network/compiled-network";
import type { Finding, Severity, Summary } from "./result";

/** Counts findings by severity (accepted ones apart), ordered pairs of tenants by their worst verdict, and who is too near to management. */
export function summarize(network: Network, findings: readonly Finding[]): Summary {
  const count = (severity: Severity): number => findings.filter((finding) => !finding.accepted && finding.severity === severity).length;
  return {
    critical: count("critical"),
    high: count("high"),
    medium: count("medium"),
    low: count("low"),
    info: count("info"),
    accepted: findings.filter((finding) => finding.accepted).length,
    tenantPairs: network.countTenantPairs(),
    managementExposedTo: [...network.managementExposedTo],
  };
}
