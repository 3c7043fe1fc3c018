/** The letters of a picture or page, carried in it: a viewer need not have Inter, and sets every text as it was measured. */
import { subsetFont } from "./font-subset";
import type { FontWeight, Primitive } from "./primitives";
import { printable } from "./shapes/shape";

/** TrueType files of Inter. */
export interface FontFiles {
  readonly regular: Uint8Array;
  readonly semibold: Uint8Array;
}

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

/** CSS that brings these letters, as data. Each weight that nothing is set in is left out. */
export function fontFaces(letters: Letters, fonts: FontFiles): string {
  return ([[400, fonts.regular], [600, fonts.semibold]] as const).filter(([weight]) => letters[weight].size > 0)
    .map(([weight, file]) => `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/ttf;base64,${base64(subsetFont(file, letters[weight]))})}`).join("");
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
