/** What a segmentation answers: edits that were applied to a copy, and what the analysis of that copy says of them. All of it is plain data. */
import type { Edit, PlanStep, Summary, Verdict } from "../analysis/result";
import type { Rule } from "../model/kinds/forwarder";
import type { RequiredState } from "../fixes/required-flows";

export interface Segmentation {
  readonly title: string;
  /** JSON Patch, applied as one step. */
  readonly edits: readonly Edit[];
  /** Breaks no required flow and locks no administrator out. What is not verified is shown and not written. */
  readonly verified: boolean;
  readonly rules: readonly RuleChange[];
  /** Ids of findings that are gone, and of those that are new. */
  readonly closes: readonly string[];
  readonly opens: readonly string[];
  /** Ids of `policy.require` entries that stand worse than before. */
  readonly breaksRequired: readonly string[];
  readonly required: readonly RequiredFlow[];
  readonly administrators: readonly Administration[];
  /** What passed beyond the policy and does not any more. */
  readonly stops: readonly Stop[];
  /** What passed, needed no entry of the policy, and does not pass any more. */
  readonly cut: readonly Cut[];
  /** What still passes beyond the policy, or is unknown. */
  readonly remaining: readonly Remaining[];
  /** What only a person can do, in sentences. */
  readonly byHand: readonly string[];
  readonly commands: PlanStep["commands"];
  readonly before: Summary;
  readonly after: Summary;
}

/** The rules of one filter; ids of the document's filters. */
export interface RuleChange {
  readonly filter: string;
  readonly defaultAction: { readonly before: string; readonly after: string };
  readonly rules: readonly Rule[];
  readonly kept: readonly string[];
  /** Bound to other interfaces. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface RequiredFlow {
  readonly id: string;
  readonly before: RequiredState;
  readonly after: RequiredState;
  /** Why it does not hold. */
  readonly why?: string;
}

/** An administrators' network or jump host, and the management interfaces and BMCs that it reached. */
export interface Administration {
  readonly from: string;
  readonly reaches: readonly string[];
  /** Those that it reached, or may have, and does not any more. */
  readonly loses: readonly string[];
}

export interface Cut {
  /** `tenant-a`: inside the tenant; `management`: of management to what it manages. */
  readonly within: string;
  readonly pairs: number;
  /** One of the pairs. */
  readonly example: { readonly from: string; readonly to: string };
}

/** Named as in `Remaining`. */
export interface Stop {
  readonly from: string;
  readonly to: string;
  readonly services: readonly string[];
}

export interface Remaining {
  /** A tenant, an external network, `management`, or `no tenant`. */
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  readonly services: readonly string[];
  /** Whether only frames pass that no distributed firewall filters. */
  readonly frames?: true;
  readonly example: { readonly from: string; readonly to: string };
  readonly why: string;
  readonly remedy: string;
  readonly missing?: readonly string[];
}
