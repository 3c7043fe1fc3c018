/** What the pointer would do where it is: shown beside it, and drawn on the thing under it. */
import { create } from "zustand";
import type { Point } from "../../shared/diagram/geometry";

export interface PointerHint {
  readonly text: string;
  readonly tone: "ok" | "no" | "plain";
}

interface PointerState {
  /** In the window's coordinates. */
  readonly at: Point;
  readonly hint: PointerHint | undefined;
  /** Id of the node that a drop would act on. */
  readonly target: string | undefined;
}

const NOTHING = { hint: undefined, target: undefined } as const;

export const usePointer = create<PointerState>(() => ({ at: { x: 0, y: 0 }, ...NOTHING }));

export function showHint(at: Point, hint: PointerHint | undefined, target: string | undefined): void {
  usePointer.setState({ at, hint, target });
}

export function clearHint(): void {
  if (usePointer.getState().hint !== undefined || usePointer.getState().target !== undefined) usePointer.setState(NOTHING);
}

/** `connect web to Production` as people read it at the pointer. */
export function sentence(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
