/** Draws the steps of an attack path. Coordinates are absolute. How a step is dashed and what is written on it tell what it is, not its colour. */
import type { AttackLeg } from "./attack-overlay";
import { drawArrow } from "./draw-cable";
import { pathData } from "./geometry";
import type { Primitive } from "./primitives";

/** Solid over the network, dashed beside it, dotted where a VM has to move first. */
export const LEG_DASHES: Readonly<Record<AttackLeg["kind"], readonly number[]>> = { network: [], beside: [7, 4], moved: [2, 4] };

/** The line and its arrow head. */
export function drawLeg({ route, kind }: AttackLeg): Primitive[] {
  const dash = LEG_DASHES[kind];
  return [{ type: "path", d: pathData(route), stroke: "violation", strokeWidth: 2.5, ...(dash.length === 0 ? {} : { dash }) }, ...drawArrow(route)];
}

/** What it goes by, on an opaque ground. */
export function drawLegLabel({ label, labelBox: { x, y, width, height } }: AttackLeg): Primitive[] {
  return [
    { type: "rect", x, y, width, height, radius: height / 2, fill: "surface", stroke: "violation" },
    { type: "text", x: x + width / 2, y: y + height / 2 + 3.8, text: label, size: 10.5, weight: 600, fill: "violation", anchor: "middle" },
  ];
}
