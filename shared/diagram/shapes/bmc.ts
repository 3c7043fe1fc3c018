import { line, outline, type Shape } from "./shape";

/** A chip in the corner of its host. */
export const bmcShape: Shape = {
  over: (node, state) => [
    { type: "rect", x: 0, y: 0, width: node.width, height: node.height, radius: 6, fill: "surface", ...outline(node, state, "surfaceLine") },
    { type: "icon", name: node.icon, x: 8, y: 5, size: 14, stroke: state.tag?.paint ?? "muted" },
    ...line(node.title, { x: 28, y: 16 }, 32, { size: 11, weight: 600, fill: "text" }),
    ...line(node.subtitle, { x: node.width - 8, y: 16 }, node.width - 66, { size: 11, fill: "muted", anchor: "end" }),
  ],
};
