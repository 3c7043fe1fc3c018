import type { Command } from "commander";
import { acceptanceNotes } from "../../shared/analysis/acceptance";
import { analyze } from "../../shared/analysis/analyze";
import { findingsReport } from "../../shared/analysis/findings-json";
import type { AuditInput } from "../../shared/diagram/audit-input";
import type { PictureFormat } from "../../shared/diagram/export";
import { buildScene } from "../../shared/diagram/scene";
import { renderSvg } from "../../shared/diagram/svg";
import { formatTopology } from "../../shared/model/canonical";
import { matrixOf } from "../../shared/network/network";
import type { Audit } from "../../shared/reports/audit";
import { dot } from "../../shared/reports/dot";
import { drawio } from "../../shared/reports/drawio";
import { findingsCsv } from "../../shared/reports/findings-csv";
import { findingsMarkdown } from "../../shared/reports/findings-markdown";
import { html } from "../../shared/reports/html";
import { findingsJunit } from "../../shared/reports/junit";
import { mermaid } from "../../shared/reports/mermaid";
import { oscal } from "../../shared/reports/oscal";
import { findingsSarif } from "../../shared/reports/sarif";
import { RULES } from "../../shared/rules/index";
import type { IsolationRule } from "../../shared/rules/rule";
import { readWithRules, withRules, type RulesOptions } from "../custom-rules";
import { EXIT, InputError } from "../failure";
import { writeOutput } from "../files";
import { choice, withCommon, type CommonOptions } from "../options";

interface Prepared {
  readonly audit: Audit;
  readonly input: AuditInput;
  readonly source: string;
  /** Those of one's own. */
  readonly rules: readonly IsolationRule[];
}

type Exporter = (prepared: Prepared) => string | Uint8Array | Promise<string | Uint8Array>;

const EXPORTERS = {
  svg: ({ input }) => renderSvg(input),
  png: ({ input }) => picture(input, "png"),
  pdf: ({ input }) => picture(input, "pdf"),
  html: ({ audit, input }) => html(audit, renderSvg(input)),
  md: ({ audit }) => findingsMarkdown(audit.report, acceptanceNotes(audit.topology, audit.report.today)),
  csv: ({ audit }) => findingsCsv([audit.report]),
  xlsx: async ({ audit }) => (await import("../../shared/reports/xlsx")).xlsx(audit),
  json: ({ audit }) => `${JSON.stringify(audit.report, null, 2)}\n`,
  sarif: ({ audit, source, rules }) => findingsSarif([{ report: audit.report, source }], [...RULES, ...rules]),
  junit: ({ audit }) => findingsJunit([audit.report], "medium"),
  oscal: ({ audit }) => oscal(audit.report),
  drawio: ({ audit }) => drawio(audit.scene, audit.report.document.name),
  dot: ({ audit }) => dot(audit.scene, audit.report.document.name),
  mermaid: ({ audit }) => mermaid(audit.scene),
} as const satisfies Record<string, Exporter>;

/** What makes pictures is read when one is made: other commands start without it. */
async function picture(input: AuditInput, format: PictureFormat): Promise<Uint8Array> {
  const [{ exportDiagram }, { fontFiles, resvgWasm }] = await Promise.all([import("../../shared/diagram/export"), import("../assets")]);
  return exportDiagram(input, format, {}, { fonts: fontFiles(), wasm: resvgWasm() });
}

const FORMATS = Object.keys(EXPORTERS) as (keyof typeof EXPORTERS)[];
const BINARY: readonly string[] = ["png", "pdf", "xlsx"];

export function registerExport(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("export").description("diagrams and audit reports"), ["text"]))
    .argument("<file>", "a document; - is standard input")
    .requiredOption("--to <format>", FORMATS.join(", "), choice(FORMATS))
    .action(async (file: string, options: CommonOptions & RulesOptions & { to: keyof typeof EXPORTERS }) => {
      const output = options.output ?? "-";
      if (output === "-" && BINARY.includes(options.to) && process.stdout.isTTY === true) {
        throw new InputError([`export: ${options.to} is binary and standard output is a terminal; give -o FILE`]);
      }
      const exporter: Exporter = EXPORTERS[options.to];
      writeOutput(output, await exporter(prepare(file, options)));
      done(EXIT.clean);
    });
}

function prepare(file: string, options: CommonOptions & RulesOptions): Prepared {
  const { topology, customRules } = readWithRules(file, options);
  const analysis = analyze(topology, { today: options.today, assume: options.assume, customRules });
  const report = findingsReport(analysis);
  const parties = matrixOf(analysis.network, "vm");
  const audit: Audit = { topology, report, tenants: matrixOf(analysis.network, "tenant"), parties, scene: buildScene(topology) };
  const input: AuditInput = {
    topology, findings: report.findings, summary: report.summary, matrix: parties, sha256: report.document.sha256, date: options.today, analyzer: report.analyzer,
    documentText: formatTopology(topology),
  };
  return { audit, input, source: file, rules: customRules };
}
