import { useEffect, useRef } from "react";
import { useReactFlow, useStore } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
import { union, type Box } from "../../shared/diagram/geometry";
import { useDocument } from "../store/document";
import { useSession } from "../store/session";
import { registerViewport } from "../store/viewport";

const MARGIN = 28;
const LARGEST = 1.25;
/** Legend and minimap lie over the lower corners: what would be under them is shown above. On a small canvas there is only a low legend. */
const CORNERS = { left: 300, right: 184, height: 104 } as const;
const SMALL = { width: 640, height: 380, legend: 44 } as const;

/** Offers the camera to commands, reports the zoom, and shows the whole picture when another document is opened. */
export function useViewport(scene: Scene): void {
  const flow = useReactFlow();
  const live = useRef(scene);
  live.current = scene;
  const zoom = useStore((state) => state.transform[2]);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const size = useRef({ width, height });
  size.current = { width, height };
  useEffect(() => useSession.setState({ zoom }), [zoom]);

  useEffect(() => {
    const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200;
    return registerViewport({
      zoomIn: () => void flow.zoomIn({ duration }),
      zoomOut: () => void flow.zoomOut({ duration }),
      zoomToFit: () => void flow.setViewport(whole(live.current, size.current), { duration }),
      zoomTo: (ids) => {
        const boxes = ids.flatMap((id) => boxesOf(live.current, id));
        if (boxes.length > 0) void flow.setViewport(fitted(union(boxes), size.current, 1.5), { duration });
      },
      center: () => {
        const { x, y, zoom: scale } = flow.getViewport();
        return { x: (size.current.width / 2 - x) / scale, y: (size.current.height / 2 - y) / scale };
      },
      nodeIds: () => live.current.nodes.map((node) => node.id),
    });
  }, [flow]);

  const generation = useDocument((state) => state.generation);
  const shown = useRef(-1);
  useEffect(() => {
    if (width === 0 || shown.current === generation) return;
    shown.current = generation;
    void flow.setViewport(whole(live.current, { width, height }));
  }, [flow, generation, width, height]);
}

function boxesOf(scene: Scene, id: string): Box[] {
  const node = scene.node.get(scene.shownAs.get(id) ?? id);
  if (node !== undefined) return [{ ...node.absolute, width: node.width, height: node.height }];
  const cable = scene.cable.get(id);
  return cable === undefined ? [] : cable.route.map((point) => ({ ...point, width: 0, height: 0 }));
}

type Size = Readonly<Record<"width" | "height", number>>;

/** The camera that shows the whole picture and leaves the corners free where something would lie under them. */
function whole(scene: Scene, screen: Size): { x: number; y: number; zoom: number } {
  if (scene.nodes.length === 0) return { x: 0, y: 0, zoom: 1 };
  const camera = fitted(scene.bounds, screen, LARGEST);
  const small = screen.width <= SMALL.width || screen.height <= SMALL.height;
  const height = small ? SMALL.legend : CORNERS.height;
  const covered = scene.nodes.some((node) => {
    const right = (node.absolute.x + node.width) * camera.zoom + camera.x;
    const left = node.absolute.x * camera.zoom + camera.x;
    const bottom = (node.absolute.y + node.height) * camera.zoom + camera.y;
    return bottom > screen.height - height && (left < CORNERS.left || (!small && right > screen.width - CORNERS.right));
  });
  return covered ? fitted(scene.bounds, { width: screen.width, height: screen.height - height + MARGIN }, LARGEST) : camera;
}

/** The camera that shows a box in the middle with a margin around it. Whole pixels, so that text stays sharp. */
function fitted(box: Box, screen: Size, largest: number): { x: number; y: number; zoom: number } {
  const zoom = Math.max(0.05, Math.min(largest, (screen.width - 2 * MARGIN) / Math.max(1, box.width), (screen.height - 2 * MARGIN) / Math.max(1, box.height)));
  return {
    x: Math.round((screen.width - box.width * zoom) / 2 - box.x * zoom),
    y: Math.round((screen.height - box.height * zoom) / 2 - box.y * zoom),
    zoom,
  };
}
