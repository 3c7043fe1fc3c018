import { useEffect, type RefObject } from "react";
import { useReactFlow } from "@xyflow/react";
import type { Scene, SceneNode } from "../../shared/diagram/elements";
import { snap } from "../../shared/diagram/sizes";
import { targetFor, whyNotOnCanvas } from "../actions/accepts";
import { connect } from "../actions/connect";
import { create } from "../actions/create";
import { refuse, type Outcome, type Point } from "../actions/draft";
import { TEMPLATES } from "../actions/templates";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { setTool, useSession, type Tool } from "../store/session";
import { viewport } from "../store/viewport";
import { isTyping } from "../ui/keys";
import { focusThing, thingOf } from "./focus-thing";
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
    const meaning = (event: MouseEvent): { outcome: Outcome; target: string | undefined } => {
      const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      return meaningOf(tool, nodesAt(scene, point), { x: point.x - GRIP.x, y: point.y - GRIP.y });
    };
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
    // Enter means the thing that has the keyboard, or what is selected; beside them the first free place in sight.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || tool.dragging === true || !(event.target === document.body || (event.target instanceof Node && element.contains(event.target))) || isTyping(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      const on = thingOf(event.target) ?? useSession.getState().selection.at(-1);
      const done = perform(meaningOf(tool, chainOf(scene, on), freePlace(scene, viewport()?.center() ?? { x: 0, y: 0 })).outcome);
      if (!done) return;
      if (!event.shiftKey) setTool(undefined);
      const [made] = useSession.getState().selection;
      if (made !== undefined) focusThing(made);
    };
    const swallow = (event: Event): void => event.stopPropagation();
    window.addEventListener("keydown", onKey, { capture: true });
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    for (const name of ["pointerdown", "mousedown", "click"] as const) element.addEventListener(name, swallow, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKey, { capture: true });
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

/** A thing and what it is inside of, innermost first. */
function chainOf(scene: Scene, id: string | undefined): string[] {
  const chain: string[] = [];
  for (let node = id === undefined ? undefined : scene.node.get(id); node !== undefined; node = node.parent === undefined ? undefined : scene.node.get(node.parent)) chain.push(node.id);
  return chain;
}

/** What stands on the bare canvas is about so large, with the gap to the next. */
const FREE = { width: 320, height: 240, gap: 32 } as const;

/** Near a point, to the right of whatever stands there. */
function freePlace(scene: Scene, { x, y }: Point): Point {
  const at = { x: x - FREE.width / 2, y: y - FREE.height / 2 };
  const outer = scene.nodes.filter((node) => node.parent === undefined);
  const covers = (): SceneNode | undefined => outer.find((node) => at.x < node.absolute.x + node.width + FREE.gap && at.x + FREE.width + FREE.gap > node.absolute.x && at.y < node.absolute.y + node.height + FREE.gap && at.y + FREE.height + FREE.gap > node.absolute.y);
  for (let node = covers(); node !== undefined; node = covers()) at.x = node.absolute.x + node.width + FREE.gap;
  return at;
}

/** What letting go of the tool on a thing does (`chain`: it and what it is inside of), or at a place on the bare canvas; and on which thing. */
function meaningOf(tool: Tool, chain: readonly string[], place: Point): { outcome: Outcome; target: string | undefined } {
  const { topology } = useDocument.getState();
  const at = { x: snap(place.x), y: snap(place.y) };
  if (tool.type === "template") {
    const template = TEMPLATES.find((each) => each.id === tool.template);
    return { outcome: template?.build(topology, at) ?? refuse("There is no such template"), target: undefined };
  }
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
