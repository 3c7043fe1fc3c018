import { useEffect, useRef, type RefObject } from "react";
import { useReactFlow, useStore } from "@xyflow/react";
import { create } from "zustand";
import type { Scene } from "../../shared/diagram/elements";
import { union } from "../../shared/diagram/geometry";
import { useDocument } from "../store/document";
import { useSession } from "../store/session";
import { registerViewport } from "../store/viewport";
import { useLive } from "../ui/useLive";
import { boxesOf, fitted, inSight, MAX_ZOOM, MIN_ZOOM, whole, type Camera } from "./camera";
import { cornersOf } from "./corners";
import { giveKeyboard } from "./focus-thing";
import { siblings } from "./hit";
import { useKeepInView } from "./useKeepInView";

interface Shown {
  readonly generation: number;
  /** The camera that showed the whole picture. While it is not moved, the picture follows the size of the window. */
  readonly automatic: Camera | undefined;
  /** Where the camera was when the canvas went out of sight. */
  readonly camera?: Camera;
}

/** By how much one step zooms. */
const STEP = 1.2;

/** For which document the camera has been placed. */
const usePlaced = create<{ readonly generation: number | undefined }>(() => ({ generation: undefined }));

function sameCamera(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom;
}

/**
 * Offers the camera to commands, reports the zoom, and shows the whole picture when another document is opened. False until the camera
 * is where this document wants it: what is in sight before that nobody is to see.
 */
export function useViewport(scene: Scene, isAwaited: boolean, frame: RefObject<HTMLElement | null>): boolean {
  const flow = useReactFlow();
  const live = useLive(scene);
  const zoom = useStore((state) => state.transform[2]);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const size = useLive({ width, height });
  /** What was asked for, and is not shown yet. */
  const awaited = useRef<readonly string[] | undefined>(undefined);
  useEffect(() => {
    useSession.setState({ zoom });
    frame.current?.style.setProperty("--zoom", String(zoom));
  }, [zoom, frame]);

  useEffect(() => {
    const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200;
    // A step that is asked for while the one before is still under way goes on from where that one ends.
    let under = { zoom: 1, until: 0 };
    const zoomBy = (factor: number): void => {
      const now = performance.now();
      const wanted = (now < under.until ? under.zoom : flow.getZoom()) * factor;
      under = { zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, wanted)), until: now + 2 * duration };
      void flow.zoomTo(under.zoom, { duration });
    };
    const show = (camera: Camera): void => {
      under.until = 0;
      void flow.setViewport(camera, { duration });
    };
    return registerViewport({
      zoomIn: () => zoomBy(STEP),
      zoomOut: () => zoomBy(1 / STEP),
      zoomToFit: () => show(whole(live.current, size.current, cornersOf(frame.current))),
      zoomTo: (ids) => {
        const boxes = ids.flatMap((id) => boxesOf(live.current, id));
        awaited.current = ids.some((id) => live.current.shownAs.get(id) !== id && !live.current.cable.has(id)) ? ids : undefined;
        if (boxes.length > 0) show(fitted(union(boxes), size.current, 1.5));
      },
      reveal: (id) => {
        const boxes = boxesOf(live.current, id);
        const camera = flow.getViewport();
        if (boxes.length > 0 && !inSight(union(boxes), camera, size.current)) void flow.setViewport(fitted(union(boxes), size.current, camera.zoom));
      },
      focus: giveKeyboard,
      center: () => {
        const { x, y, zoom: scale } = flow.getViewport();
        return { x: (size.current.width / 2 - x) / scale, y: (size.current.height / 2 - y) / scale };
      },
      nodeIds: () => live.current.nodes.map((node) => node.id),
      siblings: (ids) => siblings(live.current, ids),
      closable: (id) => {
        const node = live.current.node.get(id);
        return node !== undefined && (node.container || node.collapsed) ? node : undefined;
      },
    });
  }, [flow, live, size, frame]);

  // Something that was opened for it is in the picture now.
  useEffect(() => {
    const ids = awaited.current;
    if (ids === undefined || !ids.every((id) => scene.node.has(id))) return;
    awaited.current = undefined;
    void flow.setViewport(fitted(union(ids.flatMap((id) => boxesOf(scene, id))), size.current, 1.5));
  }, [scene, flow, size]);

  const generation = useDocument((state) => state.generation);
  const shown = useRef<Shown | undefined>(undefined);
  const placed = usePlaced((state) => state.generation);
  useEffect(() => () => {
    if (shown.current !== undefined) shown.current = { ...shown.current, camera: flow.getViewport() };
    usePlaced.setState({ generation: undefined });
  }, [flow]);
  useEffect(() => {
    if (width === 0 || isAwaited) return;
    usePlaced.setState({ generation });
    const last = shown.current?.generation === generation ? shown.current : undefined;
    // Back from the matrix: the canvas is as it was left.
    if (last?.camera !== undefined) {
      shown.current = { generation, automatic: last.automatic };
      if (last.automatic === undefined || !sameCamera(last.camera, last.automatic)) return void flow.setViewport(last.camera);
    } else if (last !== undefined && (last.automatic === undefined || !sameCamera(flow.getViewport(), last.automatic))) return;
    const camera = whole(live.current, { width, height }, cornersOf(frame.current));
    // What is drawn from nothing stays where it is drawn.
    shown.current = { generation, automatic: live.current.nodes.length === 0 ? undefined : camera };
    void flow.setViewport(camera);
  }, [flow, generation, isAwaited, width, height, live, frame]);
  const isPlaced = placed === generation;
  useKeepInView(scene, frame, isPlaced);
  return isPlaced;
}
