import { useEffect, type RefObject } from "react";
import { useReactFlow } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
import { snap } from "../../shared/diagram/sizes";
import { targetFor, whyNotOnCanvas } from "../actions/accepts";
import { connect } from "../actions/connect";
import { create } from "../actions/create";
import { refuse, type Outcome, type Point } from "../actions/draft";
import { TEMPLATES } from "../actions/templates";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { setTool, useSession, type Tool } from "../store/session";
import { nodesAt } from "./hit";
import { clearHint, sentence, showHint } from "./pointer";

/** New things appear with their title under the pointer, not their corner. */
const GRIP: Point = { x: 64, y: 24 };

/**
 * Placing what the palette handed to the pointer: by letting go of a drag over the canvas, or by a click. The events are taken before
 * the flow library sees them, so that a click places and does not select. With Shift the tool stays for another.
 */
export function usePlacing(scene: Scene, canvas: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  const tool = useSession((state) => state.tool);
  useEffect(() => {
    const element = canvas.current;
    if (tool === undefined || element === null) return;
    const isOver = (event: MouseEvent): boolean => {
      const box = element.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom && !(event.target instanceof Element && event.target.closest(".canvas-control") !== null);
    };
    const meaning = (event: MouseEvent): { outcome: Outcome; target: string | undefined } => meaningOf(scene, tool, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    const onMove = (event: PointerEvent): void => {
      if (!isOver(event)) return clearHint();
      const { outcome, target } = meaning(event);
      showHint({ x: event.clientX, y: event.clientY }, outcome.ok ? { text: sentence(outcome.change.label), tone: "ok" } : { text: outcome.reason, tone: "no" }, outcome.ok ? target : undefined);
    };
    const onUp = (event: PointerEvent): void => {
      if (event.button !== 0 || !isOver(event)) {
        if (tool.dragging === true) setTool(undefined);
        return;
      }
      const done = perform(meaning(event).outcome);
      swallowClick();
      // The keys that follow mean the new thing, not the palette.
      element.focus({ preventScroll: true });
      clearHint();
      if (tool.dragging === true || (done && !event.shiftKey)) setTool(undefined);
    };
    const swallow = (event: Event): void => event.stopPropagation();
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    for (const name of ["pointerdown", "mousedown", "click"] as const) element.addEventListener(name, swallow, { capture: true });
    return () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      for (const name of ["pointerdown", "mousedown", "click"] as const) element.removeEventListener(name, swallow, { capture: true });
      clearHint();
    };
  }, [tool, scene, flow, canvas]);
}

/** The click that follows belongs to the placing: it must not select what lies under the new thing. */
function swallowClick(): void {
  const swallow = (event: Event): void => event.stopPropagation();
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 100);
}

/** What letting go of the tool at a point does, and on which thing. */
function meaningOf(scene: Scene, tool: Tool, point: Point): { outcome: Outcome; target: string | undefined } {
  const { topology } = useDocument.getState();
  const at = { x: snap(point.x - GRIP.x), y: snap(point.y - GRIP.y) };
  if (tool.type === "template") {
    const template = TEMPLATES.find((each) => each.id === tool.template);
    return { outcome: template?.build(topology, at) ?? refuse("There is no such template"), target: undefined };
  }
  const chain = nodesAt(scene, point);
  const target = targetFor(topology, tool.kind, chain);
  if (tool.id !== undefined) {
    const reason = "Drop it on a VM to give the VM to this tenant";
    return { outcome: target === undefined ? refuse(reason) : assign(tool.id, target), target };
  }
  const why = target === undefined ? whyNotOnCanvas(tool.kind) : undefined;
  if (why !== undefined) return { outcome: refuse(why), target };
  return { outcome: create(topology, tool.kind, { target, at, tenant: useSession.getState().currentTenant }), target };
}

function assign(tenant: string, vm: string): Outcome {
  return connect(useDocument.getState().topology, tenant, vm);
}
