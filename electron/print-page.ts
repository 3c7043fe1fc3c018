/** What a window for printing shows: served once, from memory, under an address that nobody can guess. */
import { randomUUID } from "node:crypto";
import { sheetOf } from "../shared/diagram/paper";
import type { PrintJob } from "../shared/ipc";

/** A page to be printed may draw and use the program's fonts. */
export const PRINT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FOLDER = "/print/";

/** As the PDF sets its text: substitutions would change what a search finds. */
const LETTERS = '"liga" 0,"calt" 0,"clig" 0';

/** By the path of their address. */
const waiting = new Map<string, string>();

/** Keeps the pages of a job until they are taken. Answers the path of their address. */
export function keepPrintPage(job: PrintJob): string {
  const path = `${FOLDER}${randomUUID()}`;
  waiting.set(path, printPage(job));
  return path;
}

/** What an address under `app:` is to show for printing, which is forgotten then. */
export function takePrintPage(address: string): string | undefined {
  const path = URL.parse(address)?.pathname ?? "", page = waiting.get(path);
  waiting.delete(path);
  return page;
}

/** One sheet a page, each with its drawing in vectors and its text as text. */
function printPage({ title, paper, orientation, pages, fonts }: PrintJob): string {
  const { width, height } = sheetOf(paper, orientation);
  const faces = fonts.map(({ family, weight, url }) => `@font-face{font-family:"${family}";font-weight:${weight};font-display:block;src:url("${url}")}`).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title.replace(/[&<>]/g, " ")}</title>
<style>${faces}
@page{size:${width}pt ${height}pt;margin:0}
html,body{margin:0;background:#fff}
.page{width:${width}pt;height:${height}pt;overflow:hidden;break-after:page}
.page:last-child{break-after:auto}
.page svg{display:block;width:100%;height:100%;font-feature-settings:${LETTERS}}</style></head><body>
${pages.map((svg) => `<div class="page">${svg.replace(/^<\?xml[^>]*\?>\s*/, "")}</div>`).join("\n")}
</body></html>`;
}
