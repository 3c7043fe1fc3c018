/**
 * One pass over a document: compile its network, run the rules, look up accepted risks, count. No fixes: they need further passes.
 * Rules that take long on the document can be left for later, where somebody waits for the others.
 */
import { compareIds, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
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
  /** Rules besides those of the catalogue, run after them. */
  readonly customRules?: readonly IsolationRule[];
}

/** What is known already or not wanted, for the many evaluations that verify fixes. */
interface Shortcuts {
  /** Given where it is known to be the one that the document compiles to. */
  readonly network?: Network | undefined;
  /** False leaves the paths of findings out, and has their words and subjects made when somebody asks: most who verify a fix never do. */
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
  /** Those that were run besides the catalogue's. */
  readonly customRules: readonly IsolationRule[];
  /** What the rules gave, by finding id: where the fix candidates come from. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Ids of rules that were not run yet. */
  readonly pending: readonly string[];
}

export function evaluate(topology: Topology, options: EvaluateOptions = {}, { network, paths = true, without = [] }: Shortcuts = {}): Evaluation {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const assume = options.assume ?? "hostile";
  const { customRules = [] } = options;
  const compiled = network ?? compileNetwork(topology, { assume, today });
  const isPending = (rule: IsolationRule): boolean => (without === "later" ? rule.ahead?.(topology) !== undefined : without.includes(rule.id));
  const rules = [...RULES, ...customRules];
  const pending = rules.filter(isPending);
  const { findings, drafts } = runRules(rules.filter((rule) => !pending.includes(rule)), topology, compiled, today, paths);
  addChildren(findings, drafts);
  return { topology, network: compiled, findings, summary: summarize(compiled, findings), today, assume, customRules, drafts, pending: pending.map(({ id }) => id) };
}

/** The evaluation with its pending rules run, in pieces; nothing is pending in what it returns. */
export function* completed(evaluation: Evaluation): Generator<undefined, Evaluation, undefined> {
  const { topology, network, today } = evaluation;
  const rules = [...RULES, ...evaluation.customRules].filter(({ id }) => evaluation.pending.includes(id));
  for (const rule of rules) yield* rule.ahead?.(topology) ?? [];
  const more = runRules(rules, topology, network, today, true);
  const drafts = new Map([...evaluation.drafts, ...more.drafts]);
  const findings = [...evaluation.findings.map((finding) => ({ ...finding })), ...more.findings].sort(compareFindings);
  addChildren(findings, drafts);
  return { ...evaluation, findings, summary: summarize(network, findings), drafts, pending: [] };
}

/** The findings of the rules, sorted, and the drafts that they were made of. */
function runRules(rules: readonly IsolationRule[], topology: Topology, network: Network, today: string, paths: boolean): { findings: NewFinding[]; drafts: Map<string, Draft> } {
  const drafts = new Map<string, Draft>();
  const earlier = new Map<string, readonly Draft[]>();
  const accepted = acceptedOn(topology, today);
  const findings: NewFinding[] = [];
  for (const rule of rules) {
    const found = rule.check({ topology, network, earlier });
    earlier.set(rule.id, found);
    for (const draft of found) {
      const finding = toFinding(rule, draft, accepted);
      if (drafts.has(finding.id)) continue;
      drafts.set(finding.id, draft);
      findings.push(finding);
    }
  }
  findings.sort(compareFindings);
  return { findings: paths ? told(findings, drafts) : findings, drafts };
}

/** So many findings of one root show their path: forty thousand are no better proof of one missing rule, and tracing them takes minutes. */
const MOST_TRACED = 50;

/** With their words, and the first of each root with their paths. */
function told(findings: readonly NewFinding[], drafts: ReadonlyMap<string, Draft>): NewFinding[] {
  const shown = new Map<string, number>();
  return findings.map((finding) => {
    const draft = drafts.get(finding.id);
    const before = finding.root === undefined ? 0 : (shown.get(finding.root) ?? 0);
    if (draft?.path === undefined || before >= MOST_TRACED) return { ...finding };
    if (finding.root !== undefined) shown.set(finding.root, before + 1);
    return { ...finding, path: pathOf(draft) };
  });
}

/** A finding in the making: nobody else has it yet. */
type NewFinding = Omit<Finding, "children"> & { children?: readonly string[] };

/** What they cause. */
function addChildren(findings: readonly NewFinding[], drafts: ReadonlyMap<string, Draft>): void {
  const children = new Map<string, string[]>();
  for (const { id } of findings) {
    for (const cause of drafts.get(id)?.causes ?? []) {
      const known = children.get(cause);
      if (known === undefined) children.set(cause, [id]);
      else known.push(id);
    }
  }
  for (const finding of findings) {
    const own = children.get(finding.id);
    if (own !== undefined) finding.children = own.sort(compareIds);
  }
}

/** Its words and subjects are made when somebody asks: telling whom a flow passes by is tracing it. */
function toFinding(rule: IsolationRule, draft: Draft, accepted: ReadonlyMap<string, unknown>): NewFinding {
  const id = `${rule.id}:${draft.key}`;
  return {
    id,
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    title: draft.title,
    accepted: accepted.has(id),
    get subjects() {
      return draft.subjects;
    },
    get detail() {
      return draft.detail;
    },
    services: draft.services ?? [],
    path: [],
    fixes: [],
    references: rule.references,
    ...(rule.root === undefined ? {} : { root: rootOf(rule.id, rule.root(draft)) }),
  };
}

/** `NET-001@tor-1.100`; `VM-003` for a setting. */
function rootOf(rule: string, place: string): string {
  return place === "" ? rule : `${rule}@${place}`;
}
