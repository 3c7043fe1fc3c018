/**
 * What an export carries besides the picture: the document's exact text and the verdicts drawn, so that `bulkhead verify` can analyse
 * it again. One JSON object in ASCII, in `<metadata>` of an SVG, in an `iTXt` chunk of a PNG, as an attachment of a PDF.
 */
import type { Assume, Summary } from "../analysis/result";
import { parseDate } from "../model/date";
import { isExportOptions, type ExportOptions } from "./export-options";
import { BLANK_SEAL } from "./seal";

export const EVIDENCE_FORMAT = "bulkhead-evidence/1";
export const EVIDENCE_FILE = "bulkhead-evidence.json";
/** In the head of HTML, before everything that can be cut off. */
export const GENERATOR = '<meta name="generator" content="Bulkhead">';
const OPEN = '<metadata id="bulkhead-evidence"', CLOSE = "</metadata>";

/** What a file says of one finding. */
export interface StatedFinding {
  readonly id: string;
  readonly severity: string;
  readonly accepted: boolean;
}

export interface Evidence {
  readonly format: typeof EVIDENCE_FORMAT;
  readonly analyzer: string;
  readonly today: string;
  readonly assume: Assume;
  /** Of the document. */
  readonly sha256: string;
  readonly summary: Summary;
  readonly findings: readonly StatedFinding[];
  /** How the file was drawn, so that it can be drawn again; absent where the program that did does not say. */
  readonly file?: MadeFile;
  /** Rules of one's own that were run, as their files write them; absent where there are none. */
  readonly rules?: readonly { readonly source: string; readonly rule: unknown }[];
  /** The document's exact text; absent where whoever exported it kept it back. */
  readonly document?: string;
}

/** What was asked for. */
export interface MadeFile {
  readonly format: string;
  readonly author?: string;
  readonly options: ExportOptions;
}

/** What evidence is made of. */
export interface EvidenceInput {
  readonly findings: readonly StatedFinding[];
  readonly summary: Summary;
  /** Absent: hostile. */
  readonly assume?: Assume;
  /** Of the document, lower-case hex. */
  readonly sha256: string;
  /** `2026-11-23`: the day on which `until` dates were judged. */
  readonly date: string;
  /** Version of the analyzer. */
  readonly analyzer: string;
  /** The document's exact text: goes into the file, so that `bulkhead verify` can analyse it again. */
  readonly documentText?: string;
  /** How the file is made: goes into it, so that `bulkhead verify` can draw it again. */
  readonly made?: MadeFile;
  /** Rules of one's own that were run, as their files write them; they go into the file too. */
  readonly customRules?: Evidence["rules"];
}

/** Absent where the caller gave neither the document's text nor how the file is made. */
export function evidenceOf(input: EvidenceInput): Evidence | undefined {
  if (input.documentText === undefined && input.made === undefined) return undefined;
  return {
    format: EVIDENCE_FORMAT, analyzer: input.analyzer, today: input.date, assume: input.assume ?? "hostile", sha256: input.sha256, summary: input.summary,
    findings: input.documentText === undefined ? [] : input.findings.map(({ id, severity, accepted }) => ({ id, severity, accepted })),
    ...(input.made === undefined ? {} : { file: input.made }), ...(input.customRules === undefined || input.customRules.length === 0 ? {} : { rules: input.customRules }),
    ...(input.documentText === undefined ? {} : { document: input.documentText }),
  };
}

/** JSON in ASCII: everything else is escaped, so that no container's text rules can change it. */
export function evidenceText(evidence: Evidence): string {
  return JSON.stringify(evidence).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The `<metadata>` element of an SVG with a line break, its seal blank; or nothing. */
export function embeddedMetadata(input: EvidenceInput): string {
  const evidence = evidenceOf(input);
  if (evidence === undefined) return "";
  // Inside the JSON strings only, `<`, `>` and `&` may stand as escapes of JSON: the element needs no entities.
  const safe = evidenceText(evidence).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return `${OPEN}${BLANK_SEAL}>${safe}${CLOSE}\n`;
}

/** The evidence's text in an SVG or in an HTML page with such an SVG; undefined where there is none. */
export function metadataOf(text: string): string | undefined {
  const start = text.indexOf(OPEN), inside = text.indexOf(">", start) + 1, end = text.indexOf(CLOSE, inside);
  return start < 0 || inside === 0 || end < 0 ? undefined : text.slice(inside, end);
}

/** Undefined where it is damaged. */
export function parseEvidence(text: string): Evidence | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEvidence(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvidence(value: unknown): value is Evidence {
  if (!isObject(value)) return false;
  const { format, analyzer, today, assume, sha256, summary, findings, file, rules, document } = value;
  return format === EVIDENCE_FORMAT && typeof analyzer === "string" && typeof today === "string" && parseDate(today) !== undefined && (assume === "hostile" || assume === "configured")
    && typeof sha256 === "string" && isSummary(summary) && Array.isArray(findings) && findings.every(isStated)
    && (document === undefined || typeof document === "string") && (file === undefined || isMade(file))
    && (rules === undefined || (Array.isArray(rules) && rules.every((rule) => isObject(rule) && typeof rule["source"] === "string" && isObject(rule["rule"]))));
}

function isMade(value: unknown): boolean {
  return isObject(value) && typeof value["format"] === "string" && (value["author"] === undefined || typeof value["author"] === "string") && isExportOptions(value["options"]);
}

function isStated(value: unknown): boolean {
  return isObject(value) && typeof value["id"] === "string" && typeof value["severity"] === "string" && typeof value["accepted"] === "boolean";
}

function isSummary(value: unknown): boolean {
  return isObject(value) && isObject(value["tenantPairs"]) && Array.isArray(value["managementExposedTo"]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
