/** Which changes close ways: each is applied to a copy and analysed again, and the ways are counted anew. */
import { compareIds } from "../model/topology";
import { evaluate, type Evaluation } from "../analysis/evaluate";
import type { AttackCut } from "../analysis/result";
import { applyEdits } from "../model/edit";
import { evaluateWith } from "../fixes/effect";
import { planFixes } from "../fixes/plan";
import { fixesFor } from "../fixes/verify";
import { AttackGraph } from "./graph";
import { Ways, type Question } from "./ways";

/** Beyond this many parties an analysis takes long, and fewer changes are tried. */
const MANY_PARTIES = 2000;
const MOST_TRIED = { few: 40, many: 3 } as const;

/** Single changes, taken from the verified fixes of the findings on the paths; those that close most first. */
export function cutsOf(evaluation: Evaluation, question: Question, ways: Ways): AttackCut[] {
  const most = evaluation.network.parties.length > MANY_PARTIES ? MOST_TRIED.many : MOST_TRIED.few;
  const tried = new Set<string>();
  const found: AttackCut[] = [];
  for (const finding of ways.findings) {
    if (tried.size >= most) break;
    for (const { title, edits, verified } of fixesFor(evaluation, finding)) {
      const key = JSON.stringify(edits);
      if (!verified || tried.has(key)) continue;
      tried.add(key);
      const after = evaluateWith(evaluation, edits);
      const cuts = after === undefined ? 0 : ways.count - waysOf(after, question).count;
      if (cuts > 0) found.push({ title, edits, cuts });
    }
  }
  return found.sort((a, b) => b.cuts - a.cuts || a.edits.length - b.edits.length || compareIds(a.title, b.title));
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
export function separation(evaluation: Evaluation, question: Question): AttackCut[] {
  if (evaluation.network.parties.length > MANY_PARTIES) return [];
  const found: AttackCut[] = [];
  let current = evaluation;
  let left = waysOf(current, question).count;
  for (let round = 0; round < ROUNDS && left > 0; round += 1) {
    const findings = smallestCut(current, question);
    const { today, assume } = current;
    const plan = findings === undefined ? [] : planFixes(current.topology, { today, assume, findings }).plan;
    for (const { title, edits } of plan) {
      current = evaluate(applyEdits(current.topology, edits), { today, assume }, { paths: false });
      const before = left;
      left = waysOf(current, question).count;
      found.push({ title, edits, cuts: before - left });
    }
    if (plan.length === 0) return [];
  }
  return left === 0 ? found : [];
}

function waysOf(evaluation: Evaluation, question: Question): Ways {
  return new Ways(new AttackGraph(evaluation), question);
}

/** Findings without which there is no path, the fewest; undefined where some path rests on none. By iterative deepening: some finding of the cheapest path left must go. */
export function smallestCut(evaluation: Evaluation, question: Question): readonly string[] | undefined {
  const graph = new AttackGraph(evaluation);
  let searches = 0;
  const seen = new Set<string>();
  const without = (removed: readonly string[], left: number): readonly string[] | undefined => {
    const key = `${left} ${[...removed].sort(compareIds).join(" ")}`;
    if (seen.has(key) || searches >= MOST_SEARCHES) return undefined;
    seen.add(key);
    searches += 1;
    const path = new Ways(graph, question, (step) => isClosed(step.why().finding, removed)).cheapest;
    if (path === undefined) return removed;
    if (left === 0) return undefined;
    for (const { finding } of path.steps) {
      const found = finding === undefined ? undefined : without([...removed, finding], left - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (let size = 0; size <= MOST_CHANGES && searches < MOST_SEARCHES; size += 1) {
    const found = without([], size);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isClosed(finding: string | undefined, removed: readonly string[]): boolean {
  return finding !== undefined && removed.includes(finding);
}
