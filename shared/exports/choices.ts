/** What somebody chose for an export, kept for the next: nothing that belongs to a document. */
import { z } from "zod";
import { LENSES, type Lens } from "../diagram/elements";
import { CONTENTS, FITS, ORIENTATIONS, PAPERS, SCALES, THEME_NAMES } from "../diagram/export-options";
import type { Orientation, PaperName } from "../diagram/paper";
import type { Theme } from "../diagram/theme";
import { EXPORT_FORMATS, TABLES, type ExportFormat, type TableName } from "./formats";

export interface ExportChoices {
  readonly format: ExportFormat;
  readonly paper: PaperName;
  readonly orientation: Orientation;
  readonly fit: (typeof FITS)[number];
  readonly contents: (typeof CONTENTS)[number];
  readonly theme: Theme["name"];
  readonly lens: Lens;
  /** PNG: pixels per unit. */
  readonly scale: number;
  /** For the title block; "" for nobody. */
  readonly author: string;
  /** Whether the file carries the document. */
  readonly evidence: boolean;
  /** Whether names, ids, addresses and MACs are replaced. */
  readonly anonymize: boolean;
  readonly table: TableName;
}

export const DEFAULT_EXPORT: ExportChoices = {
  format: "pdf", paper: "A4", orientation: "landscape", fit: "tiles", contents: "report", theme: "print", lens: "violations", scale: 2, author: "", evidence: true, anonymize: false, table: "findings",
};

/** A function, so that the preload script does not carry the schema library on its account. */
export function exportChoicesSchema(): z.ZodType<ExportChoices> {
  return z.strictObject({
    format: z.enum(EXPORT_FORMATS), paper: z.enum(PAPERS), orientation: z.enum(ORIENTATIONS), fit: z.enum(FITS), contents: z.enum(CONTENTS), theme: z.enum(THEME_NAMES), lens: z.enum(LENSES),
    scale: z.number().min(SCALES.least).max(SCALES.most), author: z.string().max(200), evidence: z.boolean(), anonymize: z.boolean(), table: z.enum(TABLES),
  });
}
