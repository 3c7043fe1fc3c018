import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Scene } from "../../shared/diagram/elements";
import { buildScene } from "../../shared/diagram/scene";
import { sceneOptions } from "../picture/scene-options";
import { useAnalysis } from "../store/analysis";
import { useArranging } from "../store/arranging";
import { isDrawnApart, useDocument } from "../store/document";
import { usePicture } from "../store/picture";

/** Nothing has been drawn yet. */
const BLANK: Scene = {
  nodes: [], cables: [], tenants: [], segments: [], bounds: { x: 0, y: 0, width: 0, height: 0 }, node: new Map(), cable: new Map(), shownAs: new Map(),
};

/** How the picture of the document comes about. */
export interface Picture {
  readonly scene: Scene;
  /** It follows the document some time after it, because it is drawn in a worker. */
  readonly isLate: boolean;
  /** There is nothing to see yet. */
  readonly isAwaited: boolean;
}

/** The picture of the document as it is, or as an arrangement would make it, coloured by the newest analysis. */
export function usePictureOfDocument(): Picture {
  const written = useDocument((state) => state.topology);
  const generation = useDocument((state) => state.generation);
  const isLate = isDrawnApart(written);
  const drawn = usePicture(useShallow(({ scene: made, generation: of }) => ({ scene: made, generation: of })));
  const here = useSceneHere(isLate);
  const scene = isLate ? (drawn.generation === generation ? drawn.scene : undefined) : here;
  return { scene: scene ?? BLANK, isLate, isAwaited: scene === undefined };
}

/** Drawn where it is shown; undefined where that is done elsewhere. */
function useSceneHere(isElsewhere: boolean): Scene | undefined {
  const written = useDocument((state) => state.topology);
  const preview = useArranging((state) => state.layout);
  const topology = useMemo(() => (preview === undefined ? written : { ...written, layout: preview }), [written, preview]);
  const findings = useAnalysis((state) => state.findings);
  const segments = useAnalysis((state) => state.segments);
  const managementExposedTo = useAnalysis((state) => state.summary?.managementExposedTo);
  const options = useMemo(() => (isElsewhere ? undefined : sceneOptions({ findings, segments, managementExposedTo: managementExposedTo ?? [] })), [findings, segments, managementExposedTo, isElsewhere]);
  return useMemo(() => (options === undefined ? undefined : buildScene(topology, options)), [topology, options]);
}
