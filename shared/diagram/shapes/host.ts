import { drawClosed, drawFrame } from "./frame";
import type { Shape } from "./shape";

export const hostShape: Shape = {
  under: (node, state) => drawFrame(node, state, { fill: "frame", stroke: "frameLine", radius: 10, size: 13 }),
  over: drawClosed,
};
