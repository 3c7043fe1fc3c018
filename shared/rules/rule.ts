/** What a rule is: metadata for the catalogue and one short pure function. One file per rule, its test beside it, one line in `index.ts`. */
import type { Topology } from "../model/topology";
import type { RuleFault } from "../network/hygiene/hygiene";
import type { Network } from "../network/compiled-network";
import type { Channel, Edit, Hop, Severity } from "../analysis/result";

/** The catalogue page: what `bulkhead rules ID` prints and `docs/rules.md` is generated from. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  /** The severity as a rule; a finding may differ where the condition says so. */
  readonly severity: Severity;
  /** Why it matters. */
  readonly threat: string;
  /** When it fires, in words, with the platform defaults it rests on. */
  readonly condition: string;
  /** How to mend it, in words. */
  readonly fix: string;
  readonly commands: readonly { readonly platform: string; readonly text: string }[];
  /** Only what was verified. */
  readonly references: readonly string[];
  /** Known false positives and disagreements between sources. */
  readonly caveats: string;
}

export interface FixCandidate {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Something that can be got hold of, as a step of an attack path names it: `vm:a-web`, `hypervisor:esx-1`, `management:esx-1-vmk0`, `datastore:san`. */
export type Place = `${"vm" | "hypervisor" | "management" | "datastore"}:${string}`;

/** What a finding opens beside the network: from each of some places to each of others. */
export interface Way {
  readonly channel: Channel;
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  readonly detail: string;
}

/** What a list of rules makes of one of them (see `network/hygiene`). */
export interface Standing {
  readonly kind: RuleFault["kind"];
  readonly by: readonly string[];
}

/** A finding before its fixes are verified and its acceptance is looked up. */
export interface Draft {
  /** What identifies it after the rule id and the colon: `tenant-a+tenant-b@tor-1.100`. */
  readonly key: string;
  /** Absent: the rule's own. */
  readonly severity?: Severity;
  readonly title: string;
  readonly subjects: readonly string[];
  readonly detail: string;
  readonly services?: readonly string[];
  /** The hops that show it; as a function where tracing them is work, which is then done only for findings that are shown. */
  readonly path?: readonly Hop[] | (() => readonly Hop[]);
  /** Candidates in order of preference, made only when asked for. */
  readonly fixes?: () => readonly FixCandidate[];
  /** Of a rule in a filter's list: what is wrong with its place there, and the ids of the rules that make it so. */
  readonly standing?: Standing;
  /** The steps of attack paths that it explains; made only when asked for. */
  readonly ways?: () => readonly Way[];
  /** Ids of the findings of which this one is the consequence: its fix is theirs, one after the other. */
  readonly causes?: readonly string[];
}

const traced = new WeakMap<Draft, readonly Hop[]>();

/** Traced once: the consequences of a finding show its path too. */
export function pathOf(draft: Draft): readonly Hop[] {
  if (typeof draft.path !== "function") return draft.path ?? [];
  const known = traced.get(draft) ?? draft.path();
  traced.set(draft, known);
  return known;
}

export interface RuleContext {
  readonly topology: Topology;
  readonly network: Network;
  /** Drafts that earlier rules of the index gave, so that a rule can leave out what is a consequence. */
  readonly earlier: ReadonlyMap<string, readonly Draft[]>;
}

export interface IsolationRule extends RuleInfo {
  /**
   * For a rule that takes long on large documents: the work, in pieces, after which `check` is quick; undefined where it is quick
   * anyway. Where somebody waits, such a rule is run after the others.
   */
  readonly ahead?: (topology: Topology) => Generator<undefined, void, undefined> | undefined;
  /**
   * What is to be changed so that a finding closes, where others of the rule may have it in common: a segment, a device; "" for a setting
   * that may be wrong in many places alike. Absent: each finding is a matter of its own.
   */
  readonly root?: (draft: Draft) => string;
  check(context: RuleContext): readonly Draft[];
}
