import { useMemo, useSyncExternalStore } from "react";
import { ask } from "../analysis/client";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { Cells } from "./cells";
import { rowsOf, type Grain } from "./grid";

const NOTHING = { subscribe: () => () => undefined, grid: () => undefined, look: () => undefined, failure: undefined };

/** The matrix of a large document, whose cells are found as they come into sight, anew after every analysis. */
export function useCells(grain: Grain, isLarge: boolean) {
  const summary = useAnalysis((state) => state.summary);
  const topology = useDocument((state) => state.topology);
  const cells = useMemo(() => {
    if (!isLarge || summary === undefined) return NOTHING;
    return new Cells(grain, rowsOf(topology, grain), (rows, columns) => ask("cells", { by: grain, rows, columns }));
  }, [isLarge, summary, grain, topology]);
  return { grid: useSyncExternalStore(cells.subscribe, cells.grid), onSight: cells.look, failure: cells.failure };
}
