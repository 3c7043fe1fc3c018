import { useEffect, useState } from "react";
import { ask } from "../analysis/client";
import type { AttackQuestion, Asks } from "../analysis/protocol";
import { useAnalysis } from "../store/analysis";

/** Waits for a pause in typing. */
const QUIET_MS = 150;

type Name = "attack" | "attackCuts";

interface Settled<K extends Name> {
  readonly question: AttackQuestion;
  readonly findings: unknown;
  readonly answer?: Asks[K]["answer"];
  readonly failure?: string;
}

interface Answered<K extends Name> {
  /** The last answer; it may be of the question or the document before, while the next is on its way. */
  readonly answer: Asks[K]["answer"] | undefined;
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

/**
 * The answer to a question about attacks, asked again after every analysis: what was found about another state of the document is shown
 * as old until then, and dropped when the question is another. Undefined asks nothing.
 */
export function useAnswer<K extends Name>(name: K, question: AttackQuestion | undefined): Answered<K> {
  const findings = useAnalysis((state) => state.findings);
  const isFresh = useAnalysis((state) => state.state === "fresh");
  const [settled, setSettled] = useState<Settled<K> | undefined>(undefined);
  useEffect(() => {
    if (question === undefined || !isFresh) return;
    let current = true;
    const settle = (found: Pick<Settled<K>, "answer" | "failure">): void => {
      if (current) setSettled({ question, findings, ...found });
    };
    const timer = setTimeout(() => {
      ask(name, question).then((answer) => settle({ answer }), (error: unknown) => settle({ failure: error instanceof Error ? error.message : String(error) }));
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name, question, findings, isFresh]);
  if (question === undefined) return { answer: undefined, failure: undefined, waiting: false };
  const about = settled?.question === question ? settled : undefined;
  return { answer: about?.answer, failure: about?.failure, waiting: about === undefined || about.findings !== findings || !isFresh };
}
