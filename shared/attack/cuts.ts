/** Which changes close ways: each is applied to a copy and analysed again, and the ways are counted anew. */
import { compareIds } from "../model/topology";
import { evaluate, type Evaluation } from "../analysis/evaluate";
import type { AttackCut } from "../analysis/result";
import { applyEdits } from "../model/edit";
import { evaluateWith } from "../fixes/effect";
import { planFixes } from "../fixes/plan";
import { fixesFor } from "../fixes/verify";
import type { FixCandidate } from "../rules/rule";
import { remediesOf } from "./co-residency";
import { AttackGraph } from "./graph";
import { menderOf, Ways, type Question } from "./ways";

/** Beyond this many parties an analysis takes long, and fewer changes are tried. */
export const MANY_PARTIES = 2000;
const MOST_TRIED = { few: 40, many: 3 } as const;

/** Single changes, taken from the verified fixes of the findings on the paths; those that close most first. In pieces, so that it can be given up. */
export function* cutsOf(evaluation: Evaluation, question: Question, ways: Ways): Generator<undefined, AttackCut[], undefined> {
  const most = evaluation.network.parties.length > MANY_PARTIES ? MOST_TRIED.many : MOST_TRIED.few;
  const tried = new Set<string>();
  const found: AttackCut[] = [];
  for (const mender of ways.menders) {
    if (tried.size >= most) break;
    for (const { title, edits } of changesOf(evaluation, ways.graph, mender)) {
      const key = JSON.stringify(edits);
      if (tried.has(key)) continue;
      tried.add(key);
      yield;
      const after = evaluateWith(evaluation, edits);
      const cuts = after === undefined ? 0 : ways.count - waysOf(after, question).count;
      if (cuts > 0) found.push({ title, edits, cuts });
    }
  }
  return found.sort((a, b) => b.cuts - a.cuts || a.edits.length - b.edits.length || compareIds(a.title, b.title));
}

/** Changes that end a finding, or keep one from arising where VMs could move to: whether they close ways is counted, whatever they claim. */
function changesOf(evaluation: Evaluation, { openings }: AttackGraph, mender: string): readonly FixCandidate[] {
  if (evaluation.drafts.has(mender)) return fixesFor(evaluation, mender).filter(({ verified }) => verified);
  return openings.placement === undefined ? [] : remediesOf(evaluation, openings.placement, mender);
}

/** How many searches the smallest set may take to find, and how large it may be. */
const MOST_SEARCHES = 4000;
const MOST_CHANGES = 12;
/** What a plan leaves open is separated again, so often. */
const ROUNDS = 4;

/**
 * The fewest findings whose mending leaves no way, as a plan of verified changes; empty where only more than changes of the document would
 * help. Exact where steps and findings are few (a cluster); beyond `MOST_SEARCHES` the best so far.
 */
export function* separation(evaluation: Evaluation, question: Question): Generator<undefined, AttackCut[], undefined> {
  if (evaluation.network.parties.length > MANY_PARTIES) return [];
  const found: AttackCut[] = [];
  let current = evaluation;
  let left = waysOf(current, question).count;
  for (let round = 0; round < ROUNDS && left > 0; round += 1) {
    const menders = yield* smallestCut(current, question);
    yield;
    const plan = planFor(current, question, menders ?? []);
    for (const { title, edits } of plan) {
      const { today, assume, customRules } = current;
      current = evaluate(applyEdits(current.topology, edits), { today, assume, customRules }, { paths: false });
      const before = left;
      yield;
      left = waysOf(current, question).count;
      found.push({ title, edits, cuts: before - left });
    }
    if (plan.length === 0) return [];
  }
  return left === 0 ? found : [];
}

/** What would only arise comes first, by itself: a plan is made for what is there after it. */
function planFor(evaluation: Evaluation, { placement }: Question, menders: readonly string[]): readonly FixCandidate[] {
  const { topology, drafts, today, assume, customRules } = evaluation;
  const findings = menders.filter((id) => drafts.has(id));
  const graph = new AttackGraph(evaluation, placement);
  const remedies = menders.filter((id) => !drafts.has(id)).flatMap((id) => changesOf(evaluation, graph, id).slice(0, 1));
  return remedies.length > 0 || findings.length === 0 ? remedies : planFixes(topology, { today, assume, customRules, findings }).plan;
}

function waysOf(evaluation: Evaluation, question: Question): Ways {
  return new Ways(new AttackGraph(evaluation, question.placement), question);
}

/**
 * Findings without which there is no path, the fewest; undefined where some path rests on none. By iterative deepening: some finding of the
 * cheapest path left must go.
 */
export function* smallestCut(evaluation: Evaluation, question: Question): Generator<undefined, readonly string[] | undefined, undefined> {
  const graph = new AttackGraph(evaluation, question.placement);
  let searches = 0;
  const seen = new Set<string>();
  function* without(removed: readonly string[], left: number): Generator<undefined, readonly string[] | undefined, undefined> {
    const key = `${left} ${[...removed].sort(compareIds).join(" ")}`;
    if (seen.has(key) || searches >= MOST_SEARCHES) return undefined;
    seen.add(key);
    searches += 1;
    yield;
    const menders = new Ways(graph, question, (step) => isClosed(menderOf(step), removed)).cheapest;
    if (menders === undefined) return removed;
    if (left === 0) return undefined;
    for (const mender of menders) {
      const found = mender === undefined ? undefined : yield* without([...removed, mender], left - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (let size = 0; size <= MOST_CHANGES && searches < MOST_SEARCHES; size += 1) {
    const found = yield* without([], size);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isClosed(mender: string | undefined, removed: readonly string[]): boolean {
  return mender !== undefined && removed.includes(mender);
}
