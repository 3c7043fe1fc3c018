/** The way of each cable: straight down the gutters past other boxes, and one S-curve in the open between. */
import { curve, spline, type Anchor, type Box, type Point, type Route } from "./geometry";
import type { Corridors } from "./corridors";
import type { Placed } from "./placed";
import { COLUMN_GAP, HOST_GAP, LABEL_LANE, PADDING } from "./sizes";
import type { Ends } from "./slots";

export interface Routing {
  readonly placed: Placed;
  readonly corridors: Corridors;
}

export interface Routed {
  readonly route: Route;
  /** Where a label stands free beside the cable: the top of an upright stretch, if there is one. */
  readonly labelAt?: Point;
}

export function routeOf(routing: Routing, ends: Ends): Routed {
  const { from, to } = ends;
  if (ends.wire.kind === "portGroup") return stub(routing, ends);
  if (from.side === "bottom" && to.side === "top") return fall(routing, ends, ends.source, from, ends.target, to, false);
  if (from.side === "top" && to.side === "bottom") return fall(routing, ends, ends.target, to, ends.source, from, true);
  return { route: curve(from, to) };
}

/** From a port group straight down to the bar of its switch. */
function stub(routing: Routing, { source, target, from, to }: Ends): Routed {
  const way: Point[] = [{ x: from.x, y: from.y }];
  pass(routing, way, { id: source, parent: target }, from.x, to.y);
  return { route: spline([...way, { x: lastOf(way).x, y: to.y }]) };
}

/** From the upper node down to the lower one. */
function fall(routing: Routing, ends: Ends, upper: string, start: Anchor, lower: string, end: Anchor, upwards: boolean): Routed {
  const { placed } = routing;
  const over = branch(placed, upper), under = branch(placed, lower);
  const shared = over.find((step) => under.some((other) => other.parent === step.parent))?.parent ?? "";
  const lowerTop = boxOf(placed, under.find((step) => step.parent === shared)?.id ?? lower).y;

  const way: Point[] = [{ x: start.x, y: start.y }];
  let labelAt: Point | undefined;
  for (const { id, parent } of over) {
    const last = parent === shared, box = boxOf(placed, id);
    if (parent === "" && ends.wire.telling && placed.draft.get(upper)?.kind === "virtualSwitch") {
      labelAt = { x: lastOf(way).x, y: box.y + box.height };
      way.push({ x: labelAt.x, y: Math.min(labelAt.y + LABEL_LANE, lowerTop) });
    }
    pass(routing, way, { id, parent }, end.x, last ? lowerTop : bottomOf(placed, parent), last ? under.find((step) => step.parent === shared)?.id : undefined);
    if (last) break;
  }
  const approach: Point[] = [{ x: end.x, y: end.y }];
  for (const { id, parent } of under) {
    if (parent === shared) break;
    rise(routing, approach, id, parent, lastOf(way).x);
  }
  if (labelAt === undefined && ends.wire.telling) {
    // Devices under one another: the label stands beside the lower end.
    labelAt = { x: end.x, y: Math.max(start.y, end.y - 32) };
    if (end.y - start.y > 56) approach.push({ x: end.x, y: end.y - 28 });
  }
  const points = [...way, ...approach.reverse()];
  return { route: spline(upwards ? points.reverse() : points), ...(labelAt === undefined ? {} : { labelAt }) };
}

interface Step {
  readonly id: string;
  readonly parent: string;
}

/** The node and its containers, from the inside out. */
function branch(placed: Placed, id: string): Step[] {
  const steps: Step[] = [];
  for (let current: string | undefined = id; current !== undefined; current = placed.draft.get(current)?.parent) {
    steps.push({ id: current, parent: placed.draft.get(current)?.parent ?? "" });
  }
  return steps;
}

function boxOf(placed: Placed, id: string): Box {
  return placed.boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
}

function bottomOf(placed: Placed, id: string): number {
  const box = boxOf(placed, id);
  return box.y + box.height;
}

function lastOf(points: readonly Point[]): Point {
  return points.at(-1) ?? { x: 0, y: 0 };
}

/** Goes down past the siblings of `id` that end above `limit`, in a gutter if they are in the way. `goal`: the sibling to reach. */
function pass(routing: Routing, way: Point[], { id, parent }: Step, towards: number, limit: number, goal?: string): void {
  const { placed, corridors } = routing;
  const clear = corridors.lowestAbove(parent, limit), here = lastOf(way), box = boxOf(placed, id);
  if (clear <= Math.max(here.y, box.y + box.height)) return;
  const top = Math.max(here.y, box.y + box.height) + 1;
  let x = here.x;
  if (!corridors.free(parent, x, top, clear)) {
    const open = gutters(routing, parent, box, goal).filter((gutter) => corridors.free(parent, gutter, top, clear));
    const detour = (gutter: number): number => Math.abs(gutter - towards) + Math.abs(gutter - here.x);
    x = open.sort((a, b) => detour(a) - detour(b))[0] ?? x;
  }
  if (x !== here.x) {
    if (top - 1 > here.y) way.push({ x: here.x, y: top - 1 });
    way.push({ x, y: Math.min(top + 19, clear) });
  }
  if (clear > lastOf(way).y) way.push({ x, y: clear });
}

/** Upright ways worth trying: beside the box, beside the goal, along the edges of the level. */
function gutters({ placed, corridors }: Routing, parent: string, box: Box, goal: string | undefined): number[] {
  const outer = parent === "", aside = outer ? HOST_GAP / 2 : COLUMN_GAP / 2;
  const around = outer ? corridors.span : boxOf(placed, parent), edge = outer ? -aside : PADDING / 2;
  const tries = [box.x + box.width + aside, box.x - aside, around.x + around.width - edge, around.x + edge];
  if (goal !== undefined && goal !== parent) {
    const near = boxOf(placed, goal);
    tries.push(near.x - aside, near.x + near.width + aside);
  }
  return tries;
}

/** The same upwards, inside the container of the lower end: `way` runs from the end backwards. */
function rise(routing: Routing, way: Point[], id: string, parent: string, towards: number): void {
  const { placed, corridors } = routing;
  const here = lastOf(way), box = boxOf(placed, id), around = boxOf(placed, parent);
  if (corridors.free(parent, here.x, around.y, box.y - 1)) return;
  const gutters = [box.x + box.width + 8, box.x - 8].filter((gutter) => corridors.free(parent, gutter, around.y, box.y - 1));
  const x = gutters.sort((a, b) => Math.abs(a - towards) - Math.abs(b - towards))[0];
  if (x !== undefined) way.push({ x, y: box.y - 20 }, { x, y: around.y });
}
