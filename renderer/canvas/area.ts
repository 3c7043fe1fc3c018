/** What of the picture is in sight and near it. Pure. */
import type { SceneCable, SceneNode } from "../../shared/diagram/elements";
import { overlaps, type Box } from "../../shared/diagram/geometry";
import type { Camera, Size } from "./camera";

/** The area around what is in sight grows in steps of about so many pixels of the screen, so that panning seldom changes it. */
const STEP = 400;

/** In canvas coordinates, of which `step` is a pace of the grid. */
export interface Area extends Box {
  readonly step: number;
}

/** What is in sight and a little around it, on a grid: the same numbers until the camera has gone some way. */
export function areaOf({ x, y, zoom }: Camera, { width, height }: Size): Area {
  const step = STEP / 2 ** Math.round(Math.log2(zoom));
  const left = Math.floor(-x / zoom / step - 0.5) * step, top = Math.floor(-y / zoom / step - 0.5) * step;
  const right = Math.ceil((width - x) / zoom / step + 0.5) * step, bottom = Math.ceil((height - y) / zoom / step + 0.5) * step;
  return { x: left, y: top, width: right - left, height: bottom - top, step };
}

const boxes = new WeakMap<SceneCable, Box>();

/** Around the route's points and controls and the label: a curve never leaves the hull of its points. */
function boxOf(cable: SceneCable): Box {
  const known = boxes.get(cable);
  if (known !== undefined) return known;
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const { x, y } of cable.route) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  if (cable.label !== "") {
    const { labelBox } = cable;
    left = Math.min(left, labelBox.x);
    top = Math.min(top, labelBox.y);
    right = Math.max(right, labelBox.x + labelBox.width);
    bottom = Math.max(bottom, labelBox.y + labelBox.height);
  }
  const box = { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
  boxes.set(cable, box);
  return box;
}

export function cableInArea(cable: SceneCable, area: Box | undefined): boolean {
  return area === undefined || overlaps(boxOf(cable), area);
}

export function nodeInArea({ absolute: { x, y }, width, height }: SceneNode, area: Box | undefined): boolean {
  return area === undefined || (x < area.x + area.width && area.x < x + width && y < area.y + area.height && area.y < y + height);
}
