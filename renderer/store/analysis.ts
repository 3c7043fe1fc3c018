/** What the worker last found out about the document. */
import { create } from "zustand";
import type { Finding, Matrix, Summary } from "../../shared/analysis/result";
import type { RulesStatus, SegmentBrief } from "../analysis/protocol";

interface AnalysisState {
  /** Undefined until the first answer. */
  readonly summary: Summary | undefined;
  /** Ids of those of which it is unknown whether they reach management. */
  readonly managementUndecidedFor: readonly string[];
  readonly findings: readonly Finding[];
  /** Tenants × tenants and × management. */
  readonly matrix: Matrix | undefined;
  readonly segments: readonly SegmentBrief[];
  /** Milliseconds that the analysis took. */
  readonly took: number;
  /** Ids of rules whose findings are still to come. */
  readonly pending: readonly string[];
  /** What became of the file of rules beside the document; undefined where there is none. */
  readonly rules: RulesStatus | undefined;
  /** `stale`: the document has changed since, an answer is on its way. */
  readonly state: "stale" | "fresh" | "failed";
  /** What went wrong, where it failed. */
  readonly failure: string | undefined;
}

const NOTHING: AnalysisState = { summary: undefined, managementUndecidedFor: [], findings: [], matrix: undefined, segments: [], took: 0, pending: [], rules: undefined, state: "stale", failure: undefined };

export const useAnalysis = create<AnalysisState>(() => NOTHING);

/** Another document is open, about which nothing is known yet. */
export function resetAnalysis(): void {
  useAnalysis.setState(NOTHING);
}
