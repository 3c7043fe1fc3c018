/// <reference types="vite/client" />
/** React Flow as it comes: every box an element with its default look, every cable an edge. */
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { ReactFlow, type ReactFlowInstance } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { shown, type PeerPage, type PeerPicture } from "./picture";

let flow: ReactFlowInstance | undefined;

function Picture({ nodes, cables }: PeerPicture) {
  return createElement(ReactFlow, {
    defaultNodes: nodes.map(({ id, name, x, y, width, height, color, isFrame }) => ({
      id, position: { x, y }, width, height, data: { label: name }, style: { width, height, background: color }, zIndex: isFrame ? 0 : 1,
    })),
    defaultEdges: cables.map(({ id, source, target }) => ({ id, source, target })),
    fitView: true, minZoom: 0.01, onInit: (instance) => { flow = instance; },
  });
}

const page: PeerPage = {
  draw: async (text) => {
    const start = performance.now();
    const picture = JSON.parse(text) as PeerPicture;
    const root = document.getElementById("root");
    if (root === null) throw new Error("the page has no root element");
    createRoot(root).render(createElement(Picture, picture));
    while (document.querySelector(".react-flow__node") === null) await shown();
    await shown();
    const first = performance.now() - start;
    while (document.querySelector(".react-flow__edge") === null) await shown();
    await shown();
    return { first, whole: performance.now() - start };
  },
  far: () => void flow?.fitView(),
  near: (id) => void flow?.fitView({ nodes: [{ id }], minZoom: 1.5, maxZoom: 1.5 }),
};
Object.assign(window, { peer: page });
