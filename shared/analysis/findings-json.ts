/** What `check --format json` prints: field order fixed, the same input gives the same bytes. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Topology } from "../model/topology";
import { writeTopology } from "../model/canonical";
import type { Analysis } from "./analyze";
import type { Edit, Finding, FindingsReport, Fix, Hop, Summary } from "./result";
import { ANALYZER_VERSION } from "./version";

/** The report of one analysis. The hash is of the canonical bytes, so it names the document and not its spelling. */
export function findingsReport(analysis: Pick<Analysis, "topology" | "today" | "summary" | "findings">, digest: Digest = sha256Digest): FindingsReport {
  return {
    format: "bulkhead-findings/1",
    document: { name: analysis.topology.name, sha256: documentHash(analysis.topology, digest) },
    analyzer: ANALYZER_VERSION,
    today: analysis.today,
    summary: orderedSummary(analysis.summary),
    findings: analysis.findings.map(orderedFinding),
  };
}

/** SHA-256 of the canonical form in hex: the same for every spelling of the same document. */
export function documentHash(topology: Topology, digest: Digest = sha256Digest): string {
  const { update, hex } = digest();
  const encoder = new TextEncoder();
  writeTopology(topology, (part) => update(encoder.encode(part)));
  return hex();
}

/** A SHA-256 that is fed bit by bit; where it runs there may be a faster one than this project's own. */
export type Digest = () => { readonly update: (bytes: Uint8Array) => unknown; readonly hex: () => string };

const sha256Digest: Digest = () => {
  const hash = sha256.create();
  return { update: (bytes) => hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
};

/** The summary with its fields in the order that the JSON output promises. */
export function orderedSummary(summary: Summary): Summary {
  const { critical, high, medium, low, info, accepted, tenantPairs, managementExposedTo } = summary;
  const { isolated, permitted, violating, unknown } = tenantPairs;
  return { critical, high, medium, low, info, accepted, tenantPairs: { isolated, permitted, violating, unknown }, managementExposedTo };
}

function orderedFinding(finding: Finding): Finding {
  const { id, rule, severity, title, accepted, subjects, detail, services, path, fixes, references, root, children } = finding;
  return {
    id, rule, severity, title, accepted, subjects, detail, services, path: path.map(orderedHop), fixes: fixes.map(orderedFix), references,
    ...(root === undefined ? {} : { root }), ...(children === undefined ? {} : { children }),
  };
}

function orderedHop({ at, kind, does, vlan, rule }: Hop): Hop {
  return { at, kind, does, ...(vlan === undefined ? {} : { vlan }), ...(rule === undefined ? {} : { rule }) };
}

function orderedFix({ title, edits, verified, breaksRequired, introduces }: Fix): Fix {
  return { title, edits: edits.map(orderedEdit), verified, breaksRequired, introduces };
}

/** An edit with `op` first, as RFC 6902 writes it. */
export function orderedEdit(edit: Edit): Edit {
  if (edit.op === "remove") return { op: edit.op, path: edit.path };
  if ("from" in edit) return { op: edit.op, from: edit.from, path: edit.path };
  return { op: edit.op, path: edit.path, value: edit.value };
}
