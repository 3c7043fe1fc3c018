import { useEffect, useState } from "react";
import type { Trace } from "../../shared/analysis/result";
import { ask } from "../analysis/client";
import type { Asks } from "../analysis/protocol";

export type Question = Asks["trace"]["arguments"];

/** Waits for a pause in typing. */
const QUIET_MS = 150;

interface Answered {
  readonly question: Question;
  readonly trace?: Trace;
  readonly failure?: string;
}

interface TraceAnswer {
  /** The last answer; it may be of the question before, while the next is on its way. */
  readonly trace: Trace | undefined;
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

/** The answer to a question that changes while it is typed. Undefined asks nothing. */
export function useTrace(question: Question | undefined): TraceAnswer {
  const [answered, setAnswered] = useState<Answered | undefined>(undefined);
  useEffect(() => {
    if (question === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      ask("trace", question).then(
        (trace) => { if (current) setAnswered({ question, trace }); },
        (error: unknown) => { if (current) setAnswered({ question, failure: error instanceof Error ? error.message : String(error) }); },
      );
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [question]);
  if (question === undefined) return { trace: undefined, failure: undefined, waiting: false };
  return { trace: answered?.trace, failure: answered?.question === question ? answered.failure : undefined, waiting: answered?.question !== question };
}
