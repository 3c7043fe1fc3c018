/** Which findings are about which fields of the record that a form shows. */
import { createContext, useMemo } from "react";
import type { CollectionName } from "../../shared/model/topology";
import { useAsked } from "../analysis/useAsked";
import { useAnalysis } from "../store/analysis";

/** Places by finding id, as JSON Pointers. */
export type Touched = Readonly<Record<string, readonly string[]>>;

/** Where nothing is told. */
export const UNTOUCHED: Touched = {};

export const TouchedContext = createContext<Touched>(UNTOUCHED);

/** Of one record; of several, and until the analysis has answered, nothing. A worker that cannot answer has said so as the failure of the analysis. */
export function useTouched(collection: CollectionName, ids: readonly string[]): Touched {
  const findings = useAnalysis((state) => state.findings);
  const only = ids.length === 1 ? ids[0] : undefined;
  const question = useMemo(() => (only === undefined ? undefined : { collection, id: only }), [collection, only]);
  return useAsked("touched", question, findings).answer ?? UNTOUCHED;
}
