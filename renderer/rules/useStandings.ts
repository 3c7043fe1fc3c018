import { useMemo } from "react";
import type { Standing } from "../../shared/rules/rule";
import { useAsked } from "../analysis/useAsked";
import { useAnalysis } from "../store/analysis";

const NONE: Readonly<Record<string, Standing>> = {};

/** What the findings of the last analysis say of the places of a filter's rules, by finding id. A worker that cannot answer has said so as the failure of the analysis. */
export function useStandings(filter: string): Readonly<Record<string, Standing>> {
  const findings = useAnalysis((state) => state.findings);
  const question = useMemo(() => ({ filter }), [filter]);
  return useAsked("standings", question, findings).answer ?? NONE;
}
