/** Takes the document and its verdicts out of an exported SVG, PNG, PDF or HTML file again. */
import { PDFDocument } from "@cantoo/pdf-lib";
import { EVIDENCE_FILE, GENERATOR, metadataOf, parseEvidence, type Evidence } from "./evidence";
import { beginsAsOurs, hasPageOfOurs } from "./pdf-marks";
import { hasText, isPng, textOf } from "./png-chunks";
import { sealOf, type Seal } from "./seal";

export type FileKind = "svg" | "png" | "pdf" | "html";

/** What was found in a file. */
export interface Carried {
  readonly kind: FileKind;
  /** Absent where there is none, or it is `damaged`. */
  readonly evidence?: Evidence;
  /** There is evidence that cannot be read. */
  readonly damaged: boolean;
  /** Absent where the file was not sealed, or its seal was taken off. */
  readonly seal?: Seal;
  /** There is no evidence and no seal, and yet it is, or has been a part of, a file that Bulkhead exported. */
  readonly remains: boolean;
}

/** Undefined where the file is of none of these kinds. Never throws. */
export async function readEvidence(file: Uint8Array): Promise<Carried | undefined> {
  const kind = kindOf(file);
  if (kind === undefined) return undefined;
  const pdf = kind === "pdf" ? await opened(file) : undefined;
  const text = kind === "png" ? textOf(file, EVIDENCE_FILE) : kind === "pdf" ? attached(pdf) : metadataOf(new TextDecoder().decode(file));
  const evidence = text === undefined ? undefined : parseEvidence(text), seal = sealOf(file, kind);
  const there = text !== undefined || (kind === "png" && hasText(file, EVIDENCE_FILE));
  const remains = text === undefined && seal === undefined && (kind === "html" ? new TextDecoder().decode(file.subarray(0, 1024)).includes(GENERATOR) : kind === "pdf" && (beginsAsOurs(file) || ours(pdf)));
  return { kind, remains, damaged: evidence === undefined && there, ...(evidence === undefined ? {} : { evidence }), ...(seal === undefined ? {} : { seal }) };
}

function kindOf(file: Uint8Array): FileKind | undefined {
  if (isPng(file)) return "png";
  const start = new TextDecoder().decode(file.subarray(0, 1024));
  if (start.includes("%PDF-")) return "pdf";
  if (/<!doctype html|<html/i.test(start)) return "html";
  return /<svg[\s>]/.test(start) ? "svg" : undefined;
}

/** Undefined where it is damaged or encrypted. */
async function opened(file: Uint8Array): Promise<PDFDocument | undefined> {
  try {
    return await PDFDocument.load(file, { updateMetadata: false });
  } catch {
    return undefined;
  }
}

function attached(pdf: PDFDocument | undefined): string | undefined {
  try {
    const found = pdf?.getAttachments().find((attachment) => attachment.name === EVIDENCE_FILE);
    return found === undefined ? undefined : new TextDecoder().decode(found.data);
  } catch {
    // What a damaged file says of its attachments cannot be read: the same answer as a PDF of somebody else.
    return undefined;
  }
}

function ours(pdf: PDFDocument | undefined): boolean {
  try {
    return pdf !== undefined && hasPageOfOurs(pdf);
  } catch {
    return false;
  }
}
