import { useLayoutEffect, useRef } from "react";
import { drawCable, strokeOfCable } from "../../shared/diagram/draw-cable";
import type { Scene, SceneCable } from "../../shared/diagram/elements";
import { pathData } from "../../shared/diagram/geometry";
import { stretchesInArea, type Area } from "./area";
import { nameOfCable } from "./CableLayer";
import { dragCable, useHand, type Drag } from "./drag";
import type { Looks } from "./looks";
import { Primitives } from "./Primitives";

interface TornCablesProps {
  readonly scene: Scene;
  readonly cables: readonly SceneCable[];
  readonly looks: Looks;
  readonly drag: Drag;
  readonly area: Area;
}

/**
 * Over a painted picture: the cables that what is in hand holds at one end. They follow the hand without being rendered, and only where they can
 * be seen: the box around all of a cable is painted anew at every move, and most lead far away. To screen readers they are the cables that they were.
 */
export function TornCables({ scene, cables, looks, drag, area }: TornCablesProps) {
  const layer = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    const paths = [...(layer.current?.querySelectorAll("path") ?? [])];
    const follow = (): void => {
      const { by } = useHand.getState();
      for (const [index, cable] of cables.entries()) {
        const { route } = dragCable(cable, drag, by);
        // Dashes are counted from the beginning.
        const shown = strokeOfCable(cable, looks.cable(cable)).dash === undefined ? stretchesInArea(route, area) : [route];
        paths[index]?.setAttribute("d", shown.map(pathData).join(""));
      }
    };
    follow();
    return useHand.subscribe(follow);
  }, [cables, looks, drag, area]);
  return (
    <svg ref={layer} className="canvas-layer layer-cables layer-torn">
      {cables.map((cable) => <g key={cable.id} role="button" aria-label={nameOfCable(scene, cable)} data-id={cable.id}><Primitives of={drawCable(cable, looks.cable(cable))} /></g>)}
    </svg>
  );
}
