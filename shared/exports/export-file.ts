/** From an analysed document to a file of any format: the same for the window, for `export`, and for `verify`, which makes a file again. */
import type { ExportAssets, PictureFormat } from "../diagram/export";
import type { OtherFont } from "../diagram/fonts";
import { renderUnsealed } from "../diagram/svg";
import { dot } from "../reports/dot";
import { drawio } from "../reports/drawio";
import { findingsCsv } from "../reports/findings-csv";
import { findingsJunit } from "../reports/junit";
import { mermaid } from "../reports/mermaid";
import { oscal } from "../reports/oscal";
import { reportHtml } from "../reports/report-html";
import { reportMarkdown } from "../reports/report-markdown";
import { findingsSarif } from "../reports/sarif";
import { tableCsv } from "../reports/workbook";
import type { ExportFormat } from "./formats";
import type { Prepared } from "./order";

/** Reads the files that pictures are made with; the fonts beside Inter only where they are named. */
export type Assets = (format: PictureFormat, otherFonts: readonly OtherFont[]) => ExportAssets | Promise<ExportAssets>;

/** Hears what is being done, and of how much how much is done where that can be counted. */
export type Told = (progress: { readonly step: string; readonly done?: number; readonly of?: number }) => void;

type Exporter = (prepared: Prepared, assets: Assets, told: Told) => string | Uint8Array | Promise<string | Uint8Array>;

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  svg: (prepared, assets, told) => picture(prepared, "svg", assets, told),
  png: (prepared, assets, told) => picture(prepared, "png", assets, told),
  pdf: (prepared, assets, told) => picture(prepared, "pdf", assets, told),
  html: async ({ input, wish, report, findings, otherFonts }, assets) => reportHtml(report(), titleOf(findings.document), renderUnsealed(input, wish.options), (await assets("svg", otherFonts())).fonts),
  md: ({ report, findings }) => reportMarkdown(report(), titleOf(findings.document)),
  csv: ({ findings, wish: { table = "findings" }, audit, rules }) => (table === "findings" ? findingsCsv([findings]) : tableCsv(audit(), rules, table)),
  xlsx: async ({ audit, rules }) => (await import("../reports/xlsx")).xlsx(audit(), rules),
  json: ({ findings }) => `${JSON.stringify(findings, null, 2)}\n`,
  sarif: ({ findings, subject, wish, rules }) => findingsSarif([{ report: findings, source: wish.source, ...(wish.canonical ? { canonical: subject.topology } : {}) }], rules),
  junit: ({ findings }) => findingsJunit([findings], "medium"),
  oscal: ({ findings, rules }) => oscal(findings, rules),
  drawio: ({ audit, findings }) => drawio(audit().scene, findings.document.name),
  dot: ({ audit, findings }) => dot(audit().scene, findings.document.name),
  mermaid: ({ audit }) => mermaid(audit().scene),
};

/** The bytes of the file; the same for the same order, on every machine. */
export async function exportFile(prepared: Prepared, format: ExportFormat, assets: Assets, told: Told = () => undefined): Promise<Uint8Array> {
  const file = await EXPORTERS[format](prepared, assets, told);
  return typeof file === "string" ? new TextEncoder().encode(file) : file;
}

function titleOf({ name }: { readonly name: string }): string {
  return `${name}: isolation audit`;
}

/** What makes pictures is read when one is made: other commands start without it. */
async function picture({ input, wish, report, otherFonts }: Prepared, format: PictureFormat, assets: Assets, told: Told): Promise<Uint8Array> {
  const hasReport = format === "pdf" && wish.options.contents !== "diagram";
  if (hasReport) told({ step: "Writing the report" });
  const whole = hasReport ? { ...input, report: report() } : input;
  told({ step: "Drawing" });
  const { exportDiagram } = await import("../diagram/export");
  return exportDiagram(whole, format, wish.options, await assets(format, otherFonts()), (done, of) => told({ step: "Drawing pages", done, of }));
}
