/** Puts fixes in the order in which it is safe to apply them: the network first, then filters, guests, memory, and people last. */
import type { Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import { diffTopologies } from "../model/diff";
import { compareIds, type Topology } from "../model/topology";
import type { Finding } from "../analysis/result";
import { oneTitle } from "../rules/remedy/one-title";
import type { FixCandidate } from "../rules/rule";
import type { Budget } from "./budget";
import { effectOf, evaluateWith, type Effect } from "./effect";
import { touchesNetwork } from "./network-edit";

/** Rules in the order of their fixes; the rest, in order of the index, comes last. INT-001 closes with its causes. */
const ORDER = [
  "NET-005", "NET-001", "NET-003", "NET-007", "MGT-001", "MGT-003", "MGT-007", "MGT-009", "FW-006", "FW-001", "NET-008", "FW-005", "FW-002", "NET-002", "MGT-002", "MGT-004", "INT-002",
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

/** Work that pauses after each change that was tried on a copy, and answers at the end. */
export type Trying<T> = Generator<undefined, T, undefined>;

/** The answer without a pause. */
export function withoutPause<T>(work: Generator<unknown, T, undefined>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

export interface SequenceOptions {
  /** The steps end when this finding is closed. */
  readonly until?: string;
  /** What mending the harm of a step may cost; absent: whatever it does, and fixes of other findings are tried last. */
  readonly budget?: Budget | undefined;
  /** Hears of each step that was found what the document is after it. */
  readonly found?: (after: Evaluation) => void;
}

/** `sequenceWork` without a pause. */
export function sequence(start: Evaluation, isWanted: (finding: Finding) => boolean, options?: SequenceOptions): Sequence {
  return withoutPause(sequenceWork(start, isWanted, options));
}

/**
 * Steps that close the wanted findings, each verified on the document as the steps before left it; none breaks a required flow.
 * `isWanted` sees the findings as they are at that time; what causes a wanted finding is wanted too, whatever its severity.
 *
 * A step opens nothing of equal or higher severity while there is such a step. Where there is none left for the network, or for the
 * rest, one may open such findings, which it announces, if it closes more than that by severity: a segment that is parted has other
 * names for what is still together, and is not parted otherwise. Each such step lessens the sum of what is open, so they end.
 */
export function* sequenceWork(start: Evaluation, isWanted: (finding: Finding) => boolean, { until, budget, found }: SequenceOptions = {}): Trying<Sequence> {
  const steps: Step[] = [];
  let stuck = new Set<string>();
  let tried = new Set<string>();
  let lent = new Set<string>();
  let filtered = new Set<string>();
  let now = start;
  while (steps.length < MOST_STEPS && (until === undefined || now.findings.some(({ id }) => id === until))) {
    const causes = causesOf(now, now.findings.filter(isWanted));
    const open = now.findings.filter((finding) => isWanted(finding) || causes.has(finding.id)).sort(forFixing(now.findings, filtered));
    const easy = open.find((finding) => !stuck.has(finding.id));
    const network = easy === undefined || !isOfTheNetwork(easy.rule) ? open.find((finding) => isOfTheNetwork(finding.rule) && !tried.has(finding.id)) : undefined;
    const hard = network ?? (easy === undefined ? open.find((finding) => !tried.has(finding.id)) : undefined);
    const helpless = hard === undefined && easy === undefined && budget === undefined ? open.find((finding) => !lent.has(finding.id)) : undefined;
    const next = hard ?? easy ?? helpless;
    if (next === undefined) break;
    const best = helpless !== undefined ? yield* lentStep(now, next) : hard === undefined ? yield* bestStep(now, next) : yield* boldStep(now, next, budget);
    if (best === undefined) {
      stuck.add(next.id);
      if (hard !== undefined) tried.add(next.id);
      if (helpless !== undefined) lent.add(next.id);
      continue;
    }
    const { effect, after } = best;
    if (sharesManagement(now.findings, filtered)(next) && ![...effect.closes].some((id) => id.startsWith("MGT-003:"))) {
      filtered.add(next.id);
      continue;
    }
    steps.push({ effect, finding: next, before: now.topology, after: after.topology, open: new Set(after.findings.map((finding) => finding.id)) });
    now = after;
    found?.(after);
    // What was in the way of another fix may be gone; a setting beside the network is in nobody's way.
    if (touchesNetwork(effect.edits)) [stuck, tried, lent, filtered] = [new Set(), new Set(), new Set(), new Set()];
  }
  return { steps, end: now };
}

/** Networks and filters come before guests, memory and people. */
export function isOfTheNetwork(rule: string): boolean {
  return place(rule) < ORDER.indexOf("VM-001");
}

function causesOf({ drafts }: Evaluation, findings: readonly Finding[]): Set<string> {
  return new Set(findings.flatMap((finding) => drafts.get(finding.id)?.causes ?? []));
}

function forFixing(findings: readonly Finding[], filtered: ReadonlySet<string>): (a: Finding, b: Finding) => number {
  const isShared = sharesManagement(findings, filtered);
  const placeOf = (finding: Finding): number => place(isShared(finding) ? "MGT-003" : finding.rule);
  return (a, b) => placeOf(a) - placeOf(b) || severityRank(a.severity) - severityRank(b.severity) || compareIds(a.id, b.id);
}

/** Whether somebody reaches management because he is in its segment (MGT-003), and is not just `filtered` there: he is parted from it before filters come. */
function sharesManagement(findings: readonly Finding[], filtered: ReadonlySet<string>): (finding: Finding) => boolean {
  const segments = findings.filter(({ rule }) => rule === "MGT-003").map(({ subjects }) => new Set(subjects));
  return ({ id, rule, subjects }) => rule === "MGT-002" && !filtered.has(id) && segments.some((all) => subjects.every((one) => all.has(one)));
}

function place(rule: string): number {
  const index = (ORDER as readonly string[]).indexOf(rule);
  return index < 0 ? ORDER.length : index;
}

interface Choice {
  readonly effect: Effect;
  readonly after: Evaluation;
}

/** Of the candidates that do no harm, the one that does most good; among equals the one with fewer edits, then the first. */
function* bestStep(now: Evaluation, finding: Finding): Trying<Choice | undefined> {
  return bestOf(now, (yield* closing(now, finding)).filter((effect) => doesNoHarm(effect, finding)));
}

/** Of the candidates the one that does most good, if any does more good than harm: as they are, or else with what mends the harm. */
function* boldStep(now: Evaluation, finding: Finding, budget: Budget | undefined): Trying<Choice | undefined> {
  const ranks = ranksOf(now);
  const bold = (effects: readonly Effect[]): Choice | undefined => bestOf(now, effects.filter((effect) => effect.breaksRequired.length === 0 && good(effect, ranks) > 0));
  const effects = yield* closing(now, finding);
  const asItIs = bold(effects);
  if (asItIs !== undefined) return asItIs;
  const mends: Effect[] = [];
  for (const effect of effects) mends.push(yield* mended(now, effect, finding, budget));
  return bold(mends);
}

/** So many fixes of others are tried for a finding that none of its own closes without harm. */
const MOST_LENT = 24;

/** Of the fixes of other findings that change the network and share machines or networks with this one, one that closes it too and does no harm. */
function* lentStep(now: Evaluation, finding: Finding): Trying<Choice | undefined> {
  if (now.drafts.get(finding.id)?.causes !== undefined) return undefined;
  const subjects = new Set(finding.subjects);
  const near = now.findings.filter(({ id, subjects: others }) => id !== finding.id && others.some((one) => subjects.has(one)));
  const candidates: FixCandidate[] = [];
  for (const { id } of near) if (candidates.length < MOST_LENT) candidates.push(...(now.drafts.get(id)?.fixes?.() ?? []).filter(({ edits }) => touchesNetwork(edits)));
  return bestOf(now, (yield* tried(now, candidates.slice(0, MOST_LENT))).filter((effect) => effect.closes.has(finding.id) && doesNoHarm(effect, finding)));
}

function* closing(now: Evaluation, finding: Finding): Trying<Effect[]> {
  return (yield* tried(now, now.drafts.get(finding.id)?.fixes?.() ?? [])).filter((effect) => effect.closes.has(finding.id));
}

/** The effects of those candidates that can be applied. */
function* tried(now: Evaluation, candidates: readonly FixCandidate[]): Trying<Effect[]> {
  const effects: Effect[] = [];
  for (const candidate of candidates) {
    const effect = effectOf(now, candidate);
    if (effect !== undefined) effects.push(effect);
    yield;
  }
  return effects;
}

function bestOf(now: Evaluation, effects: readonly Effect[]): Choice | undefined {
  const ranks = ranksOf(now);
  for (const effect of [...effects].sort((a, b) => good(b, ranks) - good(a, ranks) || a.edits.length - b.edits.length)) {
    const after = evaluateWith(now, effect.edits);
    if (after !== undefined) return { effect, after };
  }
  return undefined;
}

function ranksOf({ findings }: Evaluation): Map<string, number> {
  return new Map(findings.map((one) => [one.id, severityRank(one.severity)]));
}

/** So many more changes are made to mend the harm of one, each for one of so many that are the worst. */
const MOST_MENDS = 4;
const MOST_HARMS = 2;

/** The effect of a candidate together with fixes of what it would open, as far as they do no harm themselves. */
function* mended(now: Evaluation, effect: Effect, finding: Finding, budget: Budget | undefined): Trying<Effect> {
  let best = effect;
  for (let count = 0; count < MOST_MENDS && !doesNoHarm(best, finding) && budget?.spendOnPlan(MOST_HARMS) !== false; count += 1) {
    const after = evaluateWith(now, best.edits);
    const mend = after === undefined ? undefined : yield* mendOf(after, best);
    const both = mend === undefined ? undefined : effectOf(now, { title: oneTitle([best.title, mend.effect.title]), edits: diffTopologies(now.topology, mend.after.topology) });
    if (both?.closes.has(finding.id) !== true) break;
    best = both;
  }
  return best;
}

/** A fix of the worst that the effect opens. Consequences close with their causes. */
function* mendOf(after: Evaluation, { worsens }: Effect): Trying<Choice | undefined> {
  const harms = after.findings.filter(({ id }) => worsens.has(id) && after.drafts.get(id)?.causes === undefined);
  const worst = harms.sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || place(a.rule) - place(b.rule) || compareIds(a.id, b.id)).slice(0, MOST_HARMS);
  for (const harm of worst) {
    const mend = yield* bestStep(after, harm);
    if (mend !== undefined) return mend;
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

/** Whether a step that closes the finding may be taken at all. */
export function isAcceptable(now: Evaluation, effect: Effect, finding: Finding): boolean {
  return doesNoHarm(effect, finding) || (effect.breaksRequired.length === 0 && good(effect, ranksOf(now)) > 0);
}

function doesNoHarm(effect: Effect, finding: Finding): boolean {
  const limit = severityRank(finding.severity);
  return effect.breaksRequired.length === 0 && [...effect.worsens.values()].every((rank) => rank > limit);
}
