import { useCallback, type KeyboardEvent } from "react";
import { ownPlace } from "../../shared/diagram/arrange";
import type { Scene } from "../../shared/diagram/elements";
import { place } from "../actions/arrange";
import { isArranging } from "../store/arranging";
import { edit, useDocument } from "../store/document";
import { focusPart } from "../store/parts";
import { select, useSession } from "../store/session";
import { isTyping } from "../ui/keys";
import { focusThing, thingOf, useLastFocused } from "./focus-thing";
import { outermost } from "./hit";
import { beginning, into, outOf, walk, type Direction } from "./walk";

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };
const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const FAR = 5;

/**
 * Keys on the canvas. Arrows nudge what is selected while the keyboard is on it; else they walk from thing to thing, along cables where
 * there are some, with Ctrl up and down out of things and into them, with Alt also from what is selected. Enter selects, and once more
 * goes to the inspector; with Shift or Ctrl it adds to the selection.
 */
export function useCanvasKeys(scene: Scene) {
  return useCallback((event: KeyboardEvent): void => {
    if (isTyping(event.target) || isArranging()) return;
    const focused = thingOf(event.target);
    const acted = event.key in DIRECTIONS ? arrow(scene, event, focused) : (event.key === "Enter" || event.key === " ") && focused !== undefined && enter(event, focused);
    if (acted) event.preventDefault();
  }, [scene]);
}

function arrow(scene: Scene, event: KeyboardEvent, focused: string | undefined): boolean {
  const { selection } = useSession.getState();
  const contains = event.ctrlKey || event.metaKey;
  const onSelection = focused === undefined ? selection.length > 0 : selection.includes(focused);
  if (onSelection && !contains && !event.altKey) return nudge(scene, event);
  const from = [focused, selection.at(-1), useLastFocused.getState().id].find((id) => id !== undefined && scene.node.has(id));
  const to = from === undefined || (focused === undefined && selection.length === 0) ? (from ?? beginning(scene)) : contains ? through(scene, event.key, from) : walk(scene, from, DIRECTIONS[event.key] ?? "right");
  if (to !== undefined) focusThing(to);
  return true;
}

function through(scene: Scene, key: string, from: string): string | undefined {
  return key === "ArrowUp" ? outOf(scene, from) : key === "ArrowDown" ? into(scene, from) : undefined;
}

/** False where nothing that is selected can be moved. */
function nudge(scene: Scene, event: KeyboardEvent): boolean {
  const [x, y] = STEPS[event.key] ?? [0, 0];
  const ids = outermost(scene, useSession.getState().selection).filter((id) => scene.node.get(id)?.movable === true);
  if (ids.length === 0) return false;
  const factor = event.shiftKey ? FAR : 1;
  const { topology } = useDocument.getState();
  const positions = new Map(ids.map((id) => {
    // The picture may be late: a key that is held goes on from where the last step has put it.
    const at = ownPlace(topology.layout, id) ?? scene.node.get(id);
    return [id, { x: (at?.x ?? 0) + x * factor, y: (at?.y ?? 0) + y * factor }] as const;
  }));
  edit(place(topology, positions), `nudge ${ids.join(" ")}`);
  return true;
}

function enter(event: KeyboardEvent, focused: string): boolean {
  const { selection } = useSession.getState();
  if (event.ctrlKey || event.metaKey || event.shiftKey) select(selection.includes(focused) ? selection.filter((id) => id !== focused) : [...selection, focused]);
  else if (selection.length === 1 && selection[0] === focused) focusPart("inspector");
  else select([focused]);
  return true;
}
