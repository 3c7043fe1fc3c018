/** Takes the document and its verdicts out of an exported SVG, PNG, PDF or HTML file again. */
import { PDFDocument } from "@cantoo/pdf-lib";
import { EVIDENCE_FILE, evidenceInSvg, parseEvidence, type Evidence } from "./evidence";
import { isPng, textOf } from "./png-chunks";

/** Undefined where the file carries no evidence, is damaged or of another kind. Never throws. */
export async function readEvidence(file: Uint8Array): Promise<Evidence | undefined> {
  if (isPng(file)) {
    const text = textOf(file, EVIDENCE_FILE);
    return text === undefined ? undefined : parseEvidence(text);
  }
  const start = new TextDecoder().decode(file.subarray(0, 1024));
  return start.includes("%PDF-") ? evidenceInPdf(file) : evidenceInSvg(new TextDecoder().decode(file));
}

async function evidenceInPdf(file: Uint8Array): Promise<Evidence | undefined> {
  try {
    const pdf = await PDFDocument.load(file, { updateMetadata: false });
    const found = pdf.getAttachments().find((attachment) => attachment.name === EVIDENCE_FILE);
    return found === undefined ? undefined : parseEvidence(new TextDecoder().decode(found.data));
  } catch {
    // Damaged or encrypted: the same answer as a PDF of somebody else.
    return undefined;
  }
}
