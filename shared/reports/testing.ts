import type { Finding, FindingsReport } from "../analysis/result";

/** A finding and a report for tests of reports, with text that tries to break out of every format. */
export const HOSTILE = "a\u001b[31m<b>&\"',|`\n=cmd()";

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    id: "NET-001:a+b@tor-1.100", rule: "NET-001", severity: "critical", title: `Tenants share a segment ${HOSTILE}`, accepted: false, subjects: ["pg-prod"],
    detail: "They hear each other.", services: ["any"],
    path: [{ at: "a-web/eth0", kind: "vm", does: "sends" }, { at: "pg-prod", kind: "portGroup", does: "tags 100", vlan: 100 }],
    fixes: [{ title: "Give each its own VLAN", edits: [], verified: true, breaksRequired: [], introduces: [] }],
    references: ["NIST SP 800-53r5 SC-7"],
    ...changes,
  };
}

export function report(findings: readonly Finding[]): FindingsReport {
  const count = (severity: Finding["severity"]): number => findings.filter((each) => !each.accepted && each.severity === severity).length;
  return {
    format: "bulkhead-findings/1", document: { name: `Doc ${HOSTILE}`, sha256: "0".repeat(64) }, analyzer: "1.0.0", today: "2026-11-23",
    summary: {
      critical: count("critical"), high: count("high"), medium: count("medium"), low: count("low"), info: count("info"),
      accepted: findings.filter((each) => each.accepted).length, tenantPairs: { isolated: 0, permitted: 0, violating: 2, unknown: 0 }, managementExposedTo: [],
    },
    findings,
  };
}
