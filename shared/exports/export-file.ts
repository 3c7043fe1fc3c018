/** From an analysed document to a file of any format: the same for the window, for `export`, and for `verify`, which makes a file again. */
import type { ExportAssets, PictureFormat } from "../diagram/export";
import { renderSvg, renderUnsealed } from "../diagram/svg";
import { dot } from "../reports/dot";
import { drawio } from "../reports/drawio";
import { findingsCsv } from "../reports/findings-csv";
import { findingsJunit } from "../reports/junit";
import { mermaid } from "../reports/mermaid";
import { oscal } from "../reports/oscal";
import { reportHtml } from "../reports/report-html";
import { reportMarkdown } from "../reports/report-markdown";
import { findingsSarif } from "../reports/sarif";
import { isolationRules } from "../rules/custom/sourced";
import { RULES } from "../rules/index";
import type { RuleInfo } from "../rules/rule";
import type { Prepared } from "./order";

/** Reads the files that pictures are made with. */
export type Assets = (format: PictureFormat) => ExportAssets | Promise<ExportAssets>;

type Exporter = (prepared: Prepared, assets: Assets) => string | Uint8Array | Promise<string | Uint8Array>;

const EXPORTERS = {
  svg: ({ input, wish }) => renderSvg(input, wish.options),
  png: (prepared, assets) => picture(prepared, "png", assets),
  pdf: (prepared, assets) => picture(prepared, "pdf", assets),
  html: ({ input, wish, report, findings }) => reportHtml(report(), titleOf(findings.document), renderUnsealed(input, wish.options)),
  md: ({ report, findings }) => reportMarkdown(report(), titleOf(findings.document)),
  csv: ({ findings }) => findingsCsv([findings]),
  xlsx: async (prepared) => (await import("../reports/xlsx")).xlsx(prepared.audit(), rulesOf(prepared)),
  json: ({ findings }) => `${JSON.stringify(findings, null, 2)}\n`,
  sarif: (prepared) => {
    const { findings, subject, wish } = prepared;
    return findingsSarif([{ report: findings, source: wish.source, ...(wish.canonical ? { canonical: subject.topology } : {}) }], rulesOf(prepared));
  },
  junit: ({ findings }) => findingsJunit([findings], "medium"),
  oscal: (prepared) => oscal(prepared.findings, rulesOf(prepared)),
  drawio: ({ audit, findings }) => drawio(audit().scene, findings.document.name),
  dot: ({ audit, findings }) => dot(audit().scene, findings.document.name),
  mermaid: ({ audit }) => mermaid(audit().scene),
} satisfies Record<string, Exporter>;

export type ExportFormat = keyof typeof EXPORTERS;
export const EXPORT_FORMATS = Object.keys(EXPORTERS) as readonly ExportFormat[];

/** The bytes of the file; the same for the same order, on every machine. */
export async function exportFile(prepared: Prepared, format: ExportFormat, assets: Assets): Promise<Uint8Array> {
  const exporter: Exporter = EXPORTERS[format], file = await exporter(prepared, assets);
  return typeof file === "string" ? new TextEncoder().encode(file) : file;
}

function titleOf({ name }: { readonly name: string }): string {
  return `${name}: isolation audit`;
}

function rulesOf({ subject }: Prepared): readonly RuleInfo[] {
  return [...RULES, ...isolationRules(subject.rules)];
}

/** What makes pictures is read when one is made: other commands start without it. */
async function picture({ input, wish, report }: Prepared, format: PictureFormat, assets: Assets): Promise<Uint8Array> {
  const whole = format === "pdf" ? { ...input, report: report() } : input;
  const { exportDiagram } = await import("../diagram/export");
  return exportDiagram(whole, format, wish.options, await assets(format));
}
