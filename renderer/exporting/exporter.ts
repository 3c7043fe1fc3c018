/** Makes files and previews of one document: analysed once a day that is asked for, by the functions that the command line uses. */
import { anonymous } from "../../shared/exports/anonymous";
import { exportFile, type Assets } from "../../shared/exports/export-file";
import { analysed, prepare, type Analysed, type Prepared, type Subject, type Wish } from "../../shared/exports/order";
import type { OtherFont } from "../../shared/diagram/fonts";
import { previewPages, type PageDrawing, type PreviewPage } from "../../shared/exports/preview";
import { workbookSheets } from "../../shared/reports/workbook";
import type { Topology } from "../../shared/model/topology";
import type { RulesFile } from "../../shared/ipc";
import { OwnRules } from "../analysis/own-rules";
import type { DrawnPage, ExportOrder, Preview, Progress } from "./protocol";

/** So much of a text is shown, in characters. A page for browsers of more bytes is shown without its diagram, which is nearly all of it: a report is bounded. */
const SHOWN_TEXT = 40_000, SHOWN_HTML = 3_000_000;
/** Rows of a sheet. */
const SHOWN_ROWS = 60;

/** What was asked for last. */
interface Known {
  readonly today: string;
  readonly anonymize: boolean;
  readonly analysed: Analysed;
  /** What is wished of it. */
  readonly ask: (wish: Wish) => Wish;
}

type Tell = (progress: Progress) => void;

export class Exporter {
  private readonly topology: Topology;
  private readonly own: OwnRules;
  private known: Known | undefined;
  /** Pages of the order that was looked at last. */
  private seen: { readonly key: string; readonly pages: readonly PreviewPage[] } | undefined;

  /** @param text of a valid document */
  constructor(text: string, rules: RulesFile, private readonly assets: Assets) {
    this.topology = JSON.parse(text) as Topology;
    this.own = new OwnRules(rules);
  }

  /** The bytes of the file; undefined where its view shows nothing of the document. */
  async file(order: ExportOrder, tell: Tell = () => undefined): Promise<Uint8Array | undefined> {
    const prepared = this.prepared(order, tell);
    return prepared === undefined ? undefined : exportFile(prepared, order.format, this.assets, tell);
  }

  /** Every page as it is printed, for a viewer that has Inter; undefined where the view shows nothing, or the format has no pages. */
  pages(order: ExportOrder, tell: Tell = () => undefined): readonly DrawnPage[] | undefined {
    const pages = this.pagesOf(order, tell);
    return pages?.map((page, index) => {
      tell({ step: "Drawing pages", done: index, of: pages.length });
      return drawn(page, { ids: `p${index + 1}-`, others: this.othersOf(order, tell) });
    });
  }

  /** A page with its letters, to be looked at. */
  async page(order: ExportOrder, page: number, tell: Tell = () => undefined): Promise<DrawnPage | undefined> {
    const found = this.pagesOf(order, tell)?.[page];
    return found === undefined ? undefined : drawn(found, await this.letters(order));
  }

  async preview(order: ExportOrder, page: number, tell: Tell = () => undefined): Promise<Preview> {
    const prepared = this.prepared(order, tell);
    if (prepared === undefined) return { kind: "nothing" };
    const pages = this.pagesOf(order, tell);
    if (pages !== undefined) {
      const at = Math.min(page, pages.length - 1), shown = pages[at];
      return shown === undefined ? { kind: "nothing" } : { kind: "pages", names: pages.map(({ name }) => name), page: at, drawn: drawn(shown, await this.letters(order)) };
    }
    if (order.format === "xlsx") {
      return { kind: "sheets", sheets: workbookSheets(prepared.audit(), prepared.rules).map(({ name, head, rows }) => ({ name, head, rows: rows.slice(0, SHOWN_ROWS), total: rows.length })) };
    }
    const bytes = await exportFile(prepared, order.format, this.assets, tell);
    if (order.format === "html") {
      const html = new TextDecoder().decode(bytes), isWhole = bytes.length <= SHOWN_HTML;
      return { kind: "html", html: isWhole ? html : withoutDiagram(html), isWhole, bytes: bytes.length };
    }
    // A character is four bytes at most.
    const text = new TextDecoder().decode(bytes.subarray(0, SHOWN_TEXT * 4)).slice(0, SHOWN_TEXT);
    return { kind: "text", text, isWhole: text.length < SHOWN_TEXT, bytes: bytes.length };
  }

  /** The fonts that texts of an order are set in beside Inter. */
  private othersOf(order: ExportOrder, tell: Tell = () => undefined): readonly OtherFont[] {
    return this.prepared(order, tell)?.otherFonts() ?? [];
  }

  /** To draw a page with its letters in it. */
  private async letters(order: ExportOrder): Promise<PageDrawing> {
    const others = this.othersOf(order);
    return { others, fonts: (await this.assets("svg", others)).fonts };
  }

  private pagesOf(order: ExportOrder, tell: Tell): readonly PreviewPage[] | undefined {
    const key = JSON.stringify(order);
    if (this.seen?.key !== key) {
      const prepared = this.prepared(order, tell), pages = prepared === undefined ? undefined : previewPages(prepared, order.format);
      if (pages === undefined) return undefined;
      this.seen = { key, pages };
    }
    return this.seen.pages;
  }

  private prepared({ today, anonymize, wish, format }: ExportOrder, tell: Tell): Prepared | undefined {
    let { known } = this;
    if (known?.today !== today || known.anonymize !== anonymize) {
      tell({ step: "Analysing the document" });
      const subject: Subject = { topology: this.topology, today, assume: "hostile", rules: this.own.writtenFor(this.topology) };
      const nameless = anonymize ? anonymous(subject) : undefined;
      this.known = known = { today, anonymize, analysed: analysed(nameless?.subject ?? subject), ask: nameless?.wish ?? ((same) => same) };
    }
    return prepare(known.analysed, known.ask(wish), format);
  }
}

function withoutDiagram(html: string): string {
  const start = html.indexOf("<figure>"), end = html.indexOf("</figure>", start);
  return start === -1 || end === -1 ? html : `${html.slice(0, start)}<p class="note">The diagram is in the file, and too large to be shown here; SVG shows it alone.</p>${html.slice(end + "</figure>".length)}`;
}

function drawn({ width, height, svg }: PreviewPage, how: PageDrawing): DrawnPage {
  return { width, height, svg: svg(how) };
}
