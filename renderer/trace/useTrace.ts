import type { Trace } from "../../shared/analysis/result";
import type { Asks } from "../analysis/protocol";
import { useAsked } from "../analysis/useAsked";
import { useDocument } from "../store/document";

export type Question = Asks["trace"]["arguments"];

/** Waits for a pause in typing. */
const QUIET_MS = 150;

interface TraceAnswer {
  /** The last answer; it may be of the question before, while the next is on its way. */
  readonly trace: Trace | undefined;
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

/** The answer to a question that changes while it is typed. Undefined asks nothing. */
export function useTrace(question: Question | undefined): TraceAnswer {
  const topology = useDocument((state) => state.topology);
  const { answer, before, failure, waiting } = useAsked("trace", question, topology, { quiet: QUIET_MS, subject: "trace" });
  return { trace: answer ?? before, failure, waiting };
}
