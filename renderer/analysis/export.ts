/** Diagrams for files, drawn by the code that draws the screen. Loaded only when something is exported: it brings fonts and WebAssembly. */
import regularFont from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url";
import semiboldFont from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url";
import rasterizer from "@resvg/resvg-wasm/index_bg.wasm?url";
import type { Evaluation } from "../../shared/analysis/evaluate";
import { documentHash } from "../../shared/analysis/findings-json";
import { ANALYZER_VERSION } from "../../shared/analysis/version";
import type { AuditInput } from "../../shared/diagram/audit-input";
import { exportDiagram } from "../../shared/diagram/export";
import { formatTopology } from "../../shared/model/canonical";
import type { Topology } from "../../shared/model/topology";
import { matrixOf } from "../../shared/network/network";
import { auditReport } from "../../shared/reports/audit/audit-report";
import type { Asks } from "./protocol";

/** The bytes of the file. */
export async function exportPicture(evaluation: Evaluation, { format, author, ...options }: Asks["export"]["arguments"]): Promise<Uint8Array> {
  const input = inputOf(evaluation, author, format === "pdf");
  const fonts = { regular: await load(regularFont), semibold: await load(semiboldFont) };
  return exportDiagram(input, format, options, format === "png" ? { fonts, wasm: await load(rasterizer) } : { fonts });
}

function inputOf(analysis: Evaluation, writtenAuthor: string | undefined, withReport: boolean): AuditInput {
  const { topology, findings, summary, network, today, assume } = analysis, documentText = formatTopology(topology), sha256 = documentHash(topology);
  const author = writtenAuthor === undefined || writtenAuthor === "" ? {} : { author: writtenAuthor };
  const source = { analysis, sha256, analyzer: ANALYZER_VERSION, customRules: analysis.customRules, ...author };
  return {
    // A copy: while fonts are loaded, edits may change the document.
    topology: JSON.parse(documentText) as Topology, findings, summary, assume, sha256, date: today, analyzer: ANALYZER_VERSION, documentText, ...author,
    ...(withReport ? { report: auditReport(source, { tenants: matrixOf(network, "tenant"), parties: matrixOf(network, "vm") }) } : {}),
  };
}

async function load(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`A part of the program is missing: ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}
