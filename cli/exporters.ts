/** From an analysed document to a file of any format. The same for `export`, and for `verify`, which makes a file again. */
import { acceptanceNotes } from "../shared/analysis/acceptance";
import { analyze } from "../shared/analysis/analyze";
import { findingsReport } from "../shared/analysis/findings-json";
import type { Assume } from "../shared/analysis/result";
import type { AuditInput, ExportOptions } from "../shared/diagram/audit-input";
import type { MadeFile } from "../shared/diagram/evidence";
import type { PictureFormat } from "../shared/diagram/export";
import { buildScene } from "../shared/diagram/scene";
import { renderSvg, renderUnsealed } from "../shared/diagram/svg";
import { formatTopology } from "../shared/model/canonical";
import type { Topology } from "../shared/model/topology";
import { matrixOf } from "../shared/network/network";
import type { Audit } from "../shared/reports/audit";
import { dot } from "../shared/reports/dot";
import { drawio } from "../shared/reports/drawio";
import { findingsCsv } from "../shared/reports/findings-csv";
import { findingsMarkdown } from "../shared/reports/findings-markdown";
import { html } from "../shared/reports/html";
import { findingsJunit } from "../shared/reports/junit";
import { mermaid } from "../shared/reports/mermaid";
import { oscal } from "../shared/reports/oscal";
import { findingsSarif } from "../shared/reports/sarif";
import { RULES } from "../shared/rules/index";
import { isolationRules, type SourcedRule } from "./custom-rules";
import { nativeDigest } from "./digest";

/** What a file is made from. */
export interface Order {
  readonly topology: Topology;
  readonly today: string;
  readonly assume: Assume;
  /** Those of one's own. */
  readonly rules: readonly SourcedRule[];
  /** The document's file, for formats that name it. */
  readonly source: string;
  readonly author?: string;
  readonly options: ExportOptions;
  /** False: the file carries the document's hash, and not the document. */
  readonly evidence: boolean;
}

interface Prepared {
  readonly order: Order;
  readonly audit: Audit;
  readonly input: AuditInput;
}

type Exporter = (prepared: Prepared) => string | Uint8Array | Promise<string | Uint8Array>;

const EXPORTERS = {
  svg: ({ input, order }) => renderSvg(input, order.options),
  png: (prepared) => picture(prepared, "png"),
  pdf: (prepared) => picture(prepared, "pdf"),
  html: ({ audit, input, order }) => html(audit, renderUnsealed(input, order.options)),
  md: ({ audit }) => findingsMarkdown(audit.report, acceptanceNotes(audit.topology, audit.report.today)),
  csv: ({ audit }) => findingsCsv([audit.report]),
  xlsx: async ({ audit }) => (await import("../shared/reports/xlsx")).xlsx(audit),
  json: ({ audit }) => `${JSON.stringify(audit.report, null, 2)}\n`,
  sarif: ({ audit, order }) => findingsSarif([{ report: audit.report, source: order.source }], [...RULES, ...isolationRules(order.rules)]),
  junit: ({ audit }) => findingsJunit([audit.report], "medium"),
  oscal: ({ audit }) => oscal(audit.report),
  drawio: ({ audit }) => drawio(audit.scene, audit.report.document.name),
  dot: ({ audit }) => dot(audit.scene, audit.report.document.name),
  mermaid: ({ audit }) => mermaid(audit.scene),
} satisfies Record<string, Exporter>;

/** What makes pictures is read when one is made: other commands start without it. */
async function picture({ input, order }: Prepared, format: PictureFormat): Promise<Uint8Array> {
  const [{ exportDiagram }, { fontFiles, resvgWasm }] = await Promise.all([import("../shared/diagram/export"), import("./assets")]);
  return exportDiagram(input, format, order.options, { fonts: fontFiles(), wasm: resvgWasm() });
}

export type ExportFormat = keyof typeof EXPORTERS;
export const EXPORT_FORMATS = Object.keys(EXPORTERS) as readonly ExportFormat[];

export async function exportFile(order: Order, format: ExportFormat): Promise<Uint8Array> {
  const exporter: Exporter = EXPORTERS[format], file = await exporter(prepare(order, format));
  return typeof file === "string" ? Buffer.from(file, "utf8") : file;
}

function prepare(order: Order, format: ExportFormat): Prepared {
  const { topology, today, assume, rules, author, options, evidence } = order;
  const analysis = analyze(topology, { today, assume, customRules: isolationRules(rules) });
  const report = findingsReport(analysis, nativeDigest);
  const parties = matrixOf(analysis.network, "vm");
  const audit: Audit = { topology, report, tenants: matrixOf(analysis.network, "tenant"), parties, scene: buildScene(topology) };
  const made: MadeFile = { format, ...(author === undefined ? {} : { author }), options };
  const input: AuditInput = {
    topology, findings: report.findings, summary: report.summary, matrix: parties, sha256: report.document.sha256, date: today, analyzer: report.analyzer, made,
    ...(author === undefined ? {} : { author }), ...(evidence ? { documentText: formatTopology(topology), customRules: rules } : {}),
  };
  return { order, audit, input };
}
