/**
 * fontkit as pdf-lib wants it. @cantoo/pdf-lib takes any `encode` of a subset for that of fontkit 2, which returns bytes; the one of
 * @pdf-lib/fontkit wants a stream. Its subsets are therefore handed on without `encode`.
 */
import fontkit from "@pdf-lib/fontkit";
import type { PDFDocument } from "@cantoo/pdf-lib";

type Registered = Parameters<PDFDocument["registerFontkit"]>[0];

export const pdfFontkit: Registered = {
  create: (bytes: Uint8Array, name?: string) => {
    const font = fontkit.create(bytes, name), createSubset = font.createSubset.bind(font);
    return Object.assign(font, {
      createSubset: () => {
        const subset = createSubset();
        return { cff: Reflect.get(subset, "cff"), includeGlyph: subset.includeGlyph.bind(subset), encodeStream: subset.encodeStream.bind(subset) };
      },
    });
  },
};
