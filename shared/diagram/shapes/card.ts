/** The card: what VMs, management interfaces and devices share. A stripe says what the lens says; icon, name and a second line follow. */
import type { SceneNode } from "../elements";
import type { LensTag } from "../lens";
import type { Primitive } from "../primitives";
import type { Paint } from "../theme";
import { line, markAt, outline, type NodeState } from "./shape";

const STRIPE = 5;

/** A card with a stripe: workloads and other ends of flows. */
export function drawCard(node: SceneNode, state: NodeState): Primitive[] {
  const { width, height } = node, tag = state.tag;
  return [
    ...body(node, state),
    { type: "path", d: stripePath(height), fill: tag?.paint ?? "unowned" },
    { type: "icon", name: node.icon, x: 14, y: 8, size: 16, stroke: "muted" },
    ...line(node.title, { x: 38, y: 20.5 }, width - 46, { size: 12.5, weight: 600, fill: "text" }),
    ...second(node, tag, { x: 38, y: 37 }, width - 46),
  ];
}

/** A card without a stripe: switches, appliances, networks, storage. */
export function drawDevice(node: SceneNode, state: NodeState, stroke: Paint = "muted"): Primitive[] {
  const { width, height } = node, middle = height / 2;
  return [
    ...body(node, state),
    { type: "icon", name: node.icon, x: 14, y: middle - 9, size: 18, stroke },
    ...line(node.title, { x: 42, y: middle - 4 }, width - 52, { size: 12.5, weight: 600, fill: "text" }),
    ...second(node, state.tag, { x: 42, y: middle + 13 }, width - 52),
  ];
}

function body(node: SceneNode, state: NodeState): Primitive[] {
  const { width, height } = node;
  return [{ type: "rect", x: 0, y: 0, width, height, radius: 6, fill: "surface", ...outline(node, state, "surfaceLine"), ...(node.dashed ? { dash: [4, 3] } : {}) }];
}

function second(node: SceneNode, tag: LensTag | undefined, at: { x: number; y: number }, width: number): Primitive[] {
  if (tag === undefined) return line(node.subtitle, at, width, { size: 11, fill: "muted" });
  return [markAt(tag.mark, at.x, at.y - 8, 8, tag.paint), ...line(tag.text, { x: at.x + 12, y: at.y }, width - 12, { size: 11, fill: "muted" })];
}

/** The left edge, with the card's round corners. */
function stripePath(height: number): string {
  return `M6 0H${STRIPE + 1}V${height}H6C2.7 ${height} 0 ${height - 2.7} 0 ${height - 6}V6C0 2.7 2.7 0 6 0Z`;
}
