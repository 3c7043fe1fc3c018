/** Numbered badges: hops of the shown path, or findings in an export. */
import type { Primitive } from "../primitives";
import type { Paint } from "../theme";

const MOST = 4;

/** The numbers to write; many end in `+12`. */
function numberTexts(numbers: readonly number[]): string[] {
  if (numbers.length <= MOST) return numbers.map(String);
  const shown = numbers.slice(0, MOST - 1);
  return [...shown.map(String), `+${numbers.length - shown.length}`];
}

/** A number in a filled round badge whose left circle is centred on (x, y). `small`: one of several. */
function numberBadge(text: string, x: number, y: number, small: boolean, fill: Paint): { width: number; primitives: Primitive[] } {
  const height = small ? 15 : 18, size = small ? 9.5 : 11, width = Math.max(height, height * 0.45 + text.length * size * 0.6);
  return {
    width,
    primitives: [
      { type: "rect", x: x - height / 2, y: y - height / 2, width, height, radius: height / 2, fill, stroke: "surface" },
      { type: "text", x: x - height / 2 + width / 2, y: y + size * 0.36, text, size, weight: 600, fill: "onBadge", anchor: "middle" },
    ],
  };
}

/** Several numbers side by side from (x, y) on. */
export function numberBadges(numbers: readonly number[], x: number, y: number, fill: Paint = "violation"): Primitive[] {
  const texts = numberTexts(numbers);
  let at = x;
  return texts.flatMap((text) => {
    const badge = numberBadge(text, at, y, texts.length > 1, fill);
    at += badge.width + 1;
    return badge.primitives;
  });
}
