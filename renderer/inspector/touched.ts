/** Which findings are about which fields of the record that a form shows. */
import { createContext, useEffect, useState } from "react";
import type { CollectionName } from "../../shared/model/topology";
import { ask } from "../analysis/client";
import { useAnalysis } from "../store/analysis";

/** Places by finding id, as JSON Pointers. */
export type Touched = Readonly<Record<string, readonly string[]>>;

const NONE: Touched = {};

export const TouchedContext = createContext<Touched>(NONE);

/** Of one record; of several, and until the analysis has answered, nothing. */
export function useTouched(collection: CollectionName, ids: readonly string[]): Touched {
  const findings = useAnalysis((state) => state.findings);
  const [known, setKnown] = useState({ of: "", touched: NONE });
  const [id] = ids;
  const of = ids.length === 1 && id !== undefined ? `${collection} ${id}` : "";
  useEffect(() => {
    if (of === "" || id === undefined) return undefined;
    let current = true;
    // A worker that cannot answer has said so as the failure of the analysis.
    ask("touched", { collection, id }).then((touched) => { if (current) setKnown({ of, touched }); }, () => undefined);
    return () => { current = false; };
  }, [collection, findings, id, of]);
  return known.of === of ? known.touched : NONE;
}
