import { useEffect, useRef, useState } from "react";
import type { Trace } from "../../shared/analysis/result";
import type { FlowChange } from "../../shared/network/flow-changes";
import { ask } from "../analysis/client";
import { showPath, useSession, type ShownPath } from "../store/session";
import { pathOfTrace } from "../store/trace-path";

/** What is drawn of a flow: its way as it is, or as it was where it went. */
export interface DrawnFlow {
  readonly change: FlowChange;
  /** Undefined where it could not be found. */
  readonly path: ShownPath | undefined;
}

/** Draws the way of a flow, except while a finding's evidence is open, and takes it away at the end. Undefined until it is known. */
export function useDrawnFlow(change: FlowChange | undefined, key: string): DrawnFlow | undefined {
  const hasFinding = useSession((state) => state.activeFinding !== undefined);
  const [drawn, setDrawn] = useState<DrawnFlow | undefined>(undefined);
  const own = useRef<ShownPath | undefined>(undefined);
  useEffect(() => {
    if (hasFinding || change === undefined) return;
    let current = true;
    void pathOf(change, key).then((path) => {
      if (!current) return;
      own.current = path;
      showPath(path);
      setDrawn({ change, path });
    });
    return () => {
      current = false;
      if (own.current !== undefined && useSession.getState().path === own.current) showPath(undefined);
      own.current = undefined;
    };
  }, [change, key, hasFinding]);
  return drawn?.change === change ? drawn : undefined;
}

async function pathOf({ from, to, before, after }: FlowChange, key: string): Promise<ShownPath | undefined> {
  const trace = await (after === undefined ? ask("baselineTrace", { key, from, to }) : ask("trace", { from, to, services: undefined, assume: "hostile" })).catch((): Trace | undefined => undefined);
  const shown = trace === undefined ? undefined : pathOfTrace(trace, (after ?? before)?.verdict ?? "unknown", [from, to]);
  return shown === undefined || after !== undefined ? shown : { ...shown, tone: "blocked" };
}
