import { exportFile } from "../shared/exports/export-file";
import type { ExportFormat } from "../shared/exports/formats";
import { analysed, prepare, type Subject, type Wish } from "../shared/exports/order";
import { nativeDigest } from "./digest";

/** The file's bytes, with Node's own hash and the files inside this bundle; undefined where the view of the wish shows nothing of the document. */
export async function exported(subject: Subject, wish: Wish, format: ExportFormat): Promise<Uint8Array | undefined> {
  const prepared = prepare(analysed(subject, nativeDigest), wish, format);
  if (prepared === undefined) return undefined;
  return exportFile(prepared, format, async (picture, otherFonts) => (await import("./assets")).assets(picture, otherFonts));
}
