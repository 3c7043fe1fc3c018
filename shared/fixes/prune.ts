/** Leaves out of a plan the steps that others have made needless. */
import type { Evaluation } from "../analysis/evaluate";
import { severityRank } from "../analysis/order";
import type { Finding } from "../analysis/result";
import { effectBetween, evaluateWith } from "./effect";
import { isAcceptable, type Sequence, type Step, type Trying } from "./sequence";

/** In parties: every step costs another analysis. */
const LARGEST = 2_000;

/** The sequence without each step whose absence leaves open no more, and nothing worse, than the whole does. What is left is verified anew, step by step. */
export function* pruned(start: Evaluation, whole: Sequence, isWanted: (finding: Finding) => boolean): Trying<Sequence> {
  if (start.network.parties.length > LARGEST) return whole;
  let best = whole;
  for (let index = 0; index < best.steps.length && best.steps.length > 1;) {
    const shorter = yield* without(start, best, index, isWanted);
    if (shorter === undefined) index += 1;
    else best = shorter;
  }
  return best;
}

function* without(start: Evaluation, { steps, end }: Sequence, index: number, isWanted: (finding: Finding) => boolean): Trying<Sequence | undefined> {
  const others = steps.filter((_, place) => place !== index);
  const after = evaluateWith(start, others.flatMap((step) => step.effect.edits));
  yield;
  return after === undefined || !isAsGood(after, end, isWanted) ? undefined : yield* replayed(start, others);
}

function isAsGood(one: Evaluation, other: Evaluation, isWanted: (finding: Finding) => boolean): boolean {
  const rank = new Map(other.findings.map(({ id, severity }) => [id, severityRank(severity)]));
  return one.findings.every((finding) => (!isWanted(finding) && severityRank(finding.severity) > severityRank("high")) || (rank.get(finding.id) ?? Infinity) <= severityRank(finding.severity));
}

/** The steps on the document as those before leave it now; undefined where one of them would not be taken so. */
function* replayed(start: Evaluation, steps: readonly Step[]): Trying<Sequence | undefined> {
  const again: Step[] = [];
  let now = start;
  for (const { effect: { title, edits }, finding } of steps) {
    const after = evaluateWith(now, edits);
    yield;
    if (after === undefined) return undefined;
    const effect = effectBetween(now, after, { title, edits });
    const current = now.findings.find(({ id }) => id === finding.id);
    if (current === undefined || !effect.closes.has(finding.id) || !isAcceptable(now, effect, current)) return undefined;
    again.push({ effect, finding: current, before: now.topology, after: after.topology, open: new Set(after.findings.map(({ id }) => id)) });
    now = after;
  }
  return { steps: again, end: now };
}
