/** Characters that none of the fonts has: a box with their number, as readers of pictures and of paper have no other font to see them in; and words that say which they are. */
import { COLLECTIONS, compareIds, entries, type Topology } from "../model/topology";
import { fontOf, isInvisible } from "./fonts";
import { textWidth } from "./metrics";
import { shareBefore, type Primitive, type TextPrimitive } from "./primitives";
import { printable } from "./shapes/shape";

/** In ems of the text around it. */
const BOX = 1, DIGIT = 0.38, UNDER = 0.12;

/** The primitives with a box in place of each such character. */
export function withCodes(primitives: readonly Primitive[]): readonly Primitive[] {
  return primitives.flatMap((primitive): readonly Primitive[] => {
    if (primitive.type === "group") return [{ ...primitive, children: withCodes(primitive.children) }];
    return primitive.type === "text" && Array.from(primitive.text).some(isUnknown) ? spelled(primitive) : [primitive];
  });
}

function isUnknown(character: string): boolean {
  const code = character.codePointAt(0) as number;
  return code > 0x24f && fontOf(code) === undefined && !isInvisible(code);
}

function spelled(text: TextPrimitive): Primitive[] {
  const { anchor: _, ...plain } = text, { size, weight } = text;
  const parts: Primitive[] = [];
  let x = text.x - shareBefore(text) * textWidth(text.text, size, weight), words = "";
  const flush = (): void => {
    // A text begins with no blank: its place is kept instead.
    const text = words.trimStart(), blanks = words.slice(0, words.length - text.length);
    if (text !== "") parts.push({ ...plain, x: x + textWidth(blanks, size, weight), text });
    x += textWidth(words, size, weight);
    words = "";
  };
  for (const character of text.text) {
    if (!isUnknown(character)) {
      words += character;
      continue;
    }
    flush();
    parts.push(...box(character, x, plain));
    x += BOX * size;
  }
  flush();
  return parts;
}

/** Its number in hexadecimal digits, the first half above the other. */
function box(character: string, x: number, { y, size, fill, opacity }: TextPrimitive): Primitive[] {
  const digits = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0"), half = Math.ceil(digits.length / 2), veil = opacity === undefined ? {} : { opacity };
  const line = (text: string, above: number): Primitive => ({ type: "text", x: x + size * BOX / 2, y: y - size * above, text, size: size * DIGIT, weight: 400, fill, anchor: "middle", ...veil });
  return [
    { type: "rect", x: x + size * 0.06, y: y - size * (BOX - UNDER - 0.04), width: size * (BOX - 0.12), height: size * (BOX - 0.08), radius: size * 0.08, stroke: fill, strokeWidth: size * 0.05, ...veil },
    line(digits.slice(0, half), 0.44), line(digits.slice(half), 0.04),
  ];
}

const BEYOND_LATIN = /[^\u0000-\u024f]/u;
/** Of which there is no font at all; what is missing of others is told by its number. */
const SCRIPTS = [
  "Armenian", "Balinese", "Bengali", "Cherokee", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Javanese", "Kannada", "Khmer", "Lao", "Malayalam", "Mongolian", "Myanmar", "Nko", "Oriya", "Sinhala", "Syriac", "Tamil", "Telugu", "Thaana",
  "Tibetan", "Tifinagh", "Yi",
].map((name) => ({ name, has: new RegExp(`\\p{Script=${name}}`, "u") }));
const MOST_NAMES = 5;

/** Heads what `unknownLetters` says. */
export const UNKNOWN_TITLE = "Letters without a font";

interface Places {
  /** `the document’s name` … */
  readonly texts: Set<string>;
  /** Of the records whose names they are in. */
  readonly ids: Set<string>;
}

/** Which letters no font has of what a document calls its things, whose they are, and how they are shown; undefined where there are none. */
export function unknownLetters(topology: Topology, author?: string): string | undefined {
  const found = new Map<string, Places>();
  const look = (text: string | undefined, note: (places: Places) => void): void => {
    if (text === undefined || !BEYOND_LATIN.test(text)) return;
    for (const script of new Set(Array.from(printable(text)).filter(isUnknown).map(scriptOf))) {
      const places = found.get(script) ?? { texts: new Set(), ids: new Set() };
      found.set(script, places);
      note(places);
    }
  };
  look(author, ({ texts }) => texts.add("the author’s name"));
  look(topology.name, ({ texts }) => texts.add("the document’s name"));
  look(topology.description, ({ texts }) => texts.add("the document’s description"));
  for (const collection of COLLECTIONS) for (const [id, own] of entries(topology, collection)) look("name" in own ? own.name : undefined, ({ ids }) => ids.add(id));
  if (found.size === 0) return undefined;
  const words = [...found].sort(([a], [b]) => compareIds(a, b)).map(([script, { texts, ids }]) => `${script} in ${joined([...texts, ...(ids.size === 0 ? [] : [`the ${ids.size === 1 ? "name" : "names"} of ${some([...ids])}`])])}`);
  return `${words.join("; ")}. In PDF and PNG each is a box with its number in Unicode; elsewhere fonts of the reader’s own set it.`;
}

function scriptOf(character: string): string {
  return SCRIPTS.find(({ has }) => has.test(character))?.name ?? `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`;
}

function some(ids: readonly string[]): string {
  return ids.length > MOST_NAMES ? `${ids.slice(0, MOST_NAMES).join(", ")} and ${ids.length - MOST_NAMES} more` : joined(ids);
}

/** `a, b and c`. */
function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
