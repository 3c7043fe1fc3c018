import { useMemo } from "react";
import type { HitAnswer } from "../../shared/network/hit-test";
import type { Asks } from "../analysis/protocol";
import { useAsked } from "../analysis/useAsked";
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

/** The answer about a packet, asked again whenever the packet or the document changes. */
export function useHitTest(filter: string, form: HitForm | undefined): HitResult {
  const topology = useDocument((state) => state.topology);
  const question = useMemo((): Asks["hitTest"]["arguments"] | undefined => {
    if (form === undefined || form.from.trim() === "" || form.to.trim() === "") return undefined;
    return { filter, from: form.from.trim(), to: form.to.trim(), services: form.service.trim() === "" ? undefined : form.service.trim(), in: form.in, out: form.out };
  }, [filter, form]);
  const { answer, before, failure, waiting } = useAsked("hitTest", question, topology, { quiet: QUIET_MS, subject: filter });
  const shown = answer ?? before;
  return { answer: shown?.ok === true ? shown : undefined, failure: answer?.ok === false ? answer.reason : failure, waiting };
}
