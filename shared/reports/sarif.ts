import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { gzipSync } from "fflate";
import { SEVERITIES, type Finding, type FindingsReport, type Fix } from "../analysis/result";
import { formatTopology } from "../model/canonical";
import { applyEdits } from "../model/edit";
import type { Topology } from "../model/topology";
import type { RuleInfo } from "../rules/rule";
import { lineDiff } from "./line-diff";
import { plain } from "./plain";
import { artifactUri, placesIn, TOP, type Places } from "./sarif-places";
import { LEVELS, reportingDescriptor } from "./sarif-rules";

export interface SarifSource {
  readonly report: FindingsReport;
  /** The document's path or URI; `-` is standard input. */
  readonly source: string;
  /** The document, where its file is in canonical form: then places, ways and fixes have lines. */
  readonly canonical?: Topology;
}

/** GitHub refuses a run with more results, and of those shows the first thousands: the gravest are written. */
const MOST_RESULTS = 25_000;
/** GitHub refuses files that are larger when compressed, in bytes. */
const MOST_COMPRESSED = 10_000_000;
/** So many characters of changed documents are written for fixes; then findings go without. */
const MOST_WRITTEN = 40_000_000;

/** SARIF 2.1.0 (OASIS): one run over all documents, a result a finding, accepted ones suppressed. */
export function findingsSarif(sources: readonly SarifSource[], rules: readonly RuleInfo[]): string {
  for (let most = MOST_RESULTS; ;) {
    const text = logOf(sources, rules, most), size = compressedSize(text);
    if (size <= MOST_COMPRESSED || most === 0) return text;
    const written = Math.min(most, sources.reduce((sum, { report }) => sum + report.findings.length, 0));
    // What is left over is for results that are not all alike.
    most = Math.floor(written * Math.min(0.95, 0.95 * MOST_COMPRESSED / size));
  }
}

/** At most so many bytes; of texts that cannot be too large as they are, no more than those. */
function compressedSize(text: string): number {
  // A unit of UTF-16 is three bytes of UTF-8 at most.
  if (text.length * 3 <= MOST_COMPRESSED) return text.length * 3;
  const bytes = new TextEncoder().encode(text);
  return bytes.length <= MOST_COMPRESSED ? bytes.length : gzipSync(bytes, { level: 1, mtime: 0 }).length;
}

/** With the gravest findings, at most so many. */
function logOf(sources: readonly SarifSource[], rules: readonly RuleInfo[], most: number): string {
  const kept = gravest(sources.flatMap(({ report }) => report.findings), most), total = sources.reduce((sum, { report }) => sum + report.findings.length, 0);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: { driver: { name: "Bulkhead", version: sources[0]?.report.analyzer ?? "0", rules: rules.map(reportingDescriptor) } },
      ...(total === kept.size ? {} : { invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: "warning", message: { text: `${total - kept.size} more findings, none graver, are left out: code scanning takes ${MOST_RESULTS} results and ${MOST_COMPRESSED / 1_000_000} MB compressed. check --format json has all.` } }] }] }),
      artifacts: sources.map(({ source, report, canonical }) => ({ location: { uri: artifactUri(source) }, ...(canonical === undefined ? {} : { hashes: { "sha-256": report.document.sha256 } }) })),
      columnKind: "utf16CodeUnits",
      results: sources.flatMap((source) => resultsOf(source, rules, kept)),
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function gravest(findings: readonly Finding[], most: number): ReadonlySet<Finding> {
  if (findings.length <= most) return new Set(findings);
  const rank = ({ accepted, severity }: Finding): number => (accepted ? SEVERITIES.length : SEVERITIES.indexOf(severity));
  return new Set([...findings].sort((a, b) => rank(a) - rank(b)).slice(0, most));
}

function resultsOf({ report, source, canonical }: SarifSource, rules: readonly RuleInfo[], kept: ReadonlySet<Finding>): object[] {
  const indexes = new Map(rules.map(({ id }, index) => [id, index])), uri = artifactUri(source), places = placesIn(canonical);
  const length = places.lines.reduce((sum, line) => sum + line.length + 1, 0);
  let written = 0;
  return report.findings.filter((finding) => kept.has(finding)).map((finding) => {
    const [fix] = finding.fixes, ruleIndex = indexes.get(finding.rule);
    const replaced = canonical === undefined || fix === undefined || !fix.verified || written > MOST_WRITTEN ? undefined : fixOf(canonical, places.lines, fix, uri);
    if (replaced !== undefined) written += length;
    return {
      ruleId: finding.rule, ...(ruleIndex === undefined ? {} : { ruleIndex }), level: LEVELS[finding.severity],
      message: { text: plain(`${finding.title}. ${finding.detail}`) },
      locations: [{
        physicalLocation: { artifactLocation: { uri }, region: finding.subjects.map(places.find).find((region) => region !== undefined) ?? TOP },
        logicalLocations: finding.subjects.map((subject) => ({ name: plain(subject), kind: "resource" })),
      }],
      // The only one that code scanning looks at is meant for a line of code. Findings that begin on the same line are kept apart by the id.
      partialFingerprints: { "bulkheadFinding/v1": finding.id, primaryLocationLineHash: `${bytesToHex(sha256(new TextEncoder().encode(finding.id))).slice(0, 16)}:1` },
      ...wayOf(finding, places, uri),
      ...(replaced === undefined ? {} : { fixes: [replaced] }),
      ...(finding.accepted ? { suppressions: [{ kind: "external", status: "accepted" }] } : {}),
      properties: {
        severity: finding.severity, services: finding.services, path: finding.path,
        ...(finding.root === undefined ? {} : { root: finding.root }), ...(finding.children === undefined ? {} : { children: finding.children }),
      },
    };
  });
}

/** The path of the finding, step by step through the document, as code scanning shows a flow. */
function wayOf({ path }: Finding, places: Places, uri: string): object {
  const steps = path.flatMap((hop) => {
    const region = places.find(hop.at);
    return region === undefined ? [] : [{ location: { physicalLocation: { artifactLocation: { uri }, region }, message: { text: plain(`${hop.at} ${hop.does}`) } } }];
  });
  return steps.length < 2 ? {} : { codeFlows: [{ threadFlows: [{ locations: steps }] }] };
}

/** The fix as lines to be replaced; undefined where it changes too much to be read. */
function fixOf(canonical: Topology, before: readonly string[], fix: Fix, uri: string): object | undefined {
  const runs = lineDiff(before, formatTopology(applyEdits(canonical, fix.edits)).split("\n"));
  if (runs === undefined || runs.length === 0) return undefined;
  return {
    description: { text: plain(fix.title) },
    artifactChanges: [{
      artifactLocation: { uri },
      replacements: runs.map(({ start, end, lines }) => ({
        deletedRegion: { startLine: start + 1, startColumn: 1, endLine: end + 1, endColumn: 1 },
        ...(lines.length === 0 ? {} : { insertedContent: { text: `${lines.join("\n")}\n` } }),
      })),
    }],
  };
}
