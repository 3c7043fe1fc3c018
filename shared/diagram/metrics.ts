/** Widths of text, without a browser. Kerning is left out: it only ever makes the text a little narrower. */
import { endsRightToLeft } from "./directions";
import { advance } from "./fonts";
import type { FontWeight } from "./primitives";

const ELLIPSIS = "…", RIGHT_TO_LEFT_MARK = "\u200f";
/** What belongs to the character before it, and what joins the next to it: a text is not cut there. */
const CLINGS = /^[\p{M}\u200c\u200d\u{1f3fb}-\u{1f3ff}]$/u;

/** The width of one line in pixels at `size` pixels. */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  let ems = 0, before = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    ems += advance(code, weight, before);
    before = code;
  }
  return ems * size;
}

/** The text, or as much of its beginning as fits into `width` pixels with an ellipsis after it; empty where not even that fits. */
export function fitText(text: string, width: number, size: number, weight: FontWeight = 400): string {
  const limit = width / size;
  const room = limit - advance(0x2026, weight);
  let ems = 0, kept = 0, at = 0, before = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (ems <= room && !clings(character, text[at - 1])) kept = at;
    ems += advance(code, weight, before);
    before = code;
    if (ems > limit) return room < 0 ? "" : ended(text.slice(0, kept).trimEnd());
    at += character.length;
  }
  return text;
}

/** The same with some of its end behind the ellipsis: of names that begin alike it tells which is which. */
export function fitEnds(text: string, width: number, size: number, weight: FontWeight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = Array.from(text), most = (width / size) * END_SHARE;
  let start = characters.length, ems = 0;
  for (let at = characters.length - 1; at > 0; at -= 1) {
    const character = characters[at] as string;
    ems += advance(character.codePointAt(0) as number, weight, characters[at - 1]?.codePointAt(0));
    if (ems > most) break;
    if (!clings(character, characters[at - 1])) start = at;
  }
  const end = characters.slice(start).join("").trimStart(), beginning = fitText(text, width - textWidth(end, size, weight), size, weight);
  return beginning === "" ? "" : beginning + end;
}

/** Of a text that is cut in its middle, so much of what is left. */
const END_SHARE = 0.35;

function clings(character: string, before: string | undefined): boolean {
  return character > "\u02ff" && (CLINGS.test(character) || before === "\u200d");
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

/** Where a name is best parted: behind the last mark between its words, if that does not waste half a line; else at its end. */
function breakBefore(text: string): number {
  const at = text.search(/[-./_:@,][^-./_:@,]*$/u) + 1;
  return at * 2 > text.length ? at : text.length;
}

function breakWord(word: string, limit: number, weight: FontWeight): { text: string; ems: number }[] {
  const pieces: { text: string; ems: number }[] = [];
  let text = "", ems = 0;
  for (const character of word) {
    const next = advance(character.codePointAt(0) as number, weight, text.codePointAt(text.length - 1));
    if (text !== "" && ems + next > limit && next > 0 && !clings(character, text.at(-1))) {
      const end = breakBefore(text), rest = text.slice(end), over = textWidth(rest, 1, weight);
      pieces.push({ text: text.slice(0, end), ems: ems - over });
      text = rest;
      ems = over;
    }
    text += character;
    ems += next;
  }
  if (text !== "") pieces.push({ text, ems });
  return pieces;
}
