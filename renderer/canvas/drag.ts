/** What happens to the picture while things are dragged: they move, their cables follow, nothing is laid out anew. */
import { create } from "zustand";
import type { SceneCable } from "../../shared/diagram/elements";
import type { Box, Point, Route } from "../../shared/diagram/geometry";
import type { Guide } from "./guides";

/** What is being dragged; the same object for as long as it is. */
export interface Drag {
  /** Ids of what was taken hold of and of everything inside, which moves along. */
  readonly moving: ReadonlySet<string>;
}

export const NOWHERE: Point = { x: 0, y: 0 };

interface Hand {
  /** How far what is dragged is away from its place. */
  readonly by: Point;
  /** What it is in line with there. */
  readonly guides: readonly Guide[];
  /** Where something would stand that is not there yet. */
  readonly coming: Box | undefined;
}

/** Where the hand is. Apart from what it holds: at every move only what moves is drawn anew. */
export const useHand = create<Hand>(() => ({ by: NOWHERE, guides: [], coming: undefined }));

/** How far what is dragged is away from its place. Without a drag it is nowhere, and never changes. */
export function useDraggedBy(drag: Drag | undefined): Point {
  return useHand(({ by }) => (drag === undefined ? NOWHERE : by));
}

/** The cable while one or both of its ends are away from their places; the same cable where neither is. */
export function dragCable(cable: SceneCable, drag: Drag | undefined, by: Point): SceneCable {
  if (drag === undefined) return cable;
  const source = drag.moving.has(cable.source);
  const target = drag.moving.has(cable.target);
  if (!source && !target) return cable;
  const { labelBox } = cable;
  const share = source && target ? 1 : 0.5;
  return {
    ...cable,
    route: shiftRoute(cable.route, source ? by : NOWHERE, target ? by : NOWHERE),
    labelBox: { ...labelBox, x: labelBox.x + by.x * share, y: labelBox.y + by.y * share },
  };
}

/** Moves both ends of a route; the points between follow in proportion, the two controls at the ends with their ends. */
export function shiftRoute(route: Route, start: Point, end: Point): Route {
  const last = route.length - 1;
  return route.map((point, index) => {
    const share = index <= 1 ? 0 : index >= last - 1 ? 1 : index / last;
    return { x: point.x + start.x * (1 - share) + end.x * share, y: point.y + start.y * (1 - share) + end.y * share };
  });
}
