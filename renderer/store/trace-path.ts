/** Drawing the answer of a trace on the canvas. */
import type { Trace, Verdict } from "../../shared/analysis/result";
import { select, showCanvas, showPath, type ShownPath } from "./session";

/** A path of a trace, or where it is stopped if it has none. `subjects` are what was asked about. */
export function pathOfTrace(trace: Trace, verdict: Verdict, subjects: readonly string[], index = 0): ShownPath {
  const hops = trace.paths[index] ?? trace.paths[0];
  if (hops === undefined) return { hops: trace.blockedBy, tone: "blocked", subjects };
  return { hops, tone: verdict === "violating" ? "violation" : "permitted", subjects };
}

/** Shows a path that belongs to no finding, with nothing else in hand. */
export function drawPath(path: ShownPath): void {
  showCanvas();
  select([]);
  showPath(path);
}
