import { useEffect, type RefObject } from "react";
import { useReactFlow } from "@xyflow/react";
import type { Scene, SceneNode } from "../../shared/diagram/elements";
import { overlaps } from "../../shared/diagram/geometry";
import { GRID, snap } from "../../shared/diagram/sizes";
import type { Topology } from "../../shared/model/topology";
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
import { useHand } from "./drag";
import { aligned } from "./guides";
import { nodesAt } from "./hit";
import { boxAtOrigin, isPlaced } from "./placed-box";
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
    const room = boxAtOrigin((topology, at) => outcomeOf(tool, topology, undefined, at));
    const neighbours = room === undefined ? [] : scene.nodes.filter(({ parent }) => parent === undefined).map(({ absolute, width, height }) => ({ ...absolute, width, height }));
    const clear = (): void => {
      clearHint();
      useHand.setState({ guides: [], coming: undefined });
    };
    /** As with what is dragged: from place to place of the grid, and half a place further to be in line with something in sight. */
    const meaning = (event: MouseEvent): Meaning & Pick<ReturnType<typeof useHand.getState>, "guides" | "coming"> => {
      const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const chain = nodesAt(scene, point), at = { x: snap(point.x - GRIP.x), y: snap(point.y - GRIP.y) };
      const free = meaningOf(tool, chain, at);
      if (room === undefined || free.target !== undefined || !isPlaced(free.outcome)) return { ...free, guides: [], coming: undefined };
      const box = { ...room, x: room.x + at.x, y: room.y + at.y };
      const { x, y, zoom } = flow.getViewport(), { width, height } = element.getBoundingClientRect();
      const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      const { by, guides } = aligned(box, neighbours.filter((other) => overlaps(other, seen)), GRID / 2);
      const inLine = by.x === 0 && by.y === 0 ? free : meaningOf(tool, chain, { x: at.x + by.x, y: at.y + by.y });
      return { ...inLine, guides, coming: { ...box, x: box.x + by.x, y: box.y + by.y } };
    };
    const onMove = (event: PointerEvent): void => {
      if (!isOver(event)) return clear();
      const { outcome, target, guides, coming } = meaning(event);
      useHand.setState({ guides, coming });
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
      clear();
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
      clear();
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
  return { x: snap(at.x), y: snap(at.y) };
}

interface Meaning {
  readonly outcome: Outcome;
  readonly target: string | undefined;
}

/** What comes of a thing or a template on a target, or at a place on the bare canvas. */
function outcomeOf(tool: Tool, topology: Topology, target: string | undefined, at: Point): Outcome {
  if (tool.type === "kind") return create(topology, tool.kind, { target, at, tenant: useSession.getState().currentTenant });
  return TEMPLATES.find((each) => each.id === tool.template)?.build(topology, at) ?? refuse("There is no such template");
}

/** What letting go of the tool on a thing does (`chain`: it and what it is inside of), or at a place on the bare canvas; and on which thing. */
function meaningOf(tool: Tool, chain: readonly string[], at: Point): Meaning {
  const { topology } = useDocument.getState();
  if (tool.type === "template") return { outcome: outcomeOf(tool, topology, undefined, at), target: undefined };
  const target = targetFor(topology, tool.kind, chain);
  if (tool.id !== undefined) {
    const reason = "Drop it on a VM to give the VM to this tenant";
    return { outcome: target === undefined ? refuse(reason) : assign(tool.id, target), target };
  }
  const why = target === undefined ? whyNotOnCanvas(tool.kind) : undefined;
  if (why !== undefined) return { outcome: refuse(why), target };
  return { outcome: outcomeOf(tool, topology, target, at), target };
}

function assign(tenant: string, vm: string): Outcome {
  return connect(useDocument.getState().topology, tenant, vm);
}
