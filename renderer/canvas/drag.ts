/** What happens to the picture while things are dragged: they move, their cables follow, nothing is laid out anew. */
import type { SceneCable } from "../../shared/diagram/elements";
import type { Point, Route } from "../../shared/diagram/geometry";

export interface Drag {
  /** Ids that were taken hold of; everything inside them moves along. */
  readonly roots: ReadonlySet<string>;
  /** With everything inside. */
  readonly moving: ReadonlySet<string>;
  readonly by: Point;
}

/** The cable while one or both of its ends are away from their places; the same cable where neither is. */
export function dragCable(cable: SceneCable, drag: Drag | undefined): SceneCable {
  if (drag === undefined) return cable;
  const source = drag.moving.has(cable.source);
  const target = drag.moving.has(cable.target);
  if (!source && !target) return cable;
  const { labelBox } = cable;
  const share = source && target ? 1 : 0.5;
  return {
    ...cable,
    route: shiftRoute(cable.route, source ? drag.by : NOWHERE, target ? drag.by : NOWHERE),
    labelBox: { ...labelBox, x: labelBox.x + drag.by.x * share, y: labelBox.y + drag.by.y * share },
  };
}

export const NOWHERE: Point = { x: 0, y: 0 };

/** Moves both ends of a route; the points between follow in proportion, the two controls at the ends with their ends. */
export function shiftRoute(route: Route, start: Point, end: Point): Route {
  const last = route.length - 1;
  return route.map((point, index) => {
    const share = index <= 1 ? 0 : index >= last - 1 ? 1 : index / last;
    return { x: point.x + start.x * (1 - share) + end.x * share, y: point.y + start.y * (1 - share) + end.y * share };
  });
}
