import { useEffect, useState } from "react";
import type { PlanProgress } from "../../shared/fixes/plan";
import { ask } from "../analysis/client";
import type { Asks } from "../analysis/protocol";
import { reasonOf } from "../store/attempt";
import type { Topology } from "../../shared/model/topology";
import { useDocument } from "../store/document";

export type FixPlan = Asks["plan"]["answer"];

interface Planned {
  /** How far it has come, while it is being made. */
  readonly progress?: PlanProgress;
  readonly plan?: FixPlan;
  readonly failure?: string;
}

/** The plan of the document as it is now. It begins anew whenever the document changes, and is given up with the component. */
export function usePlan(): Planned {
  const topology = useDocument((state) => state.topology);
  const [planned, setPlanned] = useState<{ readonly of: Topology } & Planned | undefined>(undefined);
  useEffect(() => {
    const giving = new AbortController();
    const tell = (now: Planned): void => { if (!giving.signal.aborted) setPlanned({ of: topology, ...now }); };
    ask("plan", { findings: undefined }, { signal: giving.signal, onProgress: (progress) => tell({ progress }) }).then((plan) => tell({ plan }), (error: unknown) => tell({ failure: reasonOf(error) }));
    return () => giving.abort();
  }, [topology]);
  return planned?.of === topology ? planned : {};
}
