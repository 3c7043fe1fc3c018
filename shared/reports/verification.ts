/** What `bulkhead verify` makes of an exported file: whether it is as it was exported, and whether its verdicts still hold. */
import type { Assume, FindingsReport, Summary } from "../analysis/result";
import type { Evidence, StatedFinding } from "../diagram/evidence";
import type { FileKind } from "../diagram/read-evidence";

/**
 * `holds`: nothing was changed and every verdict is the same. `differs`: nothing was changed, the verdicts are others now. `changed`: the
 * file is not as it was exported. `other-document`: it is about another document than the one that was given.
 */
export type VerificationResult = "holds" | "differs" | "changed" | "other-document" | "no-evidence" | "hash-only";

/** Printed as JSON; field order fixed. */
export interface Verification {
  readonly format: "bulkhead-verification/1";
  readonly file: string;
  readonly kind: FileKind;
  readonly result: VerificationResult;
  /** What is wrong with the file, what has become other and why, and what could not be checked: a sentence each. */
  readonly because: readonly string[];
  /** Every byte of the file against the hash that it carries. `absent`: it carries none. */
  readonly seal: "intact" | "broken" | "absent";
  /** The file drawn again from its document: the same bytes, others, or not drawn and why. */
  readonly drawing: "same" | "other" | "not drawn";
  readonly document?: { readonly name: string; /** What the file says. */ readonly sha256: string; /** What it is. */ readonly actual: string };
  readonly analyzer?: { readonly file: string; readonly now: string };
  readonly today?: { readonly file: string; readonly now: string };
  readonly assume?: { readonly file: Assume; readonly now: Assume };
  /** Ids of rules of one's own that the file's findings are of and that it does not carry: they are left out of the comparison. */
  readonly rulesNotEmbedded?: readonly string[];
  readonly verdicts?: Verdicts;
}

export interface Verdicts {
  readonly same: number;
  /** Ids of findings that the file does not have. */
  readonly added: readonly string[];
  /** Ids of findings that the file has. */
  readonly removed: readonly string[];
  /** Of the same id, of another severity or acceptance. */
  readonly changed: readonly { readonly id: string; readonly before: string; readonly after: string }[];
  readonly summary: { readonly before: Summary; readonly after: Summary; readonly same: boolean };
}

/** The verdicts that a file states against those of an analysis. */
export function compareVerdicts(evidence: Evidence, report: Pick<FindingsReport, "findings" | "summary">, without: ReadonlySet<string>): Verdicts {
  const before = new Map(evidence.findings.filter(({ id }) => !without.has(ruleOf(id))).map((finding) => [finding.id, words(finding)]));
  const after = new Map(report.findings.map((finding) => [finding.id, words(finding)]));
  const kept = [...before].filter(([id]) => after.has(id));
  return {
    same: kept.filter(([id, was]) => after.get(id) === was).length,
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: kept.flatMap(([id, was]) => (after.get(id) === was ? [] : [{ id, before: was, after: after.get(id) ?? "" }])),
    // Counts of findings that cannot be made again say nothing.
    summary: { before: evidence.summary, after: report.summary, same: without.size > 0 ? pairsOf(evidence.summary) === pairsOf(report.summary) : JSON.stringify(evidence.summary) === JSON.stringify(report.summary) },
  };
}

export function isSame({ added, removed, changed, summary }: Verdicts): boolean {
  return added.length + removed.length + changed.length === 0 && summary.same;
}

/** Rules of one's own of which the file has findings, and which it does not carry. */
export function missingRules(evidence: Evidence, known: readonly string[]): string[] {
  const own = evidence.findings.map(({ id }) => ruleOf(id)).filter((rule) => rule.startsWith("X-") && !known.includes(rule));
  return [...new Set(own)].sort();
}

function ruleOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(":")));
}

function words({ severity, accepted }: StatedFinding): string {
  return accepted ? `${severity}, accepted` : severity;
}

function pairsOf({ tenantPairs, managementExposedTo }: Summary): string {
  return JSON.stringify([tenantPairs, managementExposedTo]);
}
