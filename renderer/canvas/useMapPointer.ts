import { useCallback, useEffect, useRef, useState, type MouseEvent, type PointerEvent } from "react";
import { useReactFlow } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
import { union, type Point } from "../../shared/diagram/geometry";
import { select, useSession } from "../store/session";
import { useLive } from "../ui/useLive";
import { enclosed, nodesAt } from "./hit";

/**
 * The pointer on a painted picture, where most things have no element: what is under it gets one, a click chooses by place, and a
 * frame drawn around things chooses them all.
 */
export function useMapPointer(scene: Scene, painted: boolean) {
  const flow = useReactFlow();
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const live = useLive(scene);
  const frame = useRef<number | undefined>(undefined);
  const start = useRef<Point | undefined>(undefined);
  useEffect(() => () => cancelAnimationFrame(frame.current ?? 0), []);

  const onPointerMove = useCallback((event: PointerEvent): void => {
    if (!painted || event.buttons !== 0 || frame.current !== undefined) return;
    const at = { x: event.clientX, y: event.clientY };
    frame.current = requestAnimationFrame(() => {
      frame.current = undefined;
      setPointed(nodesAt(live.current, flow.screenToFlowPosition(at))[0]);
    });
  }, [flow, live, painted]);
  const onPointerDownCapture = useCallback((event: PointerEvent): void => {
    start.current = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
  }, [flow]);

  /** The thing under a click that hit no element. */
  const thingAt = useCallback((event: MouseEvent): string | undefined => nodesAt(live.current, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }))[0], [flow, live]);
  /** True where the click chose something. */
  const choose = useCallback((event: MouseEvent): boolean => {
    const id = painted ? thingAt(event) : undefined;
    if (id === undefined) return false;
    const { selection } = useSession.getState();
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) select([id]);
    else select(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
    return true;
  }, [painted, thingAt]);
  const onSelectionEnd = useCallback((event: MouseEvent): void => {
    if (!painted || start.current === undefined) return;
    const end = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    select(enclosed(live.current, union([start.current, end].map((point) => ({ ...point, width: 0, height: 0 })))));
  }, [flow, live, painted]);
  return { pointed: painted ? pointed : undefined, onPointerMove, onPointerDownCapture, choose, onSelectionEnd };
}
