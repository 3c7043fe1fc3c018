/** The tour of a first start: which step is shown. Whether the user has had it is kept by main. */
import { create } from "zustand";

interface TourState {
  /** From 0; undefined while there is no tour. */
  readonly step: number | undefined;
}

export const useTour = create<TourState>(() => ({ step: undefined }));

export function setTourStep(step: number | undefined): void {
  useTour.setState({ step });
}
