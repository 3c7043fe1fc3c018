import { useEffect, useState } from "react";
import type { Matrix } from "../../shared/analysis/result";
import { ask } from "../analysis/client";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import type { Grain } from "./grid";

interface Found {
  readonly matrix: Matrix;
  readonly generation: number;
}

interface Shown {
  readonly matrix: Matrix | undefined;
  /** It has too many cells to be made at once. */
  readonly isLarge: boolean;
  readonly failure: string | undefined;
}

/**
 * The matrix behind a grain, asked for again after every analysis. By tenant it is the one by VM, which also has management and
 * external networks; until that comes, the one by tenant that every analysis brings along.
 */
export function useMatrix(grain: Grain): Shown {
  const coarse = useAnalysis((state) => state.matrix);
  const isLarge = useAnalysis((state) => state.summary !== undefined && state.matrix === undefined);
  const generation = useDocument((state) => state.generation);
  const [found, setFound] = useState<Found | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const by = grain === "portgroup" ? "portgroup" : "vm";

  useEffect(() => {
    if (coarse === undefined) return;
    let current = true;
    ask("matrix", { by }).then(
      (matrix) => {
        if (!current) return;
        setFound({ matrix, generation });
        setFailure(undefined);
      },
      (error: unknown) => { if (current) setFailure(error instanceof Error ? error.message : String(error)); },
    );
    return () => { current = false; };
  }, [coarse, by, generation]);

  const fine = coarse !== undefined && found?.generation === generation && found.matrix.by === by ? found.matrix : undefined;
  return { isLarge, matrix: fine ?? (grain === "tenant" ? coarse : undefined), failure };
}
