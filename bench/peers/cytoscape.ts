/** cytoscape.js as it comes: its canvas, its defaults, a colour and a name for each box. */
import cytoscape from "cytoscape";
import { shown, type PeerPage, type PeerPicture } from "./picture";

let graph: cytoscape.Core | undefined;
let drawings = 0;

const page: PeerPage = {
  draw: async (text) => {
    const start = performance.now();
    const { nodes, cables } = JSON.parse(text) as PeerPicture;
    graph = cytoscape({
      container: document.getElementById("root"),
      elements: [
        ...nodes.map(({ id, name, x, y, width, height, color }) => ({ data: { id, name, width, height, color }, position: { x: x + width / 2, y: y + height / 2 } })),
        ...cables.map(({ id, source, target }) => ({ data: { id: `cable ${id}`, source, target } })),
      ],
      layout: { name: "preset" },
      style: [
        { selector: "node", style: { shape: "round-rectangle", width: "data(width)", height: "data(height)", "background-color": "data(color)", label: "data(name)", "text-valign": "center", "font-size": 12 } },
        { selector: "edge", style: { width: 1.25, "line-color": "#a9b2c1" } },
      ],
    });
    graph.fit(undefined, 28);
    graph.on("render", () => { drawings += 1; });
    await shown();
    const whole = performance.now() - start;
    return { first: whole, whole };
  },
  far: () => void graph?.fit(undefined, 28),
  near: (id) => {
    graph?.zoom(1.5);
    graph?.center(graph.getElementById(id));
  },
  drawings: () => drawings,
};
Object.assign(window, { peer: page });
