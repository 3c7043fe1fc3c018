import { useEffect, useMemo, useState } from "react";
import type { HitAnswer } from "../../shared/network/hit-test";
import { ask } from "../analysis/client";
import type { Asks } from "../analysis/protocol";
import { useDocument } from "../store/document";
import type { HitForm } from "../store/rules";

/** Waits for a pause in typing. */
const QUIET_MS = 150;

export interface HitResult {
  /** The last answer; of the question before, while the next is on its way. Undefined where not enough is typed. */
  readonly answer: Extract<HitAnswer, { ok: true }> | undefined;
  /** What is wrong with the question. */
  readonly failure: string | undefined;
  readonly waiting: boolean;
}

type Question = Asks["hitTest"]["arguments"];

interface Answered {
  readonly question: Question;
  readonly answer?: HitAnswer;
  readonly failure?: string;
}

/** The answer about a packet, asked again whenever the packet or the document changes. */
export function useHitTest(filter: string, form: HitForm | undefined): HitResult {
  const topology = useDocument((state) => state.topology);
  const [answered, setAnswered] = useState<Answered | undefined>(undefined);
  const question = useMemo((): Question | undefined => {
    if (form === undefined || form.from.trim() === "" || form.to.trim() === "") return undefined;
    return { filter, from: form.from.trim(), to: form.to.trim(), services: form.service.trim() === "" ? undefined : form.service.trim(), in: form.in, out: form.out };
  }, [filter, form]);
  useEffect(() => {
    if (question === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      ask("hitTest", question).then(
        (answer) => { if (current) setAnswered({ question, answer }); },
        (error: unknown) => { if (current) setAnswered({ question, failure: error instanceof Error ? error.message : String(error) }); },
      );
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [question, topology]);
  if (question === undefined || answered?.question.filter !== filter) return { answer: undefined, failure: undefined, waiting: question !== undefined };
  const { answer } = answered;
  return {
    answer: answer?.ok === true ? answer : undefined,
    failure: answered.question !== question ? undefined : answer?.ok === false ? answer.reason : answered.failure,
    waiting: answered.question !== question,
  };
}
