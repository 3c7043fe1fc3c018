/** Asks the analysis worker for as long as a component shows the answer. */
import { useEffect, useMemo, useState } from "react";
import { ask } from "./client";
import { reasonOf } from "../store/attempt";
import type { Asks } from "./protocol";

/** How far a question has come. */
export interface Inquiry<A> {
  /** The last answer to the question; it may be about the state before, while the next is on its way. */
  readonly answer: A | undefined;
  /** The answer to the question before, until there is one to this. Only for questions that have a `subject`. */
  readonly before: A | undefined;
  /** In words for people. */
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

export type Asked<K extends keyof Asks> = Inquiry<Asks[K]["answer"]>;

interface AskingOptions {
  /** False: not yet, so nothing is asked. */
  readonly isReady?: boolean;
  /** Milliseconds to wait for a pause in typing. */
  readonly quiet?: number;
  /** What changing questions have in common: as long as it is the same, the answer to one stands until that to the next. */
  readonly subject?: string;
}

/**
 * The worker's answer to a question, asked again whenever what it is about (findings, topology) is another object. The question is the
 * same as long as it is the same object; undefined asks nothing.
 */
export function useAsked<K extends keyof Asks>(name: K, question: Asks[K]["arguments"] | undefined, about: unknown, options?: AskingOptions): Asked<K> {
  return useInquiry(useMemo(() => (question === undefined ? undefined : () => ask(name, question)), [name, question]), about, options);
}

interface Settled<A> {
  readonly inquire: () => Promise<A>;
  readonly about: unknown;
  readonly subject: string | undefined;
  readonly answer?: A;
  readonly failure?: string;
}

/**
 * The same for a question that takes more than one message. The question is the same as long as `inquire` is the same function. An answer
 * that comes too late is dropped.
 */
export function useInquiry<A>(inquire: (() => Promise<A>) | undefined, about: unknown, { isReady = true, quiet = 0, subject }: AskingOptions = {}): Inquiry<A> {
  const [settled, setSettled] = useState<Settled<A> | undefined>(undefined);
  useEffect(() => {
    if (inquire === undefined || !isReady) return undefined;
    let current = true;
    const settle = (found: Pick<Settled<A>, "answer" | "failure">): void => {
      if (current) setSettled({ inquire, about, subject, ...found });
    };
    const start = (): void => {
      inquire().then((answer) => settle({ answer }), (error: unknown) => settle({ failure: reasonOf(error) }));
    };
    const timer = quiet > 0 ? setTimeout(start, quiet) : undefined;
    if (timer === undefined) start();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [inquire, about, isReady, quiet, subject]);
  if (inquire === undefined) return { answer: undefined, before: undefined, failure: undefined, waiting: false };
  const known = settled?.inquire === inquire ? settled : undefined;
  const before = known === undefined && subject !== undefined && settled?.subject === subject ? settled.answer : undefined;
  return { answer: known?.answer, before, failure: known?.failure, waiting: known === undefined || known.about !== about || !isReady };
}
