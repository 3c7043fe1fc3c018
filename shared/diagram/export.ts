/** One call for every picture format. */
import type { AuditInput } from "./audit-input";
import type { ExportOptions } from "./export-options";
import { FAR } from "./drawing";
import { EVIDENCE_FILE, evidenceOf, evidenceText } from "./evidence";
import type { FontFiles } from "./font-faces";
import { withText } from "./png-chunks";
import { renderPdf } from "./pdf";
import { renderPng } from "./png";
import { sealPng } from "./seal";
import { renderSvg } from "./svg";

export type PictureFormat = "svg" | "pdf" | "png";

/** Files that the caller reads, because nothing here reads files. */
export interface ExportAssets {
  /** `Inter_400Regular.ttf` and `Inter_600SemiBold.ttf`. */
  readonly fonts: FontFiles;
  /** `@resvg/resvg-wasm/index_bg.wasm`; PNG only. */
  readonly wasm?: Uint8Array;
}

/** Larger PNGs are scaled down: decoders refuse them, and memory goes with the area (4 bytes a pixel). */
const MOST_SIDE = 16_000, MOST_AREA = 40_000_000;
const DEFAULT_SCALE = 2;

/** The file's bytes. Deterministic: the same input, options and assets give the same bytes. Throws if PNG is asked for without `wasm`. `told` hears how many pages of a PDF are drawn. */
export async function exportDiagram(input: AuditInput, format: PictureFormat, options: ExportOptions, assets: ExportAssets, told?: (done: number, of: number) => void): Promise<Uint8Array> {
  switch (format) {
    case "svg": return new TextEncoder().encode(renderSvg(input, { ...options, fonts: assets.fonts }));
    case "pdf": return renderPdf(input, options, assets.fonts, told);
    case "png": {
      if (assets.wasm === undefined) throw new Error("exportDiagram: PNG needs the resvg module (assets.wasm)");
      // The evidence goes into a chunk of its own; in the SVG it would only cost parsing.
      const { documentText: _, made: __, ...picture } = input;
      const lifeSize = renderSvg(picture, options), evidence = evidenceOf(input);
      const scale = fittingScale(lifeSize, options.scale ?? DEFAULT_SCALE), svg = scale < FAR ? renderSvg(picture, { ...options, seenAt: scale }) : lifeSize;
      const png = await renderPng(svg, { wasm: assets.wasm, fonts: [assets.fonts.regular, assets.fonts.semibold] }, scale);
      return evidence === undefined ? png : sealPng(withText(png, EVIDENCE_FILE, evidenceText(evidence)));
    }
  }
}

function fittingScale(svg: string, wanted: number): number {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  const width = Number(size?.[1] ?? 1), height = Number(size?.[2] ?? 1);
  return Math.min(wanted, MOST_SIDE / Math.max(1, width, height), Math.sqrt(MOST_AREA / Math.max(1, width * height)));
}
