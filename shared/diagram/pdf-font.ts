/** A font of a PDF: the glyphs in use, each with the text that it stands for, so that what is searched and copied is what was written (ISO 32000-1, 9.7). */
import { PDFHexString, PDFName, PDFString, type PDFDocument, type PDFRef } from "@cantoo/pdf-lib";
import { subsetGlyphs, type TrueType } from "./font-subset";

/** Of the descriptor: not in the standard Latin set alone. */
const SYMBOLIC = 4;
/** Entries of one block of a character map. */
const MOST_ENTRIES = 100;

interface Entry {
  readonly glyph: number;
  readonly text: string;
}

export class PdfFont {
  readonly ref: PDFRef;
  /** By their codes, which begin with 1: 0 is for what is not there. */
  private readonly entries: Entry[] = [];
  private readonly codes = new Map<string, number>();

  /** @param name as the file calls it, without blanks */
  constructor(private readonly pdf: PDFDocument, private readonly font: TrueType, private readonly name: string) {
    this.ref = pdf.context.nextRef();
  }

  /** The code by which content calls for a glyph that stands for a text. */
  code(glyph: number, text: string): number {
    const key = `${glyph} ${text}`;
    let code = this.codes.get(key);
    if (code === undefined) {
      code = this.entries.push({ glyph, text });
      this.codes.set(key, code);
    }
    return code;
  }

  /** How wide the file says that a glyph is, in thousandths of an em. */
  width(glyph: number): number {
    return Math.round(this.font.advance(glyph) * 1000);
  }

  /** Writes the font, when all that is set in it is known. */
  write(): void {
    const { context } = this.pdf, { file, place } = subsetGlyphs(this.font, this.entries.map(({ glyph }) => glyph)), { ascent, descent, box } = this.font.extents();
    const thousandths = (ems: number): number => Math.round(ems * 1000), BaseFont = `BULKHD+${this.name}`;
    const FontDescriptor = context.register(context.obj({
      Type: "FontDescriptor", FontName: BaseFont, Flags: SYMBOLIC, FontBBox: box.map(thousandths), ItalicAngle: 0, Ascent: thousandths(ascent), Descent: thousandths(descent),
      CapHeight: thousandths(ascent), StemV: 0, FontFile2: context.register(context.flateStream(file, { Length1: file.length })),
    }));
    const glyphs = new Uint8Array((this.entries.length + 1) * 2);
    this.entries.forEach(({ glyph }, index) => new DataView(glyphs.buffer).setUint16((index + 1) * 2, place.get(glyph) ?? 0));
    const descendant = context.register(context.obj({
      Type: "Font", Subtype: "CIDFontType2", BaseFont, CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 }, FontDescriptor,
      CIDToGIDMap: context.register(context.flateStream(glyphs)), W: [1, this.entries.map(({ glyph }) => this.width(glyph))],
    }));
    const ToUnicode = context.register(context.flateStream(characterMap(this.entries)));
    context.assign(this.ref, context.obj({ Type: "Font", Subtype: "Type0", BaseFont, Encoding: "Identity-H", DescendantFonts: [descendant], ToUnicode }));
  }
}

/** By the names of resources. */
export function addFont(node: { setFontDictionary(name: PDFName, ref: PDFRef): void }, name: string, { ref }: PdfFont): void {
  node.setFontDictionary(PDFName.of(name), ref);
}

function characterMap(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ text }, index) => (text === "" ? [] : [`<${hex4(index + 1)}> ${PDFHexString.of(Array.from({ length: text.length }, (_, at) => hex4(text.charCodeAt(at))).join("")).toString()}`]));
  const blocks = Array.from({ length: Math.ceil(lines.length / MOST_ENTRIES) }, (_, index) => lines.slice(index * MOST_ENTRIES, (index + 1) * MOST_ENTRIES));
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.map((block) => `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar\n`).join("")}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}

/** Four hexadecimal digits. */
export function hex4(code: number): string {
  return code.toString(16).padStart(4, "0");
}
