/**
 * One pass over a document: compile its network, run the rules, look up accepted risks, count. No fixes: they need further passes.
 * Rules that take long on the document can be left for later, where somebody waits for the others.
 */
import type { Topology } from "../model/topology";
import type { Network } from "../network/types";
import { pathOf, type Draft, type IsolationRule } from "../rules/rule";
import { compileNetwork } from "../network/network";
import { RULES } from "../rules/index";
import type { Assume, Finding, Summary } from "./result";
import { acceptedOn } from "./acceptance";
import { compareFindings } from "./order";
import { summarize } from "./summary";

export interface EvaluateOptions {
  /** `YYYY-MM-DD`, UTC: which `until` dates still count. Absent: the clock's. */
  readonly today?: string;
  /** Absent: `hostile`. */
  readonly assume?: Assume;
}

/** What is known already or not wanted, for the many evaluations that verify fixes. */
interface Shortcuts {
  /** Given where it is known to be the one that the document compiles to. */
  readonly network?: Network | undefined;
  /** False leaves the paths of findings out. */
  readonly paths?: boolean;
  /** Rules that are not run: `later` those that take long on this document, or those with these ids. They are `pending` in the answer. */
  readonly without?: "later" | readonly string[];
}

export interface Evaluation {
  readonly topology: Topology;
  readonly network: Network;
  /** Sorted by severity, then id; without fixes. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly today: string;
  readonly assume: Assume;
  /** What the rules gave, by finding id: where the fix candidates come from. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Ids of rules that were not run yet. */
  readonly pending: readonly string[];
}

export function evaluate(topology: Topology, options: EvaluateOptions = {}, { network, paths = true, without = [] }: Shortcuts = {}): Evaluation {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const assume = options.assume ?? "hostile";
  const compiled = network ?? compileNetwork(topology, { assume, today });
  const isPending = (rule: IsolationRule): boolean => (without === "later" ? rule.ahead?.(topology) !== undefined : without.includes(rule.id));
  const pending = RULES.filter(isPending);
  const { findings, drafts } = runRules(RULES.filter((rule) => !pending.includes(rule)), topology, compiled, today, paths);
  return { topology, network: compiled, findings, summary: summarize(compiled, findings), today, assume, drafts, pending: pending.map(({ id }) => id) };
}

/** The evaluation with its pending rules run, in pieces; nothing is pending in what it returns. */
export function* completed(evaluation: Evaluation): Generator<undefined, Evaluation, undefined> {
  const { topology, network, today } = evaluation;
  const rules = RULES.filter(({ id }) => evaluation.pending.includes(id));
  for (const rule of rules) yield* rule.ahead?.(topology) ?? [];
  const more = runRules(rules, topology, network, today, true);
  const findings = [...evaluation.findings, ...more.findings].sort(compareFindings);
  const drafts = new Map([...evaluation.drafts, ...more.drafts]);
  return { ...evaluation, findings, summary: summarize(network, findings), drafts, pending: [] };
}

/** The findings of the rules, sorted, and the drafts that they were made of. */
function runRules(rules: readonly IsolationRule[], topology: Topology, network: Network, today: string, paths: boolean): { findings: Finding[]; drafts: Map<string, Draft> } {
  const drafts = new Map<string, Draft>();
  const earlier = new Map<string, readonly Draft[]>();
  const accepted = acceptedOn(topology, today);
  const findings: Finding[] = [];
  for (const rule of rules) {
    const found = rule.check({ topology, network, earlier });
    earlier.set(rule.id, found);
    for (const draft of found) {
      const finding = toFinding(rule, draft, accepted, paths);
      if (drafts.has(finding.id)) continue;
      drafts.set(finding.id, draft);
      findings.push(finding);
    }
  }
  return { findings: findings.sort(compareFindings), drafts };
}

function toFinding(rule: IsolationRule, draft: Draft, accepted: ReadonlyMap<string, unknown>, paths: boolean): Finding {
  const id = `${rule.id}:${draft.key}`;
  return {
    id,
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    title: draft.title,
    accepted: accepted.has(id),
    subjects: draft.subjects,
    detail: draft.detail,
    services: draft.services ?? [],
    path: paths ? pathOf(draft) : [],
    fixes: [],
    references: rule.references,
  };
}
