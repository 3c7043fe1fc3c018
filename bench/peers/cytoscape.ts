/** cytoscape.js as it comes: its canvas, its defaults, a colour and a name for each box. */
import cytoscape from "cytoscape";
import { shown, type PeerPage, type PeerPicture } from "./picture";

let graph: cytoscape.Core | undefined;

const page: PeerPage = {
  draw: async ({ nodes, cables }: PeerPicture) => {
    const start = performance.now();
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
    await shown();
    return performance.now() - start;
  },
  far: () => void graph?.fit(undefined, 28),
  near: (id) => {
    graph?.zoom(1.5);
    graph?.center(graph.getElementById(id));
  },
};
Object.assign(window, { peer: page });
