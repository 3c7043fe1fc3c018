import { useEffect, useState } from "react";
import type { Standing } from "../../shared/rules/rule";
import { ask } from "../analysis/client";
import { useAnalysis } from "../store/analysis";

const NONE: Readonly<Record<string, Standing>> = {};

/** What the findings of the last analysis say of the places of a filter's rules, by finding id. */
export function useStandings(filter: string): Readonly<Record<string, Standing>> {
  const findings = useAnalysis((state) => state.findings);
  const [known, setKnown] = useState({ filter, standings: NONE });
  useEffect(() => {
    let current = true;
    // A worker that cannot answer has said so as the failure of the analysis.
    ask("standings", { filter }).then((standings) => { if (current) setKnown({ filter, standings }); }, () => undefined);
    return () => { current = false; };
  }, [filter, findings]);
  return known.filter === filter ? known.standings : NONE;
}
