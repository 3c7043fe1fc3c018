/** The audit report as PDF: vector, Inter embedded as a subset, text that can be searched and copied. The same input gives the same bytes. */
import fontkit from "@cantoo/fontkit";
import { PDFDocument, PDFHexString, PDFName, type PDFFont } from "@cantoo/pdf-lib";
import type { AuditInput } from "./audit-input";
import type { ExportOptions } from "./export-options";
import { EVIDENCE_FILE, evidenceOf, evidenceText } from "./evidence";
import type { FontFiles } from "./font-faces";
import { auditPages, type Page } from "./page";
import { pdfContent, type PdfResources } from "./pdf-content";
import { markPage, packetOf } from "./pdf-marks";
import { BLANK, sealPdf } from "./seal";
import { printable } from "./shapes/shape";
import type { FontWeight } from "./primitives";
import { THEMES, type Theme } from "./theme";

/** A box stands for characters that Inter lacks, a question mark if it lacks that too. */
const MISSING = ["\u25a1", "?"] as const;

/** Substitutions (arrows for `->`, `x` between digits) would change widths and what a search finds. */
const FEATURES = { liga: false, calt: false, clig: false, dlig: false, ccmp: true };

/** @param told hears how many pages are drawn */
export async function renderPdf(input: AuditInput, options: ExportOptions, fonts: FontFiles, told: (done: number, of: number) => void = () => undefined): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.registerFontkit(fontkit);
  const date = new Date(`${input.date}T00:00:00Z`);
  describe(pdf, input, date);
  // The first object that is not compressed: also of a file that was cut off it can be read.
  pdf.catalog.set(PDFName.of("Metadata"), pdf.context.register(pdf.context.stream(packetOf(input), { Type: "Metadata", Subtype: "XML" })));
  const set: Record<FontWeight, Typeface> = { 400: new Typeface(await pdf.embedFont(fonts.regular, { subset: true, features: FEATURES })), 600: new Typeface(await pdf.embedFont(fonts.semibold, { subset: true, features: FEATURES })) };
  const pages = auditPages(input, options);
  for (const [index, page] of pages.entries()) {
    told(index, pages.length);
    addPage(pdf, page, date, set, THEMES[options.theme ?? "print"]);
  }
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

function addPage(pdf: PDFDocument, page: Page, date: Date, fonts: Readonly<Record<FontWeight, Typeface>>, theme: Theme): void {
  const { node } = pdf.addPage([page.width, page.height]);
  markPage(pdf, node, date);
  const opacities = new Map<number, string>();
  const resources: PdfResources = {
    text: (text, weight) => ({ font: `F${weight}`, hex: fonts[weight].encode(text) }),
    opacity: (value) => {
      const name = opacities.get(value) ?? `G${opacities.size + 1}`;
      opacities.set(value, name);
      return name;
    },
  };
  const content = pdfContent(page.primitives, page.height, theme, resources);
  for (const weight of [400, 600] as const) node.setFontDictionary(PDFName.of(`F${weight}`), fonts[weight].font.ref);
  for (const [value, name] of opacities) node.setExtGState(PDFName.of(name), pdf.context.obj({ Type: "ExtGState", ca: value, CA: value }));
  node.set(PDFName.of("Contents"), pdf.context.register(pdf.context.flateStream(content)));
}

/** Encodes text, each string once. */
class Typeface {
  private readonly known: ReadonlySet<number>;
  private readonly cache = new Map<string, string>();
  private readonly missing: string;

  constructor(readonly font: PDFFont) {
    this.known = new Set(font.getCharacterSet());
    this.missing = MISSING.find((character) => this.known.has(character.codePointAt(0) ?? 0)) ?? " ";
  }

  encode(text: string): string {
    let hex = this.cache.get(text);
    if (hex === undefined) {
      const writable = [...printable(text)].map((character) => (this.known.has(character.codePointAt(0) ?? 0) ? character : this.missing)).join("");
      hex = this.font.encodeText(writable).toString();
      this.cache.set(text, hex);
    }
    return hex;
  }
}
