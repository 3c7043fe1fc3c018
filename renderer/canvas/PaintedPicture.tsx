import { useMemo } from "react";
import type { Scene } from "../../shared/diagram/elements";
import type { Drag } from "./drag";
import { boxAround, sharedBox, widened, type Area } from "./area";
import type { Looks } from "./looks";
import { PaintedLayer } from "./PaintedLayer";

interface PaintedPictureProps {
  readonly scene: Scene;
  readonly looks: Looks;
  readonly area: Area;
  readonly far: number;
  readonly drag: Drag | undefined;
}

const NONE: ReadonlySet<string> = new Set();
/** Pixels of the screen by which outlines and badges reach beyond blocks. */
const BESIDE = 8;

/** A large picture: what stands still, and over it what is being dragged. Cables between the two are elements. */
export function PaintedPicture({ scene, looks, area, far, drag }: PaintedPictureProps) {
  const moving = drag?.moving ?? NONE;
  const box = useMemo(() => boxAround(scene, moving, "inner", area), [scene, moving, area]);
  // From far away there is no ground: beside the things nothing is painted.
  const still = useMemo(() => (far === 0 ? area : sharedBox(widened(scene.bounds, BESIDE / far), area)), [scene, area, far]);
  return (
    <>
      <PaintedLayer scene={scene} looks={looks} area={area} box={still} far={far} moving={moving} isDragged={false} />
      {drag !== undefined && <PaintedLayer scene={scene} looks={looks} area={area} box={box} far={far} moving={moving} isDragged />}
    </>
  );
}
