/** Draws cables and the path of a finding over them. Coordinates are absolute. */
import type { CableKind, SceneCable } from "./elements";
import { pathData, type Point, type Route } from "./geometry";
import type { Primitive, Stroke } from "./primitives";
import type { Paint } from "./theme";
import { numberBadges } from "./shapes/badge";
import { line } from "./shapes/shape";

export interface CableState {
  readonly selected?: boolean;
  readonly hovered?: boolean;
  readonly dimmed?: boolean;
  /** On the path of the shown finding. */
  readonly onPath?: boolean;
  /** What the lens says. */
  readonly paint?: Paint | undefined;
}

interface CableStyle {
  readonly stroke: Paint;
  readonly width: number;
  readonly dash?: readonly number[];
}

const STYLES: Readonly<Record<CableKind, CableStyle>> = {
  nic: { stroke: "cable", width: 1.25 },
  managementInterface: { stroke: "cable", width: 1.25 },
  portGroup: { stroke: "cable", width: 1.25 },
  uplink: { stroke: "cable", width: 2 },
  trunk: { stroke: "cable", width: 2.5 },
  interface: { stroke: "cable", width: 1.5 },
  external: { stroke: "cable", width: 1.5 },
  bmc: { stroke: "management", width: 1.25, dash: [1, 3] },
  datastore: { stroke: "thinCable", width: 1, dash: [2, 3] },
  distributedFirewall: { stroke: "muted", width: 1, dash: [6, 4] },
};
const FAINT = 0.3;

/** How the line is drawn. */
export function strokeOfCable(cable: SceneCable, state: CableState): Stroke {
  const style = STYLES[cable.kind], strong = state.selected === true || state.hovered === true;
  const dash = cable.disconnected ? [3, 3] : style.dash;
  return {
    strokeWidth: style.width + (strong || state.onPath === true ? 1 : 0),
    stroke: state.onPath === true ? "violation" : strong ? "accent" : (state.paint ?? style.stroke),
    ...(dash === undefined ? {} : { dash }), ...(state.dimmed === true ? { opacity: FAINT } : {}),
  };
}

/** The line. Under the nodes' `over` layer. */
export function drawCable(cable: SceneCable, state: CableState): Primitive[] {
  return [{ type: "path", d: pathData(cable.route), ...strokeOfCable(cable, state) }];
}

/** The label, above everything. Empty while there is nothing to show. */
export function drawCableLabel(cable: SceneCable, state: CableState): Primitive[] {
  const looked = state.selected === true || state.hovered === true;
  if (cable.label === "" || (cable.labelShown === "focus" && !looked)) return [];
  const { x, y, width, height } = cable.labelBox;
  const edge: Paint = state.onPath === true ? "violation" : looked ? "accent" : "surfaceLine";
  const words: Primitive[] = [
    { type: "rect", x, y, width, height, radius: height / 2, stroke: edge },
    ...line(cable.label, { x: x + width / 2, y: y + height / 2 + 3.8 }, width - 8, { size: 10.5, fill: state.onPath === true ? "violation" : "muted", anchor: "middle" }),
  ];
  // The ground behind the words stays opaque, so that no cable shows through them.
  const ground: Primitive = { type: "rect", x, y, width, height, radius: height / 2, fill: "surface" };
  return [ground, ...(state.dimmed === true ? [{ type: "group", opacity: FAINT, children: words } as const] : words)];
}

/** Numbers of hops or findings, right of the label. */
export function drawCableNumbers(cable: SceneCable, numbers: readonly number[], state: CableState): Primitive[] {
  const { x, y, width, height } = cable.labelBox;
  return numberBadges(numbers, x + width + 11, y + height / 2, state.onPath === true ? "violation" : "muted");
}

/** The red line of a path; under the nodes' `over` layer, above the cables. */
export function drawPath(route: Route): Primitive[] {
  return route.length < 4 ? [] : [{ type: "path", d: pathData(route), stroke: "violation", strokeWidth: 2.5 }];
}

/** The arrow head at a path's end, above everything: its tip touches the last node. */
export function drawArrow(route: Route): Primitive[] {
  const tip = route.at(-1), before = route.at(-2);
  if (tip === undefined || before === undefined) return [];
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const ux = (tip.x - before.x) / length, uy = (tip.y - before.y) / length;
  const corner = (side: 1 | -1): Point => ({ x: tip.x - ux * 13 - uy * 7.5 * side, y: tip.y - uy * 13 + ux * 7.5 * side });
  const a = corner(1), b = corner(-1);
  return [{ type: "path", d: `M${tip.x.toFixed(2)} ${tip.y.toFixed(2)}L${a.x.toFixed(2)} ${a.y.toFixed(2)}L${b.x.toFixed(2)} ${b.y.toFixed(2)}Z`, fill: "violation" }];
}
