/**
 * What an export carries besides the picture: the document's exact text and the verdicts drawn, so that `bulkhead verify` can analyse
 * it again. One JSON object in ASCII, in `<metadata>` of an SVG, in an `iTXt` chunk of a PNG, as an attachment of a PDF.
 */
import type { Summary } from "../analysis/result";
import type { AuditInput } from "./audit-input";

export const EVIDENCE_FORMAT = "bulkhead-evidence/1";
export const EVIDENCE_FILE = "bulkhead-evidence.json";
const OPEN = '<metadata id="bulkhead-evidence">', CLOSE = "</metadata>";

export interface Evidence {
  readonly format: typeof EVIDENCE_FORMAT;
  readonly analyzer: string;
  readonly today: string;
  readonly assume: "hostile" | "configured";
  /** Of `document`. */
  readonly sha256: string;
  readonly summary: Summary;
  readonly findings: readonly { readonly id: string; readonly severity: string; readonly accepted: boolean }[];
  /** The document's exact text. */
  readonly document: string;
}

/** Absent where the caller gave no document text. */
export function evidenceOf(input: AuditInput): Evidence | undefined {
  if (input.documentText === undefined) return undefined;
  return {
    format: EVIDENCE_FORMAT, analyzer: input.analyzer, today: input.date, assume: input.matrix?.assume ?? "hostile", sha256: input.sha256, summary: input.summary,
    findings: input.findings.map(({ id, severity, accepted }) => ({ id, severity, accepted })), document: input.documentText,
  };
}

/** JSON in ASCII: everything else is escaped, so that no container's text rules can change it. */
export function evidenceText(evidence: Evidence): string {
  return JSON.stringify(evidence).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The `<metadata>` element of an SVG with a line break, or nothing. */
export function embeddedMetadata(input: AuditInput): string {
  const evidence = evidenceOf(input);
  if (evidence === undefined) return "";
  // Inside the JSON strings only, `<`, `>` and `&` may stand as escapes of JSON: the element needs no entities.
  const safe = evidenceText(evidence).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return `${OPEN}${safe}${CLOSE}\n`;
}

/** The evidence in the text of an SVG or of an HTML page with such an SVG; undefined where there is none or it is damaged. */
export function evidenceInSvg(text: string): Evidence | undefined {
  const start = text.indexOf(OPEN), end = text.indexOf(CLOSE, start);
  return start < 0 || end < 0 ? undefined : parseEvidence(text.slice(start + OPEN.length, end));
}

export function parseEvidence(text: string): Evidence | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEvidence(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvidence(value: unknown): value is Evidence {
  if (typeof value !== "object" || value === null) return false;
  const { format, analyzer, today, assume, sha256, summary, findings, document } = value as Readonly<Record<string, unknown>>;
  return format === EVIDENCE_FORMAT && typeof analyzer === "string" && typeof today === "string" && (assume === "hostile" || assume === "configured")
    && typeof sha256 === "string" && typeof summary === "object" && summary !== null && Array.isArray(findings) && typeof document === "string";
}
