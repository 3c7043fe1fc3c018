import { useCallback, useMemo } from "react";
import type { Scene, SceneCable } from "../../shared/diagram/elements";
import type { Drag } from "./drag";
import { boxOfMoving, type Area } from "./area";
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

/** A large picture: what stands still, and over it what is being dragged. Cables between the two are elements. */
export function PaintedPicture({ scene, looks, area, far, drag }: PaintedPictureProps) {
  const moving = drag?.moving ?? NONE;
  const isMoving = useCallback((id: string): boolean => moving.has(id), [moving]);
  const isStill = useCallback((id: string): boolean => !moving.has(id), [moving]);
  const moves = useCallback((cable: SceneCable): boolean => moving.has(cable.source) || moving.has(cable.target), [moving]);
  const stays = useCallback((cable: SceneCable): boolean => !moving.has(cable.source) || !moving.has(cable.target), [moving]);
  const box = useMemo(() => boxOfMoving(scene, moving, area), [scene, moving, area]);
  return (
    <>
      <PaintedLayer scene={scene} looks={looks} area={area} box={area} far={far} skipsNode={isMoving} skipsCable={moves} isDragged={false} />
      {drag !== undefined && <PaintedLayer scene={scene} looks={looks} area={area} box={box} far={far} skipsNode={isStill} skipsCable={stays} isDragged />}
    </>
  );
}
