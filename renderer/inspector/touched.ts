/** Which findings are about which fields of the record that a form shows. */
import { createContext, useMemo } from "react";
import type { Finding } from "../../shared/analysis/result";
import type { CollectionName } from "../../shared/model/topology";
import { useAsked } from "../analysis/useAsked";
import { useAnalysis } from "../store/analysis";

/** Open findings about the record, each with the places in it that a change for it would touch, as JSON Pointers. */
export type Touched = readonly { readonly finding: Finding; readonly places: readonly string[] }[];

/** Where nothing is told. */
export const UNTOUCHED: Touched = [];

export const TouchedContext = createContext<Touched>(UNTOUCHED);

/** Of one record; of several, and until the analysis has answered, nothing. A worker that cannot answer has said so as the failure of the analysis. */
export function useTouched(collection: CollectionName, ids: readonly string[]): Touched {
  const findings = useAnalysis((state) => state.findings);
  const only = ids.length === 1 ? ids[0] : undefined;
  const question = useMemo(() => (only === undefined ? undefined : { collection, id: only }), [collection, only]);
  const { answer } = useAsked("touched", question, findings);
  return useMemo(() => (answer === undefined ? UNTOUCHED : findings.flatMap((finding) => {
    const places = finding.accepted ? undefined : answer[finding.id];
    return places === undefined ? [] : [{ finding, places }];
  })), [answer, findings]);
}
