import type { Hop, Trace } from "../analysis/result";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";
import { moreWords, packetWords, stopsAnswer, stopWords } from "./trace-words";

/** Why, or why not: every path hop by hop, or every place that stops the flow. */
export function traceText(trace: Trace, from: string, to: string, paint: Paint = noPaint): string {
  const ends = `${plain(from)} → ${plain(to)}`;
  const lines = [headline(trace, ends, paint)];
  if (trace.packet !== undefined) lines.push("", paint.bold("packet"), `  ${plain(packetWords(trace.packet))}`);
  trace.paths.forEach((path, index) => {
    lines.push("", paint.bold(`path ${index + 1}`), ...path.map(hopLine));
  });
  const more = moreWords(trace);
  if (more !== "") lines.push("", more);
  const [answer, packet] = [trace.blockedBy.filter(stopsAnswer), trace.blockedBy.filter((hop) => !stopsAnswer(hop))];
  if (answer.length > 0) lines.push("", paint.bold("the answer is stopped by"), ...answer.map(hopLine));
  if (packet.length > 0) lines.push("", paint.bold(trace.oneWay === undefined ? "stopped by" : "everything else is stopped by"), ...packet.map(hopLine));
  if ((trace.missing ?? []).length > 0) lines.push("", paint.bold("not in the document"), ...(trace.missing ?? []).map((path) => `  ${plain(path)}`));
  return `${lines.join("\n")}\n`;
}

function headline(trace: Trace, ends: string, paint: Paint): string {
  if (trace.reachable) return `${paint.bad("reachable")}  ${ends}  ${trace.services.join(", ")}`;
  const oneWay = trace.oneWay === undefined ? "" : `  ${trace.oneWay.join(", ")} is delivered without an answer`;
  if ((trace.missing ?? []).length > 0) return `${paint.bold("unknown")}  ${ends}${oneWay}`;
  return oneWay === "" ? `${paint.good("not reachable")}  ${ends}` : `${paint.bad("one way")}  ${ends}${oneWay}`;
}

function hopLine(hop: Hop, index: number): string {
  const words = stopWords(hop);
  return `  ${String(index + 1).padStart(2)}  ${plain(hop.at)}  ${plain(hop.does)}${words === "" ? "" : ` (${plain(words)})`}`;
}
