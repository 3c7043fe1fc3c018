/** The keyboard on things of the canvas: which one has it, and giving it to another. */
import { create } from "zustand";
import { viewport } from "../store/viewport";

/** Id of the thing that had the keyboard last: where Tab and F6 come back to. */
export const useLastFocused = create<{ readonly id: string | undefined }>(() => ({ id: undefined }));

/** Frames to wait for a thing that is drawn only once it is in sight. */
const MOST_FRAMES = 20;

/** Brings a thing into sight and gives it the keyboard. */
export function focusThing(id: string): void {
  viewport()?.reveal(id);
  giveKeyboard(id);
}

/** Gives a thing the keyboard, once it is drawn. */
export function giveKeyboard(id: string, frames = MOST_FRAMES): void {
  // In a large picture only what is in hand has an element.
  if (frames === MOST_FRAMES) useLastFocused.setState({ id });
  const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (element !== null) element.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => giveKeyboard(id, frames - 1));
}

/** The thing that an event came from. */
export function thingOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? (target.closest(".react-flow__node")?.getAttribute("data-id") ?? undefined) : undefined;
}
