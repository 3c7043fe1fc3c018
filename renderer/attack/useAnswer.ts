import type { AttackQuestion } from "../analysis/protocol";
import { useAsked, type Asked } from "../analysis/useAsked";
import { useAnalysis } from "../store/analysis";

/** Waits for a pause in typing. */
const QUIET_MS = 150;

/** The answer to a question about attacks, asked again after every analysis: until then what was found about another state of the document is shown as old. */
export function useAnswer<K extends "attack" | "attackCuts">(name: K, question: AttackQuestion | undefined): Asked<K> {
  const findings = useAnalysis((state) => state.findings);
  const isReady = useAnalysis((state) => state.state === "fresh");
  return useAsked(name, question, findings, { isReady, quiet: QUIET_MS });
}
