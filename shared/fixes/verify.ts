/** Verified fixes: what is offered was applied to a copy and closes its finding there. */
import type { Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import type { Finding, Fix } from "../analysis/result";
import { diffTopologies } from "../model/diff";
import type { FixCandidate } from "../rules/rule";
import { Budget } from "./budget";
import { effectOf, isKnown, type Effect } from "./effect";
import { sequence } from "./sequence";

/** So many fixes are offered per finding, the least harmful first. */
const MOST_OFFERED = 3;

/** The findings with their verified fixes, the most severe first and parents after all others, as far as the budget goes. */
export function verifyFixes(evaluation: Evaluation): readonly Finding[] {
  const budget = new Budget(evaluation);
  const fixes = new Map<string, readonly Fix[]>();
  const isParent = (finding: Finding): boolean => evaluation.drafts.get(finding.id)?.causes !== undefined;
  for (const parents of [false, true]) {
    for (const finding of evaluation.findings) if (isParent(finding) === parents) fixes.set(finding.id, offers(evaluation, finding.id, budget));
  }
  return evaluation.findings.map((finding) => ({ ...finding, fixes: fixes.get(finding.id) ?? [] }));
}

/** The verified fixes of one finding, whatever they cost. Empty where none closes it, or there is no such finding. */
export function fixesFor(evaluation: Evaluation, findingId: string): readonly Fix[] {
  return offers(evaluation, findingId, undefined);
}

function offers(evaluation: Evaluation, findingId: string, budget: Budget | undefined): Fix[] {
  const draft = evaluation.drafts.get(findingId);
  if (draft === undefined || budget?.isSpent === true) return [];
  const candidates = draft.causes === undefined ? (draft.fixes?.() ?? []) : combined(evaluation, draft.causes, budget);
  const effects: Effect[] = [];
  for (const candidate of candidates) {
    if (budget !== undefined && !isKnown(evaluation, candidate) && !budget.spend(candidate)) continue;
    const effect = effectOf(evaluation, candidate);
    if (effect?.closes.has(findingId) === true) effects.push(effect);
  }
  return effects.sort((a, b) => harm(a) - harm(b)).slice(0, MOST_OFFERED).map(toFix);
}

/** What isolation that was gained still lacks, and lists of trunks that a move leaves too long: no harm. */
const ADVICE = /^(INT-003|MDL-004):/;

/** Required flows weigh most; then how many findings open. */
function harm({ breaksRequired, introduces, worsens }: Effect): number {
  return breaksRequired.length * 1000 + introduces.filter((id) => !ADVICE.test(id) && (worsens.get(id) ?? 0) < severityRank("info")).length;
}

function toFix({ title, edits, breaksRequired, introduces }: Effect): Fix {
  return { title, edits, verified: true, breaksRequired, introduces };
}

/** One fix out of the fixes of the causes, one after the other. */
function combined(evaluation: Evaluation, causes: readonly string[], budget: Budget | undefined): FixCandidate[] {
  if (budget?.spendOnPlan(causes.length) === false) return [];
  const wanted = new Set(causes);
  const { steps } = sequence(evaluation, (finding) => wanted.has(finding.id));
  const last = steps.at(-1);
  if (last === undefined) return [];
  return [{ title: steps.map((step) => step.effect.title).join("; then "), edits: diffTopologies(evaluation.topology, last.after) }];
}
