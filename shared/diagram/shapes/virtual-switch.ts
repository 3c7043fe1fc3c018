import { BAR_HEIGHT, PADDING } from "../sizes";
import { barOf } from "../placed";
import { heading, outline, type Shape } from "./shape";

/** A bar under its port groups. A switch of several hypervisors lies in a lane of its own. */
export const virtualSwitchShape: Shape = {
  under: (node, state) => {
    if (node.parent !== undefined || node.height <= BAR_HEIGHT) {
      return state.target === true ? [{ type: "rect", x: -4, y: -4, width: node.width + 8, height: node.height + 8, radius: 8, fill: "accentSoft" }] : [];
    }
    return [{ type: "rect", x: 0, y: 0, width: node.width, height: node.height, radius: PADDING - 6, fill: state.target === true ? "accentSoft" : "lane", stroke: "laneLine", dash: [6, 4] }];
  },
  over: (node, state) => {
    const bar = barOf({ x: 0, y: 0, width: node.width, height: node.height }, node.parent === undefined);
    return [
      { type: "rect", ...bar, radius: 6, fill: "bar", ...outline(node, state, "barLine") },
      { type: "icon", name: node.icon, x: bar.x + 10, y: bar.y + 8, size: 16, stroke: "muted" },
      ...heading(node.title, node.meta, { x: bar.x + 34, y: bar.y + 20.5 }, bar.width - 46, 12),
    ];
  },
};
