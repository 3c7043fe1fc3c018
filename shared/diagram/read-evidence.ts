/** Takes the document and its verdicts out of an exported SVG, PNG, PDF or HTML file again. */
import { PDFDocument } from "@cantoo/pdf-lib";
import { EVIDENCE_FILE, metadataOf, parseEvidence, type Evidence } from "./evidence";
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
}

/** Undefined where the file is of none of these kinds. Never throws. */
export async function readEvidence(file: Uint8Array): Promise<Carried | undefined> {
  const kind = kindOf(file);
  if (kind === undefined) return undefined;
  const text = kind === "png" ? textOf(file, EVIDENCE_FILE) : kind === "pdf" ? await attached(file) : metadataOf(new TextDecoder().decode(file));
  const evidence = text === undefined ? undefined : parseEvidence(text), seal = sealOf(file, kind);
  const there = text !== undefined || (kind === "png" && hasText(file, EVIDENCE_FILE));
  return { kind, damaged: evidence === undefined && there, ...(evidence === undefined ? {} : { evidence }), ...(seal === undefined ? {} : { seal }) };
}

function kindOf(file: Uint8Array): FileKind | undefined {
  if (isPng(file)) return "png";
  const start = new TextDecoder().decode(file.subarray(0, 1024));
  if (start.includes("%PDF-")) return "pdf";
  if (/<!doctype html|<html/i.test(start)) return "html";
  return /<svg[\s>]/.test(start) ? "svg" : undefined;
}

async function attached(file: Uint8Array): Promise<string | undefined> {
  try {
    const pdf = await PDFDocument.load(file, { updateMetadata: false });
    const found = pdf.getAttachments().find((attachment) => attachment.name === EVIDENCE_FILE);
    return found === undefined ? undefined : new TextDecoder().decode(found.data);
  } catch {
    // Damaged or encrypted: the same answer as a PDF of somebody else.
    return undefined;
  }
}
