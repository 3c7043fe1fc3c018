/** The audit report as PDF: vector, its letters embedded, text that can be searched and copied. The same input gives the same bytes. */
import { PDFDocument, PDFHexString, PDFName, type PDFRef } from "@cantoo/pdf-lib";
import type { AuditInput } from "./audit-input";
import { hasRightToLeft } from "./directions";
import type { ExportOptions } from "./export-options";
import { EVIDENCE_FILE, evidenceOf, evidenceText } from "./evidence";
import { OTHER_FAMILIES } from "./fonts";
import { auditPages, type Page } from "./page";
import { pdfContent, type PdfResources, type PdfRun } from "./pdf-content";
import { addFont, hex4, PdfFont } from "./pdf-font";
import { markPage, packetOf } from "./pdf-marks";
import { BLANK, sealPdf } from "./seal";
import { printable } from "./shapes/shape";
import type { FontWeight } from "./primitives";
import { THEMES, type Theme } from "./theme";
import type { FontName, SetGlyph, Typesetter } from "./typesetter";
import { withCodes } from "./unknown-letters";

/** @param told hears how many pages are drawn */
export async function renderPdf(input: AuditInput, options: ExportOptions, typesetter: Typesetter, told: (done: number, of: number) => void = () => undefined): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const date = new Date(`${input.date}T00:00:00Z`);
  describe(pdf, input, date);
  // The first object that is not compressed: also of a file that was cut off it can be read.
  pdf.catalog.set(PDFName.of("Metadata"), pdf.context.register(pdf.context.stream(packetOf(input), { Type: "Metadata", Subtype: "XML" })));
  const type = new PdfType(pdf, typesetter);
  const pages = auditPages(input, options);
  for (const [index, page] of pages.entries()) {
    told(index, pages.length);
    addPage(pdf, page, date, type, THEMES[options.theme ?? "print"]);
  }
  addOutline(pdf, pages);
  type.write();
  const evidence = evidenceOf(input);
  if (evidence !== undefined) {
    await pdf.attach(new TextEncoder().encode(evidenceText(evidence)), EVIDENCE_FILE, { mimeType: "application/json", description: "The analysed document and its verdicts", creationDate: date, modificationDate: date });
  }
  pdf.context.trailerInfo.ID = pdf.context.obj([PDFHexString.of(BLANK), PDFHexString.of(BLANK)]);
  return sealPdf(await pdf.save({ useObjectStreams: true, addDefaultPage: false }));
}

function describe(pdf: PDFDocument, input: AuditInput, date: Date): void {
  pdf.setTitle(printable(`${input.topology.name}: isolation audit`), { showInWindowTitleBar: true });
  pdf.setSubject(`SHA-256 ${input.sha256}`);
  if (input.author !== undefined) pdf.setAuthor(printable(input.author));
  pdf.setCreator("Bulkhead");
  pdf.setProducer(`Bulkhead ${input.analyzer}`);
  pdf.setLanguage("en");
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
}

function addPage(pdf: PDFDocument, page: Page, date: Date, type: PdfType, theme: Theme): void {
  const { node } = pdf.addPage([page.width, page.height]);
  markPage(pdf, node, date);
  const opacities = new Map<number, string>(), used = new Map<string, PdfFont>();
  const resources: PdfResources = {
    text: (text, weight) => {
      const runs = type.set(text, weight);
      for (const { name, font } of runs) used.set(name, font);
      return runs;
    },
    opacity: (value) => {
      const name = opacities.get(value) ?? `G${opacities.size + 1}`;
      opacities.set(value, name);
      return name;
    },
  };
  const content = pdfContent(withCodes(page.primitives), page.height, theme, resources);
  for (const [name, font] of used) addFont(node, name, font);
  for (const [value, name] of opacities) node.setExtGState(PDFName.of(name), pdf.context.obj({ Type: "ExtGState", ca: value, CA: value }));
  node.set(PDFName.of("Contents"), pdf.context.register(pdf.context.flateStream(content)));
}

