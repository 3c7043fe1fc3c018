/** The plan: the smallest sensible sequence of fixes, in an order in which it is safe to apply them. */
import { compareIds, type Topology } from "../model/topology";
import { evaluate, type Evaluation, type EvaluateOptions } from "../analysis/evaluate";
import { orderedEdit, orderedSummary } from "../analysis/findings-json";
import type { Finding, Plan, PlanStep } from "../analysis/result";
import { commandsFor } from "./commands";
import { undecidedBetween, type UndecidedBetween } from "./effect";
import { touchesNetwork } from "./network-edit";
import { pruned } from "./prune";
import { sequenceWork, withoutPause, type Step, type Trying } from "./sequence";

export interface PlanOptions extends EvaluateOptions {
  /** Only these findings, whatever their severity; a finding that others cause is closed by their fixes. Absent: all that are critical or high and not accepted. */
  readonly findings?: readonly string[] | undefined;
}

/** How far a plan has come. */
export interface PlanProgress {
  /** How many analyses of a changed copy were made. */
  readonly tried: number;
  /** How many steps were found. */
  readonly steps: number;
  /** How many findings the plan is to close, and how many of those are still open after the steps. */
  readonly wanted: number;
  readonly open: number;
  /** All steps are there, and each is left out for once, to see whether the plan needs it. */
  readonly isPruning: boolean;
}

type PlanOnCopy = Plan & { readonly topology: Topology; readonly undecided: UndecidedBetween };

/** `planWork` without a pause, of a document that has not been analysed. */
export function planFixes(topology: Topology, options: PlanOptions = {}): PlanOnCopy {
  return withoutPause(planWork(evaluate(topology, options, { paths: false }), options.findings));
}

/**
 * Plans fixes (of `findings`, as in `PlanOptions`) from an analysis that nothing is pending in, and applies them to a copy, which is `topology` of the answer; `undecided` compares the two. Every step was verified on the document as the steps
 * before left it: it breaks no required flow and opens nothing as severe as what it closes. What cannot be closed so stays open.
 * Tells how far it has come before it tries anything, and after each change that it has tried.
 */
export function* planWork(start: Evaluation, findings?: PlanOptions["findings"]): Generator<PlanProgress, PlanOnCopy, undefined> {
  const isWanted = wantedBy(findings);
  const countOpen = (now: Evaluation): number => now.findings.filter(isWanted).length;
  let progress: PlanProgress = { tried: 0, steps: 0, wanted: countOpen(start), open: countOpen(start), isPruning: false };
  const tell = function* <T>(work: Trying<T>): Generator<PlanProgress, T, undefined> {
    for (;;) {
      const next = work.next();
      if (next.done === true) return next.value;
      progress = { ...progress, tried: progress.tried + 1 };
      yield progress;
    }
  };
  yield progress;
  const whole = yield* tell(sequenceWork(start, isWanted, { found: (after) => { progress = { ...progress, steps: progress.steps + 1, open: countOpen(after) }; } }));
  progress = { ...progress, isPruning: true };
  const { steps, end } = yield* tell(pruned(start, whole, isWanted));
  return { plan: alike(steps).map(toPlanStep), before: orderedSummary(start.summary), after: orderedSummary(end.summary), topology: end.topology, undecided: undecidedBetween(start, end) };
}

function wantedBy(ids: readonly string[] | undefined): (finding: Finding) => boolean {
  if (ids === undefined) return (finding) => !finding.accepted && (finding.severity === "critical" || finding.severity === "high");
  const wanted = new Set(ids);
  return (finding) => wanted.has(finding.id);
}

/** Steps in a row that do the same to several things, beside the network: one step for the reader. */
function alike(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const before = last?.[0];
    const same = before !== undefined && before.finding.rule === step.finding.rule && !touchesNetwork(before.effect.edits) && !touchesNetwork(step.effect.edits);
    if (same) last?.push(step);
    else groups.push([step]);
  }
  return groups;
}

function toPlanStep(steps: readonly Step[]): PlanStep {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) throw new Error("a step of nothing");
  const edits = steps.flatMap((step) => step.effect.edits.map(orderedEdit));
  const closes = new Set(steps.flatMap((step) => [...step.effect.closes]));
  return {
    title: steps.length === 1 ? first.effect.title : `${first.effect.title}, and likewise ${steps.length - 1} more`,
    findings: steps.map((step) => step.finding.id),
    edits,
    closes: [...closes].filter((id) => !last.open.has(id)).sort(compareIds),
    opens: [...new Set(steps.flatMap((step) => step.effect.introduces))].filter((id) => last.open.has(id)).sort(compareIds),
    breaksRequired: [...new Set(steps.flatMap((step) => step.effect.breaksRequired))],
    commands: commandsFor(first.before, last.after),
  };
}
