/** Asks the analysis worker for as long as a component shows the answer. */
import { useEffect, useState } from "react";
import { ask } from "./client";
import type { Asks } from "./protocol";

interface Settled<K extends keyof Asks> {
  readonly question: Asks[K]["arguments"];
  readonly about: unknown;
  readonly answer?: Asks[K]["answer"];
  readonly failure?: string;
}

export interface Asked<K extends keyof Asks> {
  /** The last answer to the question; it may be about the state before, while the next is on its way. */
  readonly answer: Asks[K]["answer"] | undefined;
  /** In words for people. */
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

interface AskingOptions {
  /** False: not yet, so nothing is asked. */
  readonly isReady?: boolean;
  /** Milliseconds to wait for a pause in typing. */
  readonly quiet?: number;
}

/**
 * The answer to a question, asked again whenever what it is about (findings, topology) is another object. An answer that comes too late
 * is dropped. The question is the same as long as it is the same object; undefined asks nothing.
 */
export function useAsked<K extends keyof Asks>(name: K, question: Asks[K]["arguments"] | undefined, about: unknown, { isReady = true, quiet = 0 }: AskingOptions = {}): Asked<K> {
  const [settled, setSettled] = useState<Settled<K> | undefined>(undefined);
  useEffect(() => {
    if (question === undefined || !isReady) return undefined;
    let current = true;
    const settle = (found: Pick<Settled<K>, "answer" | "failure">): void => {
      if (current) setSettled({ question, about, ...found });
    };
    const start = (): void => {
      ask(name, question).then((answer) => settle({ answer }), (error: unknown) => settle({ failure: error instanceof Error ? error.message : String(error) }));
    };
    const timer = quiet > 0 ? setTimeout(start, quiet) : undefined;
    if (timer === undefined) start();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name, question, about, isReady, quiet]);
  if (question === undefined) return { answer: undefined, failure: undefined, waiting: false };
  const known = settled?.question === question ? settled : undefined;
  return { answer: known?.answer, failure: known?.failure, waiting: known === undefined || known.about !== about || !isReady };
}
