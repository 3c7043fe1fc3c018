/** What of the picture is in sight and near it. Pure. */
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import { overlaps, union, type Box, type Point, type Route } from "../../shared/diagram/geometry";
import type { Camera, Size } from "./camera";

/** The area around what is in sight grows in steps of about so many pixels of the screen, so that panning seldom changes it. */
const STEP = 400;

/** In canvas coordinates, of which `step` is a pace of the grid. */
export interface Area extends Box {
  readonly step: number;
}

/** What is in sight and a little around it, on a grid. The area before is kept until the camera comes near its edge: who pans to and fro has nothing painted anew. */
export function areaOf({ x, y, zoom }: Camera, { width, height }: Size, before?: Area): Area {
  const step = STEP / 2 ** Math.round(Math.log2(zoom));
  if (before?.step === step && holds(before, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }, step)) return before;
  const left = Math.floor(-x / zoom / step - 0.5) * step, top = Math.floor(-y / zoom / step - 0.5) * step;
  const right = Math.ceil((width - x) / zoom / step + 0.5) * step, bottom = Math.ceil((height - y) / zoom / step + 0.5) * step;
  return { x: left, y: top, width: right - left, height: bottom - top, step };
}

/** Whether what is seen lies in the area with something to spare on every side, and the area is not larger than is made for it. */
function holds(area: Area, seen: Box, step: number): boolean {
  const spare = step / 4, most = 3 * step;
  return seen.x - spare >= area.x && seen.y - spare >= area.y && seen.x + seen.width + spare <= area.x + area.width && seen.y + seen.height + spare <= area.y + area.height
    && area.width <= seen.width + most && area.height <= seen.height + most;
}

const boxes = new WeakMap<SceneCable, Box>();

/** Around the route and the label. */
function boxOf(cable: SceneCable): Box {
  const known = boxes.get(cable);
  if (known !== undefined) return known;
  const box = cable.label === "" ? hullOf(cable.route) : union([hullOf(cable.route), cable.labelBox]);
  boxes.set(cable, box);
  return box;
}

/** Around points and controls: a curve never leaves it. */
function hullOf(route: Route): Box {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const { x, y } of route) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** The stretches of a route that may be seen in an area: those of its curves that come near it. */
export function stretchesInArea(route: Route, area: Box): Route[] {
  const stretches: Point[][] = [];
  let last: Point[] | undefined;
  for (let start = 0; start + 3 < route.length; start += 3) {
    const curve = route.slice(start, start + 4);
    if (!overlaps(hullOf(curve), area)) last = undefined;
    else if (last !== undefined) last.push(...curve.slice(1));
    else stretches.push((last = curve));
  }
  return stretches;
}

/** Marks and outlines reach so far beyond what they are on. */
export const AROUND = 32;

/** The part of the area that holds these things and their cables: those among one another, or all; empty where they are out of sight. */
export function boxAround(scene: Scene, things: ReadonlySet<string>, cables: "inner" | "all", area: Box): Box {
  const parts: Box[] = [];
  for (const id of things) {
    const node = scene.node.get(id);
    if (node !== undefined) parts.push({ ...node.absolute, width: node.width, height: node.height });
  }
  for (const cable of scene.cables) {
    const source = things.has(cable.source), target = things.has(cable.target);
    if (cables === "all" ? source || target : source && target) parts.push(boxOf(cable));
  }
  if (parts.length === 0) return { x: area.x, y: area.y, width: 0, height: 0 };
  return sharedBox(widened(union(parts), AROUND), area);
}

export function widened({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** What two boxes have in common: without width or height where that is nothing. */
export function sharedBox(a: Box, b: Box): Box {
  const left = Math.max(a.x, b.x), top = Math.max(a.y, b.y), right = Math.min(a.x + a.width, b.x + b.width), bottom = Math.min(a.y + a.height, b.y + b.height);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

export function cableInArea(cable: SceneCable, area: Box | undefined): boolean {
  return area === undefined || overlaps(boxOf(cable), area);
}

export function nodeInArea({ absolute: { x, y }, width, height }: SceneNode, area: Box | undefined): boolean {
  return area === undefined || (x < area.x + area.width && area.x < x + width && y < area.y + area.height && area.y < y + height);
}
