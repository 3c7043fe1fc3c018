import { useMemo } from "react";
import { drawCable } from "../../shared/diagram/draw-cable";
import type { Scene } from "../../shared/diagram/elements";
import type { PathPrimitive, Primitive } from "../../shared/diagram/primitives";
import type { Looks } from "./looks";
import { Primitives } from "./Primitives";

/** All cables of the far view, in one element for each look: from far away nobody takes hold of one. */
export function FarCables({ scene, looks }: { readonly scene: Scene; readonly looks: Looks }) {
  const primitives = useMemo(() => {
    const byLook = new Map<string, PathPrimitive>();
    for (const cable of scene.cables) {
      for (const primitive of drawCable(cable, looks.cable(cable))) {
        if (primitive.type !== "path") continue;
        const { d, ...look } = primitive;
        const key = JSON.stringify(look);
        const same = byLook.get(key);
        byLook.set(key, same === undefined ? primitive : { ...same, d: same.d + d });
      }
    }
    return [...byLook.values()] satisfies Primitive[];
  }, [scene, looks]);
  return <svg className="canvas-layer layer-cables" aria-hidden><Primitives of={primitives} /></svg>;
}
