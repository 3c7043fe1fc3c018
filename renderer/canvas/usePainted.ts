import { useMemo } from "react";
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import { useSession } from "../store/session";
import type { Area } from "./area";
import type { Drag } from "./drag";
import { cablesInSight, nodesInSight, tornCables, withContainers } from "./live";
import { looksOf, type Looks } from "./looks";
import { useGradually } from "./useGradually";

interface PaintedOf {
  readonly scene: Scene;
  /** Undefined: the picture is small, and made of elements. */
  readonly area: Area | undefined;
  readonly looks: Looks;
  readonly far: number;
  readonly drag: Drag | undefined;
  readonly target: string | undefined;
  /** Under the pointer. */
  readonly pointed: string | undefined;
  /** That has the keyboard, or had it last. */
  readonly walked: string | undefined;
}

export interface Painted {
  /** What has elements. */
  readonly nodes: readonly SceneNode[];
  readonly cables: readonly SceneCable[];
  /** Of a painted picture: those that are held at one end by what is dragged. */
  readonly torn: readonly SceneCable[];
  /** How the painted layers look: without what elements show over them. */
  readonly looks: Looks;
  /** Whether they show what is selected, because it is too much for elements. */
  readonly hasSelection: boolean;
}

/** So many selected things are shown by elements, wherever they are; more are painted as selected, and have elements where all things in sight have. */
const MOST_HELD = 100;
const NOTHING: readonly never[] = [];
/** So many elements over the painted picture are made in one task. */
const NEW_NODES = 60, NEW_CABLES = 100;

/** What of the picture has elements, and what is painted. */
export function usePainted({ scene, area, looks, far, drag, target, pointed, walked }: PaintedOf): Painted {
  const selection = useSession((state) => state.selection), lens = useSession((state) => state.lens), path = useSession((state) => state.path);
  const isHeld = selection.length <= MOST_HELD;
  const chosen = isHeld ? selection : NOTHING;
  const inSight = useGradually(useMemo(() => (area === undefined || far > 0 ? NOTHING : nodesInSight(scene, area)), [scene, area, far]), NEW_NODES);
  const nodes = useMemo(() => {
    if (area === undefined) return scene.nodes;
    const onPath = [...(looks.overlay?.nodes.keys() ?? []), ...(path?.subjects.map((id) => scene.shownAs.get(id) ?? id) ?? [])].slice(0, MOST_HELD);
    return withContainers(scene, inSight, [...chosen, ...onPath, pointed, target, walked].flatMap((id) => id ?? []));
  }, [scene, area, inSight, chosen, looks.overlay, path, pointed, target, walked]);
  const moving = drag?.moving;
  const torn = useMemo(() => (moving === undefined || area === undefined ? NOTHING : tornCables(scene, moving)), [scene, moving, area]);
  const cablesNear = useGradually(useMemo(() => (area === undefined || far > 0 ? NOTHING : cablesInSight(scene, area)), [scene, area, far]), NEW_CABLES);
  const cables = useMemo(() => {
    if (area === undefined) return scene.cables;
    const all = new Set([...cablesNear, ...chosen.flatMap((id) => scene.cable.get(id) ?? [])]);
    for (const cable of torn) all.delete(cable);
    return [...all];
  }, [scene, area, cablesNear, torn, chosen]);
  const paintedSelection = isHeld ? NOTHING : selection;
  const paintedLooks = useMemo(
    () => looksOf({ scene, lens, selection: paintedSelection, path, target: undefined, hovered: undefined }),
    [scene, lens, paintedSelection, path],
  );
  return { nodes, cables, torn, looks: paintedLooks, hasSelection: !isHeld };
}
