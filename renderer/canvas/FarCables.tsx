import { useMemo } from "react";
import { drawCable } from "../../shared/diagram/draw-cable";
import type { Scene } from "../../shared/diagram/elements";
import type { PathPrimitive, Primitive } from "../../shared/diagram/primitives";
import type { Looks } from "./looks";
import { Primitives } from "./Primitives";

/** Pixels of the screen below which a single line fades into the ground, most of all a dark one. */
const THINNEST = 0.7;

/** All cables of the far view, in one element for each look: from far away nobody takes hold of one. `far`: the zoom they are drawn for. */
export function FarCables({ scene, looks, far }: { readonly scene: Scene; readonly looks: Looks; readonly far: number }) {
  const primitives = useMemo(() => {
    const byLook = new Map<string, PathPrimitive>();
    for (const cable of scene.cables) {
      for (const primitive of drawCable(cable, looks.cable(cable))) {
        if (primitive.type !== "path") continue;
        const { d, ...drawn } = primitive;
        const look = drawn.strokeWidth === undefined ? drawn : { ...drawn, strokeWidth: Math.max(drawn.strokeWidth, THINNEST / far) };
        const key = JSON.stringify(look);
        const same = byLook.get(key);
        byLook.set(key, { ...look, d: (same?.d ?? "") + d });
      }
    }
    return [...byLook.values()] satisfies Primitive[];
  }, [scene, looks, far]);
  return <svg className="canvas-layer layer-cables" aria-hidden><Primitives of={primitives} /></svg>;
}
