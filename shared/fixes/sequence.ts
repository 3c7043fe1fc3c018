/** Puts fixes in the order in which it is safe to apply them: the network first, then filters, guests, memory, and people last. */
import type { Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import { compareIds } from "../model/topology";
import type { Finding } from "../analysis/result";
import { effectOf, evaluateWith, type Effect } from "./effect";

/** Rules in the order of their fixes; the rest, in order of the index, comes last. INT-001 closes with its causes. */
const ORDER = [
  "NET-005", "NET-001", "NET-003", "NET-007", "MGT-001", "MGT-003", "FW-001", "NET-008", "NET-002", "FW-002", "MGT-002", "MGT-004", "INT-002",
  "VM-001", "VM-002", "RES-001", "SW-001", "SW-002", "SW-003", "MGT-005", "HV-001", "HV-002",
] as const;

const MOST_STEPS = 200;
const HIGH = severityRank("high");

export interface Step {
  readonly effect: Effect;
  /** The finding that the step was made for. */
  readonly finding: Finding;
  readonly before: Evaluation;
  readonly after: Evaluation;
}

/**
 * Steps that close the wanted findings, each verified on the document as the steps before left it. A step is taken only if it
 * breaks no required flow and opens nothing of equal or higher severity. `isWanted` sees the findings as they are at that time.
 */
export function sequence(start: Evaluation, isWanted: (finding: Finding) => boolean): Step[] {
  const steps: Step[] = [];
  const stuck = new Set<string>();
  let now = start;
  while (steps.length < MOST_STEPS) {
    const next = now.findings.filter((finding) => isWanted(finding) && !stuck.has(finding.id)).sort(compareForFixing)[0];
    if (next === undefined) break;
    const step = bestStep(now, next, isWanted);
    if (step === undefined) {
      stuck.add(next.id);
      continue;
    }
    steps.push(step);
    now = step.after;
    // What was in the way of another fix may be gone.
    stuck.clear();
  }
  return steps;
}

function compareForFixing(a: Finding, b: Finding): number {
  return place(a.rule) - place(b.rule) || severityRank(a.severity) - severityRank(b.severity) || compareIds(a.id, b.id);
}

function place(rule: string): number {
  const index = (ORDER as readonly string[]).indexOf(rule);
  return index < 0 ? ORDER.length : index;
}

/** Of the candidates that do no harm, the one that closes most of what is wanted; among equals the one with fewer edits, then the first. */
function bestStep(now: Evaluation, finding: Finding, isWanted: (finding: Finding) => boolean): Step | undefined {
  const wanted = new Set(now.findings.filter(isWanted).map((one) => one.id));
  // Opening a high finding while a critical one closes is a step forward, but a smaller one.
  const gain = (effect: Effect): number => [...effect.closes].filter((id) => wanted.has(id)).length - [...effect.worsens.values()].filter((rank) => rank <= HIGH).length;
  const effects = (now.drafts.get(finding.id)?.fixes?.() ?? [])
    .map((candidate) => effectOf(now, candidate))
    .filter((effect) => effect !== undefined && effect.closes.has(finding.id) && doesNoHarm(effect, finding))
    .filter((effect) => effect !== undefined)
    .sort((a, b) => gain(b) - gain(a) || a.edits.length - b.edits.length);
  for (const effect of effects) {
    const after = evaluateWith(now, effect.edits);
    if (after !== undefined) return { effect, finding, before: now, after };
  }
  return undefined;
}

function doesNoHarm(effect: Effect, finding: Finding): boolean {
  const limit = severityRank(finding.severity);
  return effect.breaksRequired.length === 0 && [...effect.worsens.values()].every((rank) => rank > limit);
}
