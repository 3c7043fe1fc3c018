import type { Box } from "../../shared/diagram/geometry";
import { select, showCanvas } from "./session";

/** What others may ask of the canvas while it is shown: the camera belongs to it. */
export interface Viewport {
  zoomIn(): void;
  zoomOut(): void;
  zoomToFit(): void;
  /** Brings things into view; ids that the picture does not show are left out. What a late picture does not show yet is brought into view once it does. */
  zoomTo(ids: readonly string[]): void;
  /** Brings a thing into sight at the present zoom, where it is not. */
  reveal(id: string): void;
  /** Gives a thing the keyboard, once it is drawn. */
  focus(id: string): void;
  /** The middle of what is seen, in canvas coordinates. */
  center(): { readonly x: number; readonly y: number };
  /** Ids of all nodes in the picture. */
  nodeIds(): readonly string[];
  /** The outermost of things with their places, where all of them are in the same thing; undefined where they are not. */
  siblings(ids: readonly string[]): ReadonlyMap<string, Box> | undefined;
  /** A thing that can be closed or is, with its place in what it is in; undefined for others. */
  closable(id: string): { readonly x: number; readonly y: number; readonly collapsed: boolean } | undefined;
}

let current: Viewport | undefined;
/** What is to be done once the canvas is shown. */
let awaited: (() => void) | undefined;

/** Milliseconds in which what was selected gets its elements, and a canvas that appears its camera. */
const SETTLES_MS = 30;

/** Shows things on the canvas: selected, in the middle of what is seen, and the first with the keyboard. */
export function flyTo(ids: readonly string[]): void {
  showCanvas();
  select(ids);
  awaited = () => {
    viewport()?.zoomTo(ids);
    if (ids[0] !== undefined) viewport()?.focus(ids[0]);
  };
  if (current !== undefined) doAwaited();
}

function doAwaited(): void {
  if (awaited !== undefined) setTimeout(awaited, SETTLES_MS);
  awaited = undefined;
}

export function registerViewport(viewport: Viewport): () => void {
  current = viewport;
  doAwaited();
  return () => {
    if (current === viewport) current = undefined;
  };
}

/** Undefined while the canvas is not shown. */
export function viewport(): Viewport | undefined {
  return current;
}
