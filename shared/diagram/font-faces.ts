/** The letters of a picture or page, carried in it: a viewer need not have its fonts, and sets every text as it was measured. */
import { isInvisible, isJoined, OTHER_FAMILIES, OTHER_FONTS, type FontFiles, type OtherFont } from "./fonts";
import { subsetFont, TrueType } from "./font-subset";
import type { FontWeight, Primitive } from "./primitives";
import { printable } from "./shapes/shape";
import { fontFor } from "./typesetter";

/** Characters by the weight that they are set in, as code points. */
export type Letters = Readonly<Record<FontWeight, ReadonlySet<number>>>;

export function lettersOf(primitives: readonly Primitive[]): Letters {
  const found: Record<FontWeight, Set<number>> = { 400: new Set(), 600: new Set() };
  const add = (list: readonly Primitive[]): void => {
    for (const primitive of list) {
      if (primitive.type === "group") add(primitive.children);
      else if (primitive.type === "text") for (const character of printable(primitive.text)) found[primitive.weight].add(character.codePointAt(0) as number);
    }
  };
  add(primitives);
  return found;
}

/** CSS that brings these letters, as data. What nothing is set in is left out. */
export function fontFaces(letters: Letters, fonts: FontFiles): string {
  const inter = ([[400, fonts.regular], [600, fonts.semibold]] as const).filter(([weight]) => letters[weight].size > 0)
    .map(([weight, file]) => `@font-face{font-family:Inter;font-weight:${weight};src:${data(subsetFont(file, letters[weight]))}}`);
  // One weight is there for both: a viewer would make another of its own.
  return [...inter, ...otherFiles(letters, fonts).map(([font, file]) => `@font-face{font-family:'${OTHER_FAMILIES[font]}';font-weight:400 600;src:${data(file)}}`)].join("");
}

/** The fonts beside Inter that these letters are set in, cut down to them where letters stand alone. No letter is in two of those. */
export function otherFiles(letters: Letters, fonts: FontFiles): readonly (readonly [OtherFont, Uint8Array])[] {
  const { others } = fonts;
  if (others === undefined || others.size === 0) return [];
  const japanese = others.get("japanese"), kana = japanese === undefined ? undefined : new TrueType(japanese), found = new Map<OtherFont, Set<number>>();
  for (const code of new Set([...letters[400], ...letters[600]])) {
    const font = isInvisible(code) ? undefined : fontFor(code, 400, fonts, (_, asked) => kana?.glyphAt(asked) ?? 0);
    if (font !== undefined && font !== "regular" && font !== "semibold") found.set(font, (found.get(font) ?? new Set()).add(code));
  }
  return OTHER_FONTS.flatMap((font) => {
    const file = others.get(font), codes = found.get(font);
    return file === undefined || codes === undefined ? [] : [[font, isJoined(font) ? file : subsetFont(file, codes)] as const];
  });
}

function data(file: Uint8Array): string {
  return `url(data:font/ttf;base64,${base64(file)})`;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
