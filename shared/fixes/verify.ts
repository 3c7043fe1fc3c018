/** Verified fixes: what is offered was applied to a copy and closes its finding there. */
import type { Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import type { Finding, Fix } from "../analysis/result";
import { diffTopologies } from "../model/diff";
import { compareIds } from "../model/topology";
import { byHand, isByHand, listed } from "../rules/phrase";
import { oneTitle } from "../rules/remedy/one-title";
import type { FixCandidate } from "../rules/rule";
import { Budget } from "./budget";
import { effectOf, isKnown, knownEffects, type Effect } from "./effect";
import { isOfTheNetwork, sequence, type Step } from "./sequence";

/** So many fixes are offered per finding, the least harmful first. */
const MOST_OFFERED = 3;

/**
 * The findings with their verified fixes, the most severe first and parents after all others, as far as the budget goes. One that no
 * fix of its own closes is offered those of others that do; where there is none at all, its detail says so, or that the budget was spent.
 */
export function verifyFixes(evaluation: Evaluation): readonly Finding[] {
  const budget = new Budget(evaluation);
  const offered = new Map<string, Offer>();
  const isParent = (finding: Finding): boolean => evaluation.drafts.get(finding.id)?.causes !== undefined;
  for (const parents of [false, true]) {
    for (const finding of evaluation.findings) if (isParent(finding) === parents) offered.set(finding.id, own(evaluation, finding.id, budget));
  }
  return evaluation.findings.map((finding) => {
    const offer = orBorrowed(evaluation, finding, offered.get(finding.id) ?? { effects: [], isWhole: false }, budget);
    return { ...finding, fixes: toFixes(offer), detail: `${finding.detail}${whyNone(finding, offer)}` };
  });
}

/** Why there is no fix, or none that does no harm; empty where there is one. */
function whyNone(finding: Finding, { effects, isWhole }: Offer): string {
  const limit = severityRank(finding.severity);
  const worst = (effect: Effect): string[] => [...effect.worsens].filter(([, rank]) => rank <= limit).map(([id]) => id);
  if (isByHand(finding.detail) || effects.some((effect) => effect.breaksRequired.length === 0 && worst(effect).length === 0)) return "";
  if (!isWhole) return NOT_LOOKED_FOR;
  if (effects.length === 0) return byHand(NONE_KNOWN);
  const cut = [...new Set(effects.flatMap(({ breaksRequired }) => breaksRequired))].sort(compareIds);
  const opens = [...new Set(effects.filter(({ breaksRequired }) => breaksRequired.length === 0).flatMap(worst))].sort(compareIds);
  const cuts = `cuts what the policy requires (${listed(cut)}), or leaves it unproven`;
  if (opens.length === 0) return byHand(`every change that is known to close it ${cuts}; its owner has to say which gives way, or to build the way for it first`);
  const command = !finding.accepted && limit <= severityRank("high") ? "--all" : "--finding";
  return ` Every change that is known to close it ${cut.length === 0 ? "" : `${cuts}, or `}opens something as severe (${listed(opens)}): \`fix ${command}\` looks for steps that close both, and what it leaves is for a person to weigh.`;
}

const NONE_KNOWN = "no change to the document that is known closes it, alone or after those for what it shares machines and networks with; the design has to change";

const NOT_LOOKED_FOR = " Its fixes were not all looked for here, because that would take long; `fix --finding` looks for them.";

/** The verified fixes of one finding, whatever they cost. Empty where none closes it, or there is no such finding. */
export function fixesFor(evaluation: Evaluation, findingId: string): readonly Fix[] {
  const finding = evaluation.findings.find(({ id }) => id === findingId);
  return finding === undefined ? [] : toFixes(orBorrowed(evaluation, finding, own(evaluation, findingId, undefined), undefined));
}

interface Offer {
  /** The least harmful first. */
  readonly effects: readonly Effect[];
  /** Whether all that is known was tried. */
  readonly isWhole: boolean;
}

function own(evaluation: Evaluation, findingId: string, budget: Budget | undefined): Offer {
  const draft = evaluation.drafts.get(findingId);
  if (draft === undefined || budget?.isSpent === true || (budget?.isTooSmallForNetworks === true && isOfTheNetwork(findingId.split(":", 1)[0] ?? ""))) return { effects: [], isWhole: false };
  const before = budget?.refused;
  const candidates = draft.causes === undefined ? (draft.fixes?.() ?? []) : combined(evaluation, draft.causes, budget);
  const found: Effect[] = [];
  for (const candidate of candidates ?? []) {
    if (budget !== undefined && !isKnown(evaluation, candidate) && !budget.spend(candidate)) continue;
    const effect = effectOf(evaluation, candidate);
    if (effect?.closes.has(findingId) === true) found.push(effect);
  }
  return { effects: leastHarmful(found), isWhole: budget?.refused === before };
}

/** Fixes of other findings that close this one, where its own cut required flows before those; where there are none at all, one out of several, first for what it shares its machines and networks with. */
function orBorrowed(evaluation: Evaluation, finding: Finding, offer: Offer, budget: Budget | undefined): Offer {
  const keepsRequired = ({ breaksRequired }: Effect): boolean => breaksRequired.length === 0;
  if (offer.effects.some(keepsRequired) || isByHand(finding.detail)) return offer;
  const lent = leastHarmful(knownEffects(evaluation).filter(({ closes }) => closes.has(finding.id)));
  if (offer.effects.length > 0) return { ...offer, effects: [...lent.filter(keepsRequired), ...offer.effects] };
  if (lent.length > 0) return { ...offer, effects: lent };
  // Looking for what is near is itself dear where there are thousands of findings.
  if (budget?.isSpent === true) return { effects: [], isWhole: false };
  const subjects = new Set(finding.subjects);
  const near = new Set(evaluation.findings.filter(({ id, rule, subjects: others }) => id === finding.id || (isOfTheNetwork(rule) && others.some((one) => subjects.has(one)))).map(({ id }) => id));
  const before = budget?.refused;
  if (budget?.spendOnPlan(near.size) === false) return { effects: [], isWhole: false };
  const rules = new Set([...near].map((id) => id.split(":", 1)[0]));
  // Ids change on the way: what a step leaves of a near finding has its rule and its subjects.
  const { steps } = sequence(evaluation, ({ id, rule, subjects: others }) => near.has(id) || (rules.has(rule) && others.some((one) => subjects.has(one))), { until: finding.id, budget });
  const found = oneOutOf(evaluation, steps).map((candidate) => effectOf(evaluation, candidate)).filter((effect) => effect?.closes.has(finding.id) === true).filter((effect) => effect !== undefined);
  return { effects: leastHarmful(found), isWhole: offer.isWhole && budget?.refused === before };
}

function leastHarmful(found: readonly Effect[]): Effect[] {
  return [...found].sort((a, b) => harm(a) - harm(b));
}

/** What isolation that was gained still lacks, and lists of trunks that a move leaves too long: no harm. */
const ADVICE = /^(INT-003|MDL-004):/;

/** Required flows weigh most; then how many findings open. */
function harm({ breaksRequired, introduces, worsens }: Effect): number {
  return breaksRequired.length * 1000 + introduces.filter((id) => !ADVICE.test(id) && (worsens.get(id) ?? 0) < severityRank("info")).length;
}

function toFixes({ effects }: Offer): Fix[] {
  return effects.slice(0, MOST_OFFERED).map(({ title, edits, breaksRequired, introduces }) => ({ title, edits, verified: true, breaksRequired, introduces }));
}

/** One fix out of the fixes of the causes, one after the other; undefined where the budget has no more for it. */
function combined(evaluation: Evaluation, causes: readonly string[], budget: Budget | undefined): FixCandidate[] | undefined {
  if (budget?.spendOnPlan(causes.length) === false) return undefined;
  const wanted = new Set(causes);
  return oneOutOf(evaluation, sequence(evaluation, (finding) => wanted.has(finding.id), { budget }).steps);
}

function oneOutOf(evaluation: Evaluation, steps: readonly Step[]): FixCandidate[] {
  const last = steps.at(-1);
  return last === undefined ? [] : [{ title: oneTitle(steps.map((step) => step.effect.title)), edits: diffTopologies(evaluation.topology, last.after) }];
}
