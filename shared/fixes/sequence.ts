/** Puts fixes in the order in which it is safe to apply them: the network first, then filters, guests, memory, and people last. */
import type { Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import { compareIds, type Topology } from "../model/topology";
import type { Finding } from "../analysis/result";
import { effectOf, evaluateWith, type Effect } from "./effect";
import { touchesNetwork } from "./network-edit";

/** Rules in the order of their fixes; the rest, in order of the index, comes last. INT-001 closes with its causes. */
const ORDER = [
  "NET-005", "NET-001", "NET-003", "NET-007", "MGT-001", "MGT-003", "MGT-007", "MGT-009", "FW-006", "FW-001", "NET-008", "FW-005", "NET-002", "FW-002", "MGT-002", "MGT-004", "INT-002",
  "VM-001", "VM-002", "VM-003", "VM-004", "VM-005", "RES-001", "RES-002", "SW-001", "SW-002", "SW-003", "SW-004", "NET-010", "NET-009", "MGT-005", "MGT-006", "MGT-008", "HV-001", "HV-002",
  "RES-003", "RES-004",
] as const;

const MOST_STEPS = 200;

export interface Step {
  readonly effect: Effect;
  /** The finding that the step was made for. */
  readonly finding: Finding;
  readonly before: Topology;
  readonly after: Topology;
  /** Ids of the findings after the step. */
  readonly open: ReadonlySet<string>;
}

/** Only the last analysis is kept: a plan for a large document would otherwise hold one network per step. */
export interface Sequence {
  readonly steps: readonly Step[];
  readonly end: Evaluation;
}

/**
 * Steps that close the wanted findings, each verified on the document as the steps before left it. A step is taken only if it
 * breaks no required flow and opens nothing of equal or higher severity. `isWanted` sees the findings as they are at that time; what
 * causes a wanted finding is wanted too, whatever its severity.
 */
export function sequence(start: Evaluation, isWanted: (finding: Finding) => boolean): Sequence {
  const steps: Step[] = [];
  const stuck = new Set<string>();
  let now = start;
  while (steps.length < MOST_STEPS) {
    const causes = causesOf(now, now.findings.filter(isWanted));
    const next = now.findings.filter((finding) => (isWanted(finding) || causes.has(finding.id)) && !stuck.has(finding.id)).sort(compareForFixing)[0];
    if (next === undefined) break;
    const best = bestStep(now, next);
    if (best === undefined) {
      stuck.add(next.id);
      continue;
    }
    const { effect, after } = best;
    steps.push({ effect, finding: next, before: now.topology, after: after.topology, open: new Set(after.findings.map((finding) => finding.id)) });
    now = after;
    // What was in the way of another fix may be gone; a setting beside the network is in nobody's way.
    if (touchesNetwork(effect.edits)) stuck.clear();
  }
  return { steps, end: now };
}

function causesOf({ drafts }: Evaluation, findings: readonly Finding[]): Set<string> {
  return new Set(findings.flatMap((finding) => drafts.get(finding.id)?.causes ?? []));
}

function compareForFixing(a: Finding, b: Finding): number {
  return place(a.rule) - place(b.rule) || severityRank(a.severity) - severityRank(b.severity) || compareIds(a.id, b.id);
}

function place(rule: string): number {
  const index = (ORDER as readonly string[]).indexOf(rule);
  return index < 0 ? ORDER.length : index;
}

/** Of the candidates that do no harm, the one that does most good; among equals the one with fewer edits, then the first. */
function bestStep(now: Evaluation, finding: Finding): { effect: Effect; after: Evaluation } | undefined {
  const ranks = new Map(now.findings.map((one) => [one.id, severityRank(one.severity)]));
  const effects = (now.drafts.get(finding.id)?.fixes?.() ?? [])
    .map((candidate) => effectOf(now, candidate))
    .filter((effect) => effect !== undefined && effect.closes.has(finding.id) && doesNoHarm(effect, finding))
    .filter((effect) => effect !== undefined)
    .sort((a, b) => good(b, ranks) - good(a, ranks) || a.edits.length - b.edits.length);
  for (const effect of effects) {
    const after = evaluateWith(now, effect.edits);
    if (after !== undefined) return { effect, after };
  }
  return undefined;
}

/** What closing a finding is worth, by rank: each severity ten times the next, so that a plan mends causes and not symptoms. */
const WORTH = [1000, 100, 10, 1, 0] as const;

function good(effect: Effect, ranks: ReadonlyMap<string, number>): number {
  const worth = (rank: number | undefined): number => WORTH[rank ?? WORTH.length - 1] ?? 0;
  const closed = [...effect.closes].reduce((sum, id) => sum + worth(ranks.get(id)), 0);
  return [...effect.worsens].reduce((sum, [id, rank]) => sum - worth(rank) + worth(ranks.get(id)), closed);
}

function doesNoHarm(effect: Effect, finding: Finding): boolean {
  const limit = severityRank(finding.severity);
  return effect.breaksRequired.length === 0 && [...effect.worsens.values()].every((rank) => rank > limit);
}
