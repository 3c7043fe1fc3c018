import { useEffect, useState } from "react";
import { ask } from "../analysis/client";
import type { Asks } from "../analysis/protocol";
import type { Topology } from "../../shared/model/topology";
import { useDocument } from "../store/document";

export type FixPlan = Asks["plan"]["answer"];

interface Planned {
  readonly topology: Topology;
  readonly plan?: FixPlan;
  readonly failure?: string;
}

/** The plan of the document as it is now; undefined while it is being made, which begins anew whenever the document changes. */
export function usePlan(): { readonly plan: FixPlan | undefined; readonly failure: string | undefined } {
  const topology = useDocument((state) => state.topology);
  const [planned, setPlanned] = useState<Planned | undefined>(undefined);
  useEffect(() => {
    let current = true;
    ask("plan", { findings: undefined }).then(
      (plan) => { if (current) setPlanned({ topology, plan }); },
      (error: unknown) => { if (current) setPlanned({ topology, failure: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { current = false; };
  }, [topology]);
  const fresh = planned?.topology === topology ? planned : undefined;
  return { plan: fresh?.plan, failure: fresh?.failure };
}
