import type { Finding, FindingsReport, Severity } from "../analysis/result";
import type { RuleInfo } from "../rules/rule";
import { plain } from "./plain";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = { critical: "error", high: "error", medium: "warning", low: "note", info: "note" };
/** GitHub code scanning's `security-severity`: critical over 9.0, high over 7.0, medium over 4.0. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0", info: "0.0" };

/** SARIF 2.1.0 (OASIS): one run over all documents, a result a finding, accepted ones suppressed. `source` is the document's path or URI. */
export function findingsSarif(reports: readonly { readonly report: FindingsReport; readonly source: string }[], rules: readonly RuleInfo[]): string {
  const used = new Set(reports.flatMap(({ report }) => report.findings.map((finding) => finding.rule)));
  const listed = rules.filter((rule) => used.has(rule.id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: { driver: { name: "Bulkhead", version: reports[0]?.report.analyzer ?? "0", rules: listed.map(reportingDescriptor) } },
      columnKind: "utf16CodeUnits",
      results: reports.flatMap(({ report, source }) => report.findings.map((finding) => result(finding, source, listed.findIndex((rule) => rule.id === finding.rule)))),
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function reportingDescriptor(rule: RuleInfo): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.threat },
    help: { text: `${rule.condition}\n\nFix: ${rule.fix}\n\n${rule.references.join("\n")}` },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { "security-severity": SCORES[rule.severity], tags: ["security", "network-isolation"] },
  };
}

function result(finding: Finding, source: string, ruleIndex: number): object {
  return {
    ruleId: finding.rule,
    ...(ruleIndex >= 0 ? { ruleIndex } : {}),
    level: LEVELS[finding.severity],
    message: { text: plain(`${finding.title}. ${finding.detail}`) },
    locations: [{
      physicalLocation: { artifactLocation: { uri: artifactUri(source) }, region: { startLine: 1 } },
      logicalLocations: finding.subjects.map((subject) => ({ name: subject, kind: "resource" })),
    }],
    partialFingerprints: { "bulkheadFinding/v1": finding.id },
    ...(finding.accepted ? { suppressions: [{ kind: "external", status: "accepted" }] } : {}),
    properties: {
      severity: finding.severity, services: finding.services, path: finding.path,
      ...(finding.root === undefined ? {} : { root: finding.root }), ...(finding.children === undefined ? {} : { children: finding.children }),
    },
  };
}

/** A relative path as a URI reference; standard input has no file. */
function artifactUri(source: string): string {
  return source === "-" ? "stdin" : encodeURI(source.replaceAll("\\", "/"));
}
