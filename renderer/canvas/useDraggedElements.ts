import { useEffect, type RefObject } from "react";
import { useHand, type Drag } from "./drag";
import type { FlowNode } from "./NodeView";

/** Moves the elements of what is dragged with the hand, without rendering them: the library has them at their places until they are let go. `nodes`: those that have elements. */
export function useDraggedElements(frame: RefObject<HTMLElement | null>, drag: Drag | undefined, nodes: readonly FlowNode[]): void {
  useEffect(() => {
    const canvas = frame.current;
    if (drag === undefined || canvas === null) return;
    const find = (): HTMLElement[] => [...canvas.querySelectorAll<HTMLElement>(".react-flow__node")].filter(({ dataset: { id } }) => id !== undefined && drag.moving.has(id));
    let elements = find();
    const move = (): void => {
      const { x, y } = useHand.getState().by;
      for (const { style } of elements) style.translate = `${x}px ${y}px`;
    };
    move();
    // The library makes the elements of new nodes after this.
    const later = requestAnimationFrame(() => {
      elements = find();
      move();
    });
    const stop = useHand.subscribe(move);
    return () => {
      stop();
      cancelAnimationFrame(later);
      for (const { style } of elements) style.removeProperty("translate");
    };
  }, [frame, drag, nodes]);
}
