import { sha1 } from "@noble/hashes/legacy.js";
import type { Finding, FindingsReport } from "../analysis/result";
import type { RuleInfo } from "../rules/rule";
import { plain } from "./plain";

/**
 * OSCAL 1.1.2 assessment results (NIST): an observation and a finding for each finding of the report. UUIDs are derived from the
 * document and the finding's id (RFC 9562, version 5), so the same document gives the same bytes.
 */
export function oscal(report: FindingsReport, rules: readonly RuleInfo[]): string {
  const id = (name: string): string => uuid(`${report.document.sha256} ${report.today} ${name}`);
  const time = `${report.today}T00:00:00Z`;
  const results = {
    "assessment-results": {
      uuid: id("assessment-results"),
      metadata: { title: plain(`Isolation analysis of ${report.document.name}`), "last-modified": time, version: report.document.sha256.slice(0, 12), "oscal-version": "1.1.2" },
      // There is no plan in OSCAL; what is imported has to be found, so it is in this file.
      "import-ap": { href: `#${id("document")}` },
      results: [{
        uuid: id("result"),
        title: "Isolation analysis",
        description: `Exhaustive reachability analysis by Bulkhead ${report.analyzer}. Reviewed are the controls that its rules refer to, as far as a network's design shows them.`,
        start: time,
        "reviewed-controls": { "control-selections": [{ "include-controls": controlsOf(rules).map((control) => ({ "control-id": control })) }] },
        ...(report.findings.length === 0 ? {} : {
          observations: report.findings.map((finding) => observation(finding, id, time)),
          findings: report.findings.map((finding) => entry(finding, id)),
        }),
      }],
      "back-matter": {
        resources: [{
          uuid: id("document"), title: plain(report.document.name),
          description: `The network's document is what was assessed, and its policy what it was held against; there is no other assessment plan. SHA-256 of its canonical text: ${report.document.sha256}`,
        }],
      },
    },
  };
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** `NIST SP 800-53r5 SC-7(21), AC-4` as `sc-7.21` and `ac-4`, the ids of NIST's own catalogue. */
function controlsOf(rules: readonly RuleInfo[]): string[] {
  const references = rules.flatMap((rule) => rule.references).filter((reference) => reference.startsWith("NIST SP 800-53r5 "));
  const found = references.flatMap((reference) => [...reference.matchAll(/\b([A-Z]{2})-(\d+)(?:\((\d+)\))?/g)].filter(([, family]) => family !== "SP").map(([, family = "", number = "", enhancement]) => `${family.toLowerCase()}-${number}${enhancement === undefined ? "" : `.${enhancement}`}`));
  return [...new Set(found)].sort();
}

function observation(finding: Finding, id: (name: string) => string, time: string): object {
  return {
    uuid: id(`observation ${finding.id}`),
    title: plain(finding.title),
    description: plain(finding.detail),
    methods: ["TEST"],
    types: ["finding"],
    collected: time,
  };
}

function entry(finding: Finding, id: (name: string) => string): object {
  return {
    uuid: id(`finding ${finding.id}`),
    title: plain(finding.title),
    description: plain(finding.detail),
    props: [{ name: "severity", value: finding.severity, ns: "urn:bulkhead" }, { name: "finding-id", value: plain(finding.id), ns: "urn:bulkhead" }, { name: "accepted", value: String(finding.accepted), ns: "urn:bulkhead" }],
    target: { type: "objective-id", "target-id": finding.rule.toLowerCase(), status: { state: "not-satisfied" } },
    "related-observations": [{ "observation-uuid": id(`observation ${finding.id}`) }],
  };
}

/** A namespace of our own, made once at random. */
const NAMESPACE = Uint8Array.of(0x6f, 0x1c, 0x0a, 0x52, 0x8d, 0x3e, 0x4b, 0x9a, 0x9c, 0x41, 0x2e, 0x77, 0x05, 0xb3, 0xd8, 0x16);

function uuid(name: string): string {
  const bytes = sha1(Uint8Array.of(...NAMESPACE, ...new TextEncoder().encode(name))).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
