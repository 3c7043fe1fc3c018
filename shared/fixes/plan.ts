/** The plan: the smallest sensible sequence of fixes, in an order in which it is safe to apply them. */
import { compareIds, type Topology } from "../model/topology";
import { evaluate, type EvaluateOptions } from "../analysis/evaluate";
import { orderedEdit, orderedSummary } from "../analysis/findings-json";
import type { Finding, Plan, PlanStep } from "../analysis/result";
import { commandsFor } from "./commands";
import { touchesNetwork } from "./network-edit";
import { pruned } from "./prune";
import { sequence, type Step } from "./sequence";

export interface PlanOptions extends EvaluateOptions {
  /** Only these findings, whatever their severity; a finding that others cause is closed by their fixes. Absent: all that are critical or high and not accepted. */
  readonly findings?: readonly string[] | undefined;
}

/**
 * Plans fixes and applies them to a copy, which is `topology` of the answer. Every step was verified on the document as the steps
 * before left it: it breaks no required flow and opens nothing as severe as what it closes. What cannot be closed so stays open.
 */
export function planFixes(topology: Topology, options: PlanOptions = {}): Plan & { readonly topology: Topology } {
  const start = evaluate(topology, options, { paths: false });
  const isWanted = wantedBy(options.findings);
  const { steps, end } = pruned(start, sequence(start, isWanted), isWanted);
  return { plan: alike(steps).map(toPlanStep), before: orderedSummary(start.summary), after: orderedSummary(end.summary), topology: end.topology };
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
