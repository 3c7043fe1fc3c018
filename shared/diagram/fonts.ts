/** Which font sets a character: Inter, and for what it does not have, others of the same family of families. */
import { ARABIC_END, OTHER } from "./other-metrics.data";
import { REGULAR, SEMIBOLD, UNITS_PER_EM } from "./inter-metrics.data";
import type { FontWeight } from "./primitives";

/** Their families, as they are named in files. Han characters are Chinese in form unless the document has kana. */
export const OTHER_FAMILIES = {
  japanese: "Noto Sans JP", chinese: "Noto Sans SC", korean: "Noto Sans KR", arabic: "Noto Sans Arabic", hebrew: "Noto Sans Hebrew", thai: "Noto Sans Thai",
  devanagari: "Noto Sans Devanagari", emoji: "Noto Emoji",
} as const;
export type OtherFont = keyof typeof OTHER_FAMILIES;
export const OTHER_FONTS = Object.keys(OTHER_FAMILIES) as readonly OtherFont[];

/** Their letters join, stand above one another or change places: words are set as a whole, and the font is carried whole. */
const JOINED: ReadonlySet<OtherFont> = new Set(["arabic", "hebrew", "thai", "devanagari"]);

/** TrueType files. */
export interface FontFiles {
  readonly regular: Uint8Array;
  readonly semibold: Uint8Array;
  /** Those that a document needs (`otherFontsIn`), in one weight. */
  readonly others?: ReadonlyMap<OtherFont, Uint8Array>;
}

export function isJoined(font: OtherFont): boolean {
  return JOINED.has(font);
}

/** Widths of Inter in ems. */
const inter: Record<FontWeight, ReadonlyMap<number, number>> = { 400: index(REGULAR), 600: index(SEMIBOLD) };

function index(runs: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  for (const [first = 0, ...advances] of runs) advances.forEach((advance, i) => map.set(first + i, advance / UNITS_PER_EM));
  return map;
}

interface OtherRun {
  readonly font: OtherFont;
  readonly first: number;
  readonly last: number;
  readonly width: number;
}

/** In order of their characters, of which each is in one. */
let others: readonly OtherRun[] | undefined;

function otherRunOf(code: number): OtherRun | undefined {
  others ??= Object.entries(OTHER).flatMap(([font, runs]) => runs.map(([first, count, width]): OtherRun => ({ font: font as OtherFont, first, last: first + count - 1, width: width / 1000 }))).sort((a, b) => a.first - b.first);
  let low = 0, high = others.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((others[middle]?.first ?? 0) <= code) low = middle + 1;
    else high = middle;
  }
  const run = others[low - 1];
  return run !== undefined && code <= run.last ? run : undefined;
}

/** Which font has a character; undefined where none does. Chinese stands for Japanese too, where a document is set in that. */
export function fontOf(code: number): "inter" | OtherFont | undefined {
  return inter[400].has(code) ? "inter" : otherRunOf(code)?.font;
}

/** Of characters in none of the fonts: a box with their number, or a font of the reader's. */
const BOX = 1;

/**
 * The advance of one code point in ems; of letters that join, the most that they take. `before`: the code point before it; what the end of an Arabic word
 * takes more is counted where the word begins.
 */
export function advance(code: number, weight: FontWeight, before = 0): number {
  const known = inter[weight].get(code);
  if (known !== undefined) return known;
  if (isInvisible(code)) return 0;
  const run = otherRunOf(code);
  return run === undefined ? BOX : run.width + (run.font === "arabic" && !isArabic(before) ? ARABIC_END / 1000 : 0);
}

function isArabic(code: number): boolean {
  return (code >= 0x600 && code <= 0x8ff) || (code >= 0xfb50 && code <= 0xfefc) || code === 0x200d;
}

/** Joiners, selectors and marks of direction: they say how their neighbours are set, and are not seen themselves. */
export function isInvisible(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || (code >= 0x2060 && code <= 0x2064) || (code >= 0xfe00 && code <= 0xfe0f) || code === 0xfeff || code === 0x61c || code === 0xad
    || code === 0x34f || (code >= 0xe0000 && code <= 0xe0fff);
}

const BEYOND_LATIN = /[^\u0000-\u024f]/u;
const KANA = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]/u;

/** Those that a text needs beside Inter, in the order in which they are asked for a character. */
export function otherFontsIn(text: string): readonly OtherFont[] {
  if (!BEYOND_LATIN.test(text)) return [];
  const needed = new Set<OtherFont>();
  for (const character of new Set(text)) {
    const font = fontOf(character.codePointAt(0) as number);
    if (font !== undefined && font !== "inter") needed.add(font);
  }
  if (KANA.test(text)) needed.add("japanese");
  return OTHER_FONTS.filter((font) => needed.has(font));
}
