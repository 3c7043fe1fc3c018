/** Stands for the value of a field in which the chosen records differ. */
export const MIXED_VALUE = Symbol("mixed");
