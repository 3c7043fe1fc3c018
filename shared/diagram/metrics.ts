/** Widths of text set in Inter, without a browser. Kerning is left out: it only ever makes the text a little narrower. */
import { REGULAR, SEMIBOLD, UNITS_PER_EM } from "./inter-metrics.data";
import type { FontWeight } from "./primitives";

const ELLIPSIS = "…";
/** Of characters outside the table: CJK and emoji fill the em; for the rest the PDF draws a box of this width, and other fonts need no more. */
const WIDE = 1, OTHER = 0.92;

const widths: Record<FontWeight, ReadonlyMap<number, number>> = { 400: index(REGULAR), 600: index(SEMIBOLD) };

function index(runs: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  for (const [first = 0, ...advances] of runs) advances.forEach((advance, i) => map.set(first + i, advance / UNITS_PER_EM));
  return map;
}

/** The advance of one code point in ems. */
function advance(code: number, weight: FontWeight): number {
  return widths[weight].get(code) ?? (code >= 0x1100 ? WIDE : OTHER);
}

/** The width of one line in pixels at `size` pixels. */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  let ems = 0;
  for (const character of text) ems += advance(character.codePointAt(0) ?? 0, weight);
  return ems * size;
}

/** The text, or as much of its beginning as fits into `width` pixels with an ellipsis after it; empty where not even that fits. */
export function fitText(text: string, width: number, size: number, weight: FontWeight = 400): string {
  const limit = width / size;
  const room = limit - advance(0x2026, weight);
  let ems = 0, kept = "";
  for (const character of text) {
    ems += advance(character.codePointAt(0) ?? 0, weight);
    if (ems > limit) return room < 0 ? "" : kept.trimEnd() + ELLIPSIS;
    if (ems <= room) kept += character;
  }
  return text;
}

/** Lines of at most `width` pixels, broken at spaces, and inside words that are longer than a line. */
export function wrapText(text: string, width: number, size: number, weight: FontWeight = 400): string[] {
  const limit = width / size, space = advance(0x20, weight);
  const lines: string[] = [];
  let line = "", used = 0;
  for (const word of text.split(/\s+/u).filter((part) => part !== "")) {
    for (const piece of breakWord(word, limit, weight)) {
      if (line !== "" && used + space + piece.ems > limit) {
        lines.push(line);
        line = "";
        used = 0;
      }
      used += piece.ems + (line === "" ? 0 : space);
      line += (line === "" ? "" : " ") + piece.text;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

function breakWord(word: string, limit: number, weight: FontWeight): { text: string; ems: number }[] {
  const pieces: { text: string; ems: number }[] = [];
  let text = "", ems = 0;
  for (const character of word) {
    const next = advance(character.codePointAt(0) ?? 0, weight);
    if (text !== "" && ems + next > limit) {
      pieces.push({ text, ems });
      text = "";
      ems = 0;
    }
    text += character;
    ems += next;
  }
  if (text !== "") pieces.push({ text, ems });
  return pieces;
}
