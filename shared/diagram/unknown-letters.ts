/** Characters that none of the fonts has: a box with their number, as readers of pictures and of paper have no other font to see them in. */
import { fontOf, isInvisible } from "./fonts";
import { textWidth } from "./metrics";
import { shareBefore, type Primitive, type TextPrimitive } from "./primitives";

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
    if (words !== "") parts.push({ ...plain, x, text: words });
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
