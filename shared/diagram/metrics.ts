/** Widths of text, without a browser. Kerning is left out: it only ever makes the text a little narrower. */
import { endsRightToLeft } from "./directions";
import { advance } from "./fonts";
import type { FontWeight } from "./primitives";

const ELLIPSIS = "…", RIGHT_TO_LEFT_MARK = "\u200f";
/** What belongs to the character before it, and what joins the next to it: a text is not cut there. */
const CLINGS = /^[\p{M}\u200c\u200d\u{1f3fb}-\u{1f3ff}]$/u;

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
  let ems = 0, kept = 0, at = 0;
  for (const character of text) {
    if (ems <= room && !CLINGS.test(character) && text[at - 1] !== "\u200d") kept = at;
    ems += advance(character.codePointAt(0) ?? 0, weight);
    if (ems > limit) return room < 0 ? "" : ended(text.slice(0, kept).trimEnd());
    at += character.length;
  }
  return text;
}

/** At the end of a word that is written from right to left, the ellipsis stands left of it. */
function ended(text: string): string {
  return text + ELLIPSIS + (endsRightToLeft(text) ? RIGHT_TO_LEFT_MARK : "");
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
    if (text !== "" && ems + next > limit && next > 0 && !CLINGS.test(character)) {
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
