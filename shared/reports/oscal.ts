import { sha256 } from "@noble/hashes/sha2.js";
import type { Finding, FindingsReport } from "../analysis/result";
import { plain } from "./plain";

/**
 * OSCAL 1.1 assessment results (NIST): an observation and a finding for each finding of the report. UUIDs are derived from the
 * document and the finding's id (RFC 9562 version 8), so the same document gives the same bytes.
 */
export function oscal(report: FindingsReport): string {
  const id = (name: string): string => uuid(`${report.document.sha256} ${name}`);
  const time = `${report.today}T00:00:00Z`;
  const results = {
    "assessment-results": {
      uuid: id("assessment-results"),
      metadata: { title: plain(`Isolation analysis of ${report.document.name}`), "last-modified": time, version: report.document.sha256.slice(0, 12), "oscal-version": "1.1.2" },
      "import-ap": { href: `urn:sha256:${report.document.sha256}` },
      results: [{
        uuid: id("result"),
        title: "Isolation analysis",
        description: `Exhaustive reachability analysis by Bulkhead ${report.analyzer}.`,
        start: time,
        "reviewed-controls": { "control-selections": [{ "include-all": {} }] },
        ...(report.findings.length === 0 ? {} : {
          observations: report.findings.map((finding) => observation(finding, id, time)),
          findings: report.findings.map((finding) => entry(finding, id)),
        }),
      }],
    },
  };
  return `${JSON.stringify(results, null, 2)}\n`;
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

function uuid(name: string): string {
  const bytes = sha256(new TextEncoder().encode(name)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
