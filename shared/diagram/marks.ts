/** Shapes that tell tenants and segments apart without colour. Drawn as paths, because fonts lack or misplace such characters. */

export const MARKS = ["square", "triangle", "circle", "star", "hexagon", "down", "cross", "ring"] as const;
/** `diamond` is reserved for management. */
export type Mark = (typeof MARKS)[number] | "diamond";

/** Outlines in a 10 × 10 box, closed and filled. The ring's hole follows from the even-odd rule. */
export const MARK_PATHS: Record<Mark, string> = {
  square: "M1 1H9V9H1Z",
  triangle: "M5 0.5L9.8 9.2H0.2Z",
  circle: "M5 0.6C7.43 0.6 9.4 2.57 9.4 5C9.4 7.43 7.43 9.4 5 9.4C2.57 9.4 0.6 7.43 0.6 5C0.6 2.57 2.57 0.6 5 0.6Z",
  star: "M5 0L6.47 3.2L9.9 3.6L7.35 5.95L8.05 9.4L5 7.65L1.95 9.4L2.65 5.95L0.1 3.6L3.53 3.2Z",
  hexagon: "M2.6 0.7H7.4L9.8 5L7.4 9.3H2.6L0.2 5Z",
  down: "M0.2 0.8H9.8L5 9.5Z",
  cross: "M3.5 0.5H6.5V3.5H9.5V6.5H6.5V9.5H3.5V6.5H0.5V3.5H3.5Z",
  ring: "M5 0.6C7.43 0.6 9.4 2.57 9.4 5C9.4 7.43 7.43 9.4 5 9.4C2.57 9.4 0.6 7.43 0.6 5C0.6 2.57 2.57 0.6 5 0.6ZM5 3C3.9 3 3 3.9 3 5C3 6.1 3.9 7 5 7C6.1 7 7 6.1 7 5C7 3.9 6.1 3 5 3Z",
  diamond: "M5 0L10 5L5 10L0 5Z",
};

/** The mark of the n-th tenant: with 8 colours, 64 tenants differ in colour or shape. */
export function markOf(index: number): Mark {
  return MARKS[(index + Math.floor(index / MARKS.length)) % MARKS.length] ?? "square";
}
