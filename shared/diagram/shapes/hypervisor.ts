import { drawClosed, drawFrame } from "./frame";
import type { Shape } from "./shape";

export const hypervisorShape: Shape = {
  under: (node, state) => drawFrame(node, state, { fill: "band", stroke: "bandLine", radius: 8, size: 12.5 }),
  over: drawClosed,
};
