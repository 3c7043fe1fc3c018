import { useCallback, type KeyboardEvent } from "react";
import type { Scene } from "../../shared/diagram/elements";
import { place } from "../actions/arrange";
import { isArranging } from "../store/arranging";
import { edit, useDocument } from "../store/document";
import { select, useSession } from "../store/session";
import { isTyping } from "../ui/keys";
import { outermost } from "./hit";

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };
const FAR = 5;

/** Keys that act on the focused or selected things: arrows nudge, Enter selects. */
export function useCanvasKeys(scene: Scene) {
  return useCallback((event: KeyboardEvent): void => {
    if (isTyping(event.target) || isArranging()) return;
    const { selection } = useSession.getState();
    const focused = event.target instanceof Element ? event.target.closest(".react-flow__node")?.getAttribute("data-id") : undefined;
    const step = STEPS[event.key];
    if (step !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const ids = outermost(scene, selection).filter((id) => scene.node.get(id)?.movable === true);
      if (ids.length === 0) return;
      event.preventDefault();
      const factor = event.shiftKey ? FAR : 1;
      const positions = new Map(ids.map((id) => {
        const node = scene.node.get(id);
        return [id, { x: (node?.x ?? 0) + step[0] * factor, y: (node?.y ?? 0) + step[1] * factor }] as const;
      }));
      edit(place(useDocument.getState().topology, positions), `nudge ${ids.join(" ")}`);
    } else if ((event.key === "Enter" || event.key === " ") && typeof focused === "string") {
      event.preventDefault();
      const additive = event.ctrlKey || event.metaKey || event.shiftKey;
      if (!additive) select([focused]);
      else select(selection.includes(focused) ? selection.filter((id) => id !== focused) : [...selection, focused]);
    }
  }, [scene]);
}