/** Where sections begin, as readers list them beside the pages (ISO 32000-1, 12.3.3). */
function addOutline(pdf: PDFDocument, pages: readonly Page[]): void {
  const items = pages.flatMap(({ sections }, index) => sections.map((title) => ({ title, page: pdf.getPage(index).ref })));
  if (items.length < 2) return;
  const root = pdf.context.nextRef(), refs = items.map(() => pdf.context.nextRef()), end = refs.length - 1;
  items.forEach(({ title, page }, index) => {
    pdf.context.assign(refs[index] as PDFRef, pdf.context.obj({
      Title: PDFHexString.fromText(printable(title)), Parent: root, Dest: [page, "Fit"], ...(index === 0 ? {} : { Prev: refs[index - 1] as PDFRef }), ...(index === end ? {} : { Next: refs[index + 1] as PDFRef }),
    }));
  });
  pdf.context.assign(root, pdf.context.obj({ Type: "Outlines", First: refs[0] as PDFRef, Last: refs[end] as PDFRef, Count: items.length }));
  pdf.catalog.set(PDFName.of("Outlines"), root);
}

const INTER: Partial<Record<FontName, string>> = { regular: "Inter-Regular", semibold: "Inter-SemiBold" };

/** Sets text, each string once. */
class PdfType {
  private readonly fonts = new Map<FontName, { readonly name: string; readonly font: PdfFont }>();
  private readonly cache: Readonly<Record<FontWeight, Map<string, readonly (PdfRun & { readonly font: PdfFont })[]>>> = { 400: new Map(), 600: new Map() };

  constructor(private readonly pdf: PDFDocument, private readonly typesetter: Typesetter) {}

  set(text: string, weight: FontWeight): readonly (PdfRun & { readonly font: PdfFont })[] {
    let runs = this.cache[weight].get(text);
    if (runs === undefined) {
      runs = this.typesetter.set(text, weight).map(({ font: face, glyphs }) => {
        const { name, font } = this.font(face);
        return { name, font, width: glyphs.reduce((sum, { advance }) => sum + advance, 0), ...shown(font, glyphs) };
      });
      this.cache[weight].set(text, runs);
    }
    return runs;
  }

  write(): void {
    for (const { font } of this.fonts.values()) font.write();
  }

  private font(face: FontName): { readonly name: string; readonly font: PdfFont } {
    let known = this.fonts.get(face);
    if (known === undefined) {
      const family = INTER[face] ?? `${OTHER_FAMILIES[face as keyof typeof OTHER_FAMILIES].replaceAll(" ", "")}-Regular`;
      known = { name: `F${this.fonts.size + 1}`, font: new PdfFont(this.pdf, this.typesetter.font(face), family) };
      this.fonts.set(face, known);
    }
    return known;
  }
}

/** Glyphs of one height after another, with the steps between them where they stand otherwise than the file of the font says. */
function shown(font: PdfFont, glyphs: readonly SetGlyph[]): Pick<PdfRun, "shows" | "says"> {
  const shows: { rise: number; array: string }[] = [];
  /** How far the pen still has to go, in thousandths of an em. */
  let step = 0;
  for (const { id, text, advance, dx, dy } of glyphs) {
    const rise = Math.round(dy * 1000) / 1000, code = hex4(font.code(id, text));
    let last = shows.at(-1);
    if (last?.rise !== rise) shows.push((last = { rise, array: "" }));
    const before = step + Math.round(dx * 1000);
    if (before === 0 && last.array.endsWith(">")) last.array = `${last.array.slice(0, -1)}${code}>`;
    else last.array += `${before === 0 ? "" : ` ${-before} `}<${code}>`;
    step = Math.round(advance * 1000) - font.width(id) - Math.round(dx * 1000);
  }
  const words = glyphs.map(({ text }) => text).join("");
  return glyphs.some(({ dx, dy }) => dx !== 0 || dy !== 0) && !hasRightToLeft(words) ? { shows, says: PDFHexString.fromText(words).toString() } : { shows };
}
