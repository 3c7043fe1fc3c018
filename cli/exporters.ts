/** From an analysed document to a file of any format. The same for `export`, and for `verify`, which makes a file again. */
import { analyze } from "../shared/analysis/analyze";
import { findingsReport } from "../shared/analysis/findings-json";
import type { Assume, Finding } from "../shared/analysis/result";
import type { AuditInput, ExportOptions } from "../shared/diagram/audit-input";
import type { MadeFile } from "../shared/diagram/evidence";
import type { PictureFormat } from "../shared/diagram/export";
import type { Report } from "../shared/diagram/report";
import { buildScene } from "../shared/diagram/scene";
import { renderSvg, renderUnsealed } from "../shared/diagram/svg";
import { parseView, viewed, type Viewed } from "../shared/diagram/view";
import { formatTopology } from "../shared/model/canonical";
import type { Topology } from "../shared/model/topology";
import { matrixOf } from "../shared/network/network";
import type { Audit } from "../shared/reports/audit";
import { auditReport } from "../shared/reports/audit/audit-report";
import { dot } from "../shared/reports/dot";
import { drawio } from "../shared/reports/drawio";
import { findingsCsv } from "../shared/reports/findings-csv";
import { findingsJunit } from "../shared/reports/junit";
import { mermaid } from "../shared/reports/mermaid";
import { oscal } from "../shared/reports/oscal";
import { reportHtml } from "../shared/reports/report-html";
import { reportMarkdown } from "../shared/reports/report-markdown";
import { findingsSarif } from "../shared/reports/sarif";
import { RULES } from "../shared/rules/index";
import { isolationRules, type SourcedRule } from "./custom-rules";
import { nativeDigest } from "./digest";
import { InputError } from "./failure";

/** What a file is made from. */
export interface Order {
  readonly topology: Topology;
  readonly today: string;
  readonly assume: Assume;
  /** Those of one's own. */
  readonly rules: readonly SourcedRule[];
  /** The document's file, for formats that name it. */
  readonly source: string;
  /** Whether that file is in canonical form: then formats may tell its lines. */
  readonly canonical: boolean;
  readonly author?: string;
  readonly options: ExportOptions;
  /** False: the file carries the document's hash, and not the document. */
  readonly evidence: boolean;
}

interface Prepared {
  readonly order: Order;
  readonly audit: Audit;
  readonly input: AuditInput;
  /** Made only for the formats that print it: it traces. */
  readonly report: () => Report;
}

type Exporter = (prepared: Prepared) => string | Uint8Array | Promise<string | Uint8Array>;

const EXPORTERS = {
  svg: ({ input, order }) => renderSvg(input, order.options),
  png: (prepared) => picture(prepared, "png"),
  pdf: (prepared) => picture(prepared, "pdf"),
  html: ({ audit, input, order, report }) => reportHtml(report(), titleOf(audit), renderUnsealed(input, order.options)),
  md: ({ audit, report }) => reportMarkdown(report(), titleOf(audit)),
  csv: ({ audit }) => findingsCsv([audit.report]),
  xlsx: async ({ audit, order }) => (await import("../shared/reports/xlsx")).xlsx(audit, [...RULES, ...isolationRules(order.rules)]),
  json: ({ audit }) => `${JSON.stringify(audit.report, null, 2)}\n`,
  sarif: ({ audit, order }) => findingsSarif([{ report: audit.report, source: order.source, ...(order.canonical ? { canonical: audit.topology } : {}) }], [...RULES, ...isolationRules(order.rules)]),
  junit: ({ audit }) => findingsJunit([audit.report], "medium"),
  oscal: ({ audit, order }) => oscal(audit.report, [...RULES, ...isolationRules(order.rules)]),
  drawio: ({ audit }) => drawio(audit.scene, audit.report.document.name),
  dot: ({ audit }) => dot(audit.scene, audit.report.document.name),
  mermaid: ({ audit }) => mermaid(audit.scene),
} satisfies Record<string, Exporter>;

function titleOf({ topology }: Audit): string {
  return `${topology.name}: isolation audit`;
}

/** What makes pictures is read when one is made: other commands start without it. */
async function picture({ input, order, report }: Prepared, format: PictureFormat): Promise<Uint8Array> {
  const whole = format === "pdf" ? { ...input, report: report() } : input;
  const [{ exportDiagram }, { fontFiles, resvgWasm }] = await Promise.all([import("../shared/diagram/export"), import("./assets")]);
  return exportDiagram(whole, format, order.options, { fonts: fontFiles(), wasm: resvgWasm() });
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
  const findings = findingsReport(analysis, nativeDigest), { document, analyzer } = findings;
  const parties = matrixOf(analysis.network, "vm");
  const shown = viewOf(order, findings.findings), scope = shown === undefined ? {} : { scope: shown.scope };
  const audit: Audit = { topology, report: findings, tenants: matrixOf(analysis.network, "tenant"), parties, scene: buildScene(shown?.topology ?? topology) };
  const made: MadeFile = { format, ...(author === undefined ? {} : { author }), options };
  const input: AuditInput = {
    topology, findings: findings.findings, summary: findings.summary, assume, sha256: document.sha256, date: today, analyzer, made,
    ...scope, ...(author === undefined ? {} : { author }), ...(evidence ? { documentText: formatTopology(topology), customRules: rules } : {}),
  };
  const report = (): Report => auditReport({ analysis, sha256: document.sha256, analyzer, customRules: isolationRules(rules), ...scope, ...(author === undefined ? {} : { author }) }, audit);
  return { order, audit, input, report };
}

/** What the pictures show, where that is not everything. */
function viewOf({ topology, options: { view } }: Order, findings: readonly Finding[]): Viewed | undefined {
  const parsed = view === undefined ? undefined : parseView(view);
  if (parsed === undefined || parsed.kind === "network") return undefined;
  const shown = viewed(topology, parsed, findings);
  if (shown === undefined) throw new InputError([`export: --view: "${(view ?? "").slice(0, 80)}" shows nothing of the document; name a tenant, a selector or a finding that is there`]);
  return shown;
}
