/** An arrangement that is looked at before it is taken: what was asked for, and the layout that the canvas shows meanwhile. */
import { create } from "zustand";
import type { Layout } from "../../shared/diagram/arrange";

export type ArrangeMethod = "grid" | "layered";

export interface ArrangeQuestion {
  readonly method: ArrangeMethod;
  /** Ids; undefined: the whole network. */
  readonly selection: readonly string[] | undefined;
  /** What was placed by hand stays where it is. */
  readonly keep: boolean;
}

interface ArrangingState {
  /** Undefined while nothing is being arranged. */
  readonly question: ArrangeQuestion | undefined;
  /** What was selected when it began, and what is known to be placed by hand. */
  readonly selected: readonly string[];
  readonly byHand: readonly string[];
  /** Undefined while it is being worked out. */
  readonly layout: Layout | undefined;
  /** How many things it moves, among those that are around them. */
  readonly moves: number;
  /** 0 to 1, while it is being worked out. */
  readonly progress: number;
  readonly failure: string | undefined;
}

const NOTHING: ArrangingState = { question: undefined, selected: [], byHand: [], layout: undefined, moves: 0, progress: 0, failure: undefined };

export const useArranging = create<ArrangingState>(() => NOTHING);

export function setArranging(state: Partial<ArrangingState>): void {
  useArranging.setState(state);
}

/** The canvas shows the document as it is again. */
export function resetArranging(): void {
  useArranging.setState(NOTHING);
}

export function isArranging(): boolean {
  return useArranging.getState().question !== undefined;
}
