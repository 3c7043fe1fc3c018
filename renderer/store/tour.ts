/** The tour of a first start: which step is shown. Whether the user has had it is kept by main. */
import { create } from "zustand";
import { useDocument } from "./document";

interface TourState {
  /** From 0; undefined while there is no tour. */
  readonly step: number | undefined;
  /** The document that the tour is about, by its generation: when another is open, the tour is over. */
  readonly generation: number;
}

export const useTour = create<TourState>(() => ({ step: undefined, generation: 0 }));

export function setTourStep(step: number | undefined): void {
  useTour.setState(({ step: before, generation }) => ({ step, generation: before === undefined ? useDocument.getState().generation : generation }));
}
