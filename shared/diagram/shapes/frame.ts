/** The frame with a title line: hosts and hypervisors. Closed, it is a stack of cards that says how much is inside. */
import type { SceneNode } from "../elements";
import type { Primitive } from "../primitives";
import type { Paint } from "../theme";
import { plural } from "../words";
import { heading, line, outline, type NodeState } from "./shape";

export interface FrameStyle {
  readonly fill: Paint;
  readonly stroke: Paint;
  readonly radius: number;
  readonly size: number;
}

export function drawFrame(node: SceneNode, state: NodeState, style: FrameStyle): Primitive[] {
  const { width, height } = node;
  if (node.collapsed) return [];
  return [
    { type: "rect", x: 0, y: 0, width, height, radius: style.radius, fill: state.target === true ? "accentSoft" : style.fill, ...outline(node, state, style.stroke) },
    { type: "icon", name: node.icon, x: 14, y: 12, size: 16, stroke: "muted" },
    ...heading(node.title, node.meta, { x: 38, y: 24.5 }, width - 54, style.size),
  ];
}

/** `16 VMs, 3 findings`. */
function insideWords({ guests, contents, facts: { findings } }: SceneNode): string {
  const inside = guests > 0 ? plural(guests, "VM") : `${plural(contents, "thing")} inside`;
  return findings === 0 ? inside : `${inside}, ${plural(findings, "finding")}`;
}

export function drawClosed(node: SceneNode, state: NodeState): Primitive[] {
  if (!node.collapsed) return [];
  const { width, height } = node;
  return [
    { type: "rect", x: 6, y: 5, width: width - 6, height: height - 5, radius: 8, fill: "frame", stroke: "frameLine" },
    { type: "rect", x: 0, y: 0, width: width - 6, height: height - 5, radius: 8, fill: "surface", ...outline(node, state, "frameLine") },
    { type: "icon", name: node.icon, x: 14, y: 17, size: 18, stroke: "muted" },
    ...line(node.title, { x: 44, y: 23 }, width - 64, { size: 12.5, weight: 600, fill: "text" }),
    ...line(insideWords(node), { x: 44, y: 40 }, width - 64, { size: 11, fill: "muted" }),
  ];
}
