/** The only entry to the analyzer, for the app and the command line. */
import type { Topology } from "../model/topology";
import { verifyFixes } from "../fixes/verify";
import { evaluate, type EvaluateOptions, type Evaluation } from "./evaluate";

export type Analysis = Evaluation;

export interface AnalyzeOptions extends EvaluateOptions {
  /**
   * Whether findings carry their verified fixes. Each costs an analysis of the changed document, so on large documents only the
   * most severe findings get theirs (`fixes/budget.ts`); `fixesFor` gives those of one finding. Absent: true.
   */
  readonly verifyFixes?: boolean;
}

/** Analyses a valid document. Never throws on one; the same document and options give the same answer. */
export function analyze(topology: Topology, options: AnalyzeOptions = {}): Analysis {
  const evaluation = evaluate(topology, options);
  return options.verifyFixes === false ? evaluation : { ...evaluation, findings: verifyFixes(evaluation) };
}
