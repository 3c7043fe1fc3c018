/** What the window and its export worker say to one another. */
import type { ExportFormat } from "../../shared/exports/formats";
import type { Wish } from "../../shared/exports/order";
import type { RulesFile } from "../../shared/ipc";

/** A file that is wanted. */
export interface ExportOrder {
  readonly format: ExportFormat;
  /** `YYYY-MM-DD`: the day on which dates are judged. */
  readonly today: string;
  /** Names, ids, addresses and MACs are replaced in it; the wish speaks of the document as it is. */
  readonly anonymize: boolean;
  readonly wish: Wish;
}

/** A page as an SVG document; one to be looked at brings its letters. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

/** What a file will hold. */
export type Preview =
  /** Pages by name, and the one that was asked for. */
  | { readonly kind: "pages"; readonly names: readonly string[]; readonly page: number; readonly drawn: DrawnPage }
  /** `isWhole`: its diagram is in it. */
  | { readonly kind: "html"; readonly html: string; readonly isWhole: boolean; readonly bytes: number }
  /** Its beginning. */
  | { readonly kind: "text"; readonly text: string; readonly isWhole: boolean; readonly bytes: number }
  | { readonly kind: "sheets"; readonly sheets: readonly PreviewSheet[] }
  /** The view shows nothing of the document. */
  | { readonly kind: "nothing" };

/** A sheet of a workbook: its head, its first rows and how many it has. */
export interface PreviewSheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly total: number;
}

/** Where the work is; `of` undefined where it cannot be counted. */
export interface Progress {
  readonly step: string;
  readonly done?: number;
  readonly of?: number;
}

/** Questions, each with its arguments and its answer. */
export interface ExporterAsks {
  preview: { arguments: { order: ExportOrder; page: number }; answer: Preview };
  /** One page; undefined where the view shows nothing, or the format has no such page. */
  page: { arguments: { order: ExportOrder; page: number }; answer: DrawnPage | undefined };
  file: { arguments: { order: ExportOrder }; answer: Uint8Array | undefined };
  /** All pages; undefined where the view shows nothing. */
  pages: { arguments: { order: ExportOrder }; answer: readonly DrawnPage[] | undefined };
}
export type ExporterAskName = keyof ExporterAsks;

export type ToExporter =
  /** The document's canonical text, and the rules of one's own beside it. */
  | { readonly type: "document"; readonly text: string; readonly rules: RulesFile }
  | { readonly [K in ExporterAskName]: { readonly type: "ask"; readonly ask: number; readonly name: K; readonly arguments: ExporterAsks[K]["arguments"] } }[ExporterAskName];

export type FromExporter =
  | { readonly type: "progress"; readonly ask: number; readonly progress: Progress }
  | { readonly type: "answer"; readonly ask: number; readonly value: unknown }
  | { readonly type: "refusal"; readonly ask: number; readonly message: string };
