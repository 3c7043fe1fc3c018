/** One call for every picture format. */
import type { AuditInput, ExportOptions } from "./audit-input";
import { EVIDENCE_FILE, evidenceOf, evidenceText } from "./evidence";
import { withText } from "./png-chunks";
import { renderPdf } from "./pdf";
import { renderPng } from "./png";
import { renderSvg } from "./svg";

export type PictureFormat = "svg" | "pdf" | "png";

/** Files that the caller reads, because nothing here reads files. SVG needs none of them. */
export interface ExportAssets {
  /** `Inter_400Regular.ttf` and `Inter_600SemiBold.ttf`. */
  readonly fonts: { readonly regular: Uint8Array; readonly semibold: Uint8Array };
  /** `@resvg/resvg-wasm/index_bg.wasm`; PNG only. */
  readonly wasm?: Uint8Array;
}

/** PNGs wider or higher than this are scaled down: decoders refuse more, and memory goes with the square. */
const MOST_PIXELS = 16_000;
const DEFAULT_SCALE = 2;

/** The file's bytes. Deterministic: the same input, options and assets give the same bytes. Throws if PNG is asked for without `wasm`. */
export async function exportDiagram(input: AuditInput, format: PictureFormat, options: ExportOptions, assets: ExportAssets): Promise<Uint8Array> {
  switch (format) {
    case "svg": return new TextEncoder().encode(renderSvg(input, options));
    case "pdf": return renderPdf(input, options, assets.fonts);
    case "png": {
      if (assets.wasm === undefined) throw new Error("exportDiagram: PNG needs the resvg module (assets.wasm)");
      // The evidence goes into a chunk of its own; in the SVG it would only cost parsing.
      const { documentText: _, ...picture } = input;
      const svg = renderSvg(picture, options), evidence = evidenceOf(input);
      const png = await renderPng(svg, { wasm: assets.wasm, fonts: [assets.fonts.regular, assets.fonts.semibold] }, fittingScale(svg, options.scale ?? DEFAULT_SCALE));
      return evidence === undefined ? png : withText(png, EVIDENCE_FILE, evidenceText(evidence));
    }
  }
}

function fittingScale(svg: string, wanted: number): number {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return Math.min(wanted, MOST_PIXELS / Math.max(1, Number(size?.[1] ?? 1), Number(size?.[2] ?? 1)));
}
