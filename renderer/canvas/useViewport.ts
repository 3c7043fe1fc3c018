import { useEffect, useRef } from "react";
import { useReactFlow, useStore } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
import { union } from "../../shared/diagram/geometry";
import { useDocument } from "../store/document";
import { useSession } from "../store/session";
import { registerViewport } from "../store/viewport";
import { boxesOf, fitted, whole } from "./camera";
import { useKeepInView } from "./useKeepInView";

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
  useKeepInView(scene);
}
