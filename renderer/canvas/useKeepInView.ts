import { useEffect, useRef, type RefObject } from "react";
import { useReactFlow, useStoreApi } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
import { union } from "../../shared/diagram/geometry";
import { useDocument } from "../store/document";
import { useSession, type ShownPath } from "../store/session";
import { useLive } from "../ui/useLive";
import { boxesOf, fitted, inSight, whole } from "./camera";
import { cornersOf } from "./corners";

/**
 * The camera gives way where it must: a picture that was seen whole and has grown is shown whole again, and the path of a finding or
 * trace is brought into sight. It never comes nearer by itself, and what the user has panned away from stays away, also when the canvas was
 * out of sight meanwhile. Nothing is done until the camera is placed.
 */
export function useKeepInView(scene: Scene, frame: RefObject<HTMLElement | null>, isPlaced: boolean): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const path = useSession((state) => state.path);
  const generation = useDocument((state) => state.generation);
  const before = useRef({ scene, generation });

  useEffect(() => {
    if (!isPlaced) return;
    const last = before.current;
    before.current = { scene, generation };
    const { width, height } = store.getState();
    if (last.scene === scene || last.generation !== generation || last.scene.nodes.length === 0 || scene.nodes.length === 0 || width === 0) return;
    const camera = flow.getViewport();
    const screen = { width, height };
    if (!inSight(last.scene.bounds, camera, screen) || inSight(scene.bounds, camera, screen)) return;
    void flow.setViewport(whole(scene, screen, cornersOf(frame.current), camera.zoom), { duration: easing() });
  }, [scene, generation, flow, store, frame, isPlaced]);

  const live = useLive(scene);
  const brought = useRef<ShownPath | undefined>(undefined);
  useEffect(() => {
    if (!isPlaced || brought.current === path) return;
    const bring = (): void => {
      brought.current = path;
      const { width, height } = store.getState();
      const boxes = path === undefined ? [] : idsOf(path).flatMap((id) => boxesOf(live.current, id));
      if (boxes.length === 0 || width === 0) return;
      const camera = flow.getViewport();
      const screen = { width, height };
      const box = union(boxes);
      if (!inSight(box, camera, screen)) void flow.setViewport(fitted(box, screen, camera.zoom), { duration: easing() });
    };
    // A canvas that comes into sight has its width once the panels beside it have theirs.
    let waiting = requestAnimationFrame(() => { waiting = requestAnimationFrame(bring); });
    return () => cancelAnimationFrame(waiting);
  }, [path, flow, store, live, isPlaced]);
}

function idsOf({ hops, subjects, steps = [] }: ShownPath): string[] {
  return [...hops.map((hop) => hop.at), ...subjects, ...steps.flatMap(({ from, to, hops: way }) => [from, to, ...way.map((hop) => hop.at)])];
}

function easing(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200;
}
