/** Numbered badges: hops of the shown path, or findings in an export. */
import type { Primitive } from "../primitives";

const MOST = 4;

/** The numbers to write; many end in `+12`. */
export function numberTexts(numbers: readonly number[]): string[] {
  if (numbers.length <= MOST) return numbers.map(String);
  const shown = numbers.slice(0, MOST - 1);
  return [...shown.map(String), `+${numbers.length - shown.length}`];
}

/** A number in a filled round badge centred on (x, y). */
export function numberBadge(text: string, x: number, y: number): { width: number; primitives: Primitive[] } {
  const width = Math.max(18, 8 + text.length * 6.6);
  return {
    width,
    primitives: [
      { type: "rect", x: x - 9, y: y - 9, width, height: 18, radius: 9, fill: "violation", stroke: "surface" },
      { type: "text", x: x - 9 + width / 2, y: y + 3.9, text, size: 11, weight: 600, fill: "onBadge", anchor: "middle" },
    ],
  };
}
