/** Points, boxes and routes of the diagram, in canvas pixels; y grows downwards. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A chain of cubic curves: the start, then two controls and an end for each curve (1 + 3n points). */
export type Route = readonly Point[];

export type Side = "top" | "bottom" | "left" | "right";

/** Where a cable touches a box, and which way it leaves it. */
export interface Anchor extends Point {
  readonly side: Side;
}

const NORMAL: Record<Side, Point> = { top: { x: 0, y: -1 }, bottom: { x: 0, y: 1 }, left: { x: -1, y: 0 }, right: { x: 1, y: 0 } };
const SHORTEST_REACH = 16;

/** One curve that leaves `a` and meets `b` square to their sides. */
export function curve(a: Anchor, b: Anchor): Route {
  const vertical = a.side === "top" || a.side === "bottom";
  const along = vertical ? b.y - a.y : b.x - a.x;
  const facing = NORMAL[a.side].x === -NORMAL[b.side].x && NORMAL[a.side].y === -NORMAL[b.side].y;
  const reach = facing ? Math.abs(along) / 2 : Math.max(SHORTEST_REACH, Math.abs(along) * 0.75, Math.hypot(b.x - a.x, b.y - a.y) * 0.2);
  const from = NORMAL[a.side], to = NORMAL[b.side];
  return [
    { x: a.x, y: a.y }, { x: a.x + from.x * reach, y: a.y + from.y * reach },
    { x: b.x + to.x * reach, y: b.y + to.y * reach }, { x: b.x, y: b.y },
  ];
}

/** A smooth route downwards or upwards through waypoints, upright at each of them: straight where x stays, an S where it changes. */
export function spline(waypoints: readonly Point[]): Route {
  const route: Point[] = [];
  for (const point of waypoints) {
    const last = route.at(-1);
    if (last === undefined) route.push(point);
    else if (last.x !== point.x || last.y !== point.y) {
      const bend = (point.y - last.y) / 2;
      route.push({ x: last.x, y: last.y + bend }, { x: point.x, y: point.y - bend }, point);
    }
  }
  return route;
}

/** SVG path data of a route, rounded to hundredths. */
export function pathData(route: Route): string {
  const first = route[0];
  if (first === undefined) return "";
  let data = `M${coordinates(first)}`;
  for (let i = 1; i + 2 < route.length; i += 3) {
    data += `C${coordinates(at(route, i))} ${coordinates(at(route, i + 1))} ${coordinates(at(route, i + 2))}`;
  }
  return data;
}

/** A number as drawings write it: at most two decimals, no exponent, no `-0`. */
export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

function coordinates(point: Point): string {
  return `${round(point.x)} ${round(point.y)}`;
}

function at(route: Route, index: number): Point {
  return route[index] ?? { x: 0, y: 0 };
}

export function reversed(route: Route): Route {
  return [...route].reverse();
}

/** The point at `share` (0 to 1) of the route's length, measured on 8 chords per curve. */
export function pointAt(route: Route, share: number): Point {
  const chords = flatten(route);
  let total = 0;
  for (let i = 1; i < chords.length; i++) total += distance(at(chords, i - 1), at(chords, i));
  let left = total * share;
  for (let i = 1; i < chords.length; i++) {
    const a = at(chords, i - 1), b = at(chords, i), step = distance(a, b);
    if (left <= step && step > 0) return { x: a.x + ((b.x - a.x) * left) / step, y: a.y + ((b.y - a.y) * left) / step };
    left -= step;
  }
  return at(chords, chords.length - 1);
}

/** The route as a polyline of 8 chords per curve: for lengths, hit tests and bounds. */
export function flatten(route: Route): Point[] {
  const points: Point[] = route.length > 0 ? [at(route, 0)] : [];
  for (let i = 1; i + 2 < route.length; i += 3) {
    const p0 = at(route, i - 1), p1 = at(route, i), p2 = at(route, i + 1), p3 = at(route, i + 2);
    for (let step = 1; step <= 8; step++) points.push(bezier(p0, p1, p2, p3, step / 8));
  }
  return points;
}

function bezier(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  const s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
  return { x: a * p0.x + b * p1.x + c * p2.x + d * p3.x, y: a * p0.y + b * p1.y + c * p2.y + d * p3.y };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** Whether two boxes share area; touching edges do not count. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The smallest box around all boxes; an empty one at the origin where there are none. */
export function union(boxes: Iterable<Box>): Box {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return left <= right ? { x: left, y: top, width: right - left, height: bottom - top } : { x: 0, y: 0, width: 0, height: 0 };
}
