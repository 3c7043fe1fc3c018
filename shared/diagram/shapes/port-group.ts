import type { SceneNode } from "../elements";
import { fitEnds, textWidth } from "../metrics";
import type { Primitive } from "../primitives";
import { line, markAt, outline, printable, type NodeState, type Shape } from "./shape";

const MOST_MARKS = 4;

/** A pill: name and VLAN, and the marks of its tenants where there are several. */
export const portGroupShape: Shape = {
  over: (node, state) => {
    const { width, height } = node;
    const own = state.tag !== undefined && state.tag.paint !== "violation" ? state.tag.paint : undefined;
    const edge = outline(node, state, "surfaceLine");
    return [
      { type: "rect", x: 0, y: 0, width, height, radius: height / 2, fill: "surface", ...edge },
      ...(own === undefined ? [] : [{ type: "rect", x: 18, y: height - 3, width: width - 36, height: 2, radius: 1, fill: own } as const]),
      ...line(node.title, { x: width / 2, y: 17.5 }, width - 24, { size: 12, weight: 600, fill: "text", anchor: "middle" }),
      ...vlanLine(node, state),
    ];
  },
};

function vlanLine(node: SceneNode, state: NodeState): Primitive[] {
  const tags = state.tag === undefined || node.facts.tenants.length < 2 ? [] : node.facts.tenants.slice(0, MOST_MARKS);
  const marks = tags.length * 10, room = node.width - 22 - marks;
  const text = fitEnds(printable(node.subtitle), room, 10.5);
  const used = textWidth(text, 10.5), start = (node.width - used - (marks === 0 ? 0 : marks + 4)) / 2;
  return [
    ...line(text, { x: start, y: 31.5 }, room + 1, { size: 10.5, fill: "muted" }),
    ...tags.map((tag, index) => markAt(tag.mark, start + used + 5 + index * 10, 24, 8, tag.paint)),
  ];
}
