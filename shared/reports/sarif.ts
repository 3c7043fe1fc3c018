import type { FindingsReport, Fix, Severity } from "../analysis/result";
import { formatTopology } from "../model/canonical";
import { applyEdits } from "../model/edit";
import type { Topology } from "../model/topology";
import type { RuleInfo } from "../rules/rule";
import { lineDiff } from "./line-diff";
import { markdownText } from "./markdown";
import { plain } from "./plain";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = { critical: "error", high: "error", medium: "warning", low: "note", info: "note" };
/** GitHub code scanning's `security-severity`: critical over 9.0, high over 7.0, medium over 4.0. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0", info: "0.0" };

export interface SarifSource {
  readonly report: FindingsReport;
  /** The document's path or URI; `-` is standard input. */
  readonly source: string;
  /** The document, where its file is in canonical form: then places and fixes have lines. */
  readonly canonical?: Topology;
}

/** SARIF 2.1.0 (OASIS): one run over all documents, a result a finding, accepted ones suppressed. */
export function findingsSarif(sources: readonly SarifSource[], rules: readonly RuleInfo[]): string {
  const used = new Set(sources.flatMap(({ report }) => report.findings.map((finding) => finding.rule)));
  const listed = rules.filter((rule) => used.has(rule.id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: { driver: { name: "Bulkhead", version: sources[0]?.report.analyzer ?? "0", rules: listed.map(reportingDescriptor) } },
      artifacts: sources.map(({ source, report, canonical }) => ({ location: { uri: artifactUri(source) }, ...(canonical === undefined ? {} : { hashes: { "sha-256": report.document.sha256 } }) })),
      columnKind: "utf16CodeUnits",
      results: sources.flatMap((source) => resultsOf(source, listed)),
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function reportingDescriptor(rule: RuleInfo): object {
  const { id, title, threat, condition, fix, commands, references } = rule;
  const lines = [`Fires when: ${condition}`, `Fix: ${fix}`, ...(commands.length === 0 ? [] : [commands.map(({ platform, text }) => `${platform}: ${text}`).join("\n")]), ...(references.length === 0 ? [] : [`References: ${references.join("; ")}`])];
  const markdown = [markdownText(threat), `**Fires when.** ${markdownText(condition)}`, `**Fix.** ${markdownText(fix)}`, ...(references.length === 0 ? [] : [references.map((reference) => `- ${markdownText(reference)}`).join("\n")])];
  return {
    id, name: nameOf(title),
    shortDescription: { text: title }, fullDescription: { text: threat },
    help: { text: lines.join("\n\n"), markdown: markdown.join("\n\n") },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { "security-severity": SCORES[rule.severity], precision: "very-high", tags: ["security", "network-isolation"] },
  };
}

/** `Tenants share one layer-2 segment` as `TenantsShareOneLayer2Segment` (SARIF 3.49.7 wants an identifier). */
function nameOf(title: string): string {
  return title.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** So many characters of changed documents are written for fixes; then findings go without. */
const MOST_WRITTEN = 40_000_000;

function resultsOf({ report, source, canonical }: SarifSource, listed: readonly RuleInfo[]): object[] {
  const text = canonical === undefined ? "" : formatTopology(canonical), lines = recordLines(text), indexes = new Map(listed.map(({ id }, index) => [id, index])), uri = artifactUri(source);
  const before = text.split("\n");
  let written = 0;
  return report.findings.map((finding) => {
    const [fix] = finding.fixes, ruleIndex = indexes.get(finding.rule);
    const replaced = canonical === undefined || fix === undefined || !fix.verified || written > MOST_WRITTEN ? undefined : fixOf(canonical, before, fix, uri);
    if (replaced !== undefined) written += text.length;
    return {
      ruleId: finding.rule, ...(ruleIndex === undefined ? {} : { ruleIndex }), level: LEVELS[finding.severity],
      message: { text: plain(`${finding.title}. ${finding.detail}`) },
      locations: [{
        physicalLocation: { artifactLocation: { uri }, region: { startLine: finding.subjects.map((subject) => lines.get(ownerOf(subject))).find((line) => line !== undefined) ?? 1 } },
        logicalLocations: finding.subjects.map((subject) => ({ name: plain(subject), kind: "resource" })),
      }],
      partialFingerprints: { "bulkheadFinding/v1": finding.id },
      ...(replaced === undefined ? {} : { fixes: [replaced] }),
      ...(finding.accepted ? { suppressions: [{ kind: "external", status: "accepted" }] } : {}),
      properties: {
        severity: finding.severity, services: finding.services, path: finding.path,
        ...(finding.root === undefined ? {} : { root: finding.root }), ...(finding.children === undefined ? {} : { children: finding.children }),
      },
    };
  });
}

function ownerOf(subject: string): string {
  const slash = subject.indexOf("/");
  return slash < 0 ? subject : subject.slice(0, slash);
}

/** The lines (from 1) on which the records of a canonical document begin, by id. */
function recordLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let section = "";
  text.split("\n").forEach((line, index) => {
    section = /^ {2}"(\w+)": \{/.exec(line)?.[1] ?? section;
    const id = section === "policy" || section === "layout" ? undefined : /^ {4}"([^"]+)": \{/.exec(line)?.[1];
    if (id !== undefined) found.set(id, index + 1);
  });
  return found;
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

/** A relative path as a URI reference; standard input has no file. */
function artifactUri(source: string): string {
  return source === "-" ? "stdin" : encodeURI(source.replaceAll("\\", "/"));
}
