/** One call for every picture format. */
import type { AuditInput } from "./audit-input";
import type { ExportOptions } from "./export-options";
import { FAR } from "./drawing";
import { EVIDENCE_FILE, evidenceOf, evidenceText } from "./evidence";
import { isJoined, type FontFiles } from "./fonts";
import { withText } from "./png-chunks";
import { renderPdf } from "./pdf";
import { renderPng } from "./png";
import { sealPng } from "./seal";
import type { Primitive } from "./primitives";
import { renderSvg } from "./svg";
import { Typesetter } from "./typesetter";
import { withCodes } from "./unknown-letters";

export type PictureFormat = "svg" | "pdf" | "png";

/** Files that the caller reads, because nothing here reads files. */
export interface ExportAssets {
  /** `Inter_400Regular.ttf` and `Inter_600SemiBold.ttf`, and those beside them that the document needs (`otherFontsIn`). */
  readonly fonts: FontFiles;
  /** `harfbuzzjs/dist/harfbuzz.wasm`; for PDF and PNG where letters join. */
  readonly shaper?: Uint8Array;
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
    case "pdf": return renderPdf(input, options, await typesetterOf(assets), told);
    case "png": {
      if (assets.wasm === undefined) throw new Error("exportDiagram: PNG needs the resvg module (assets.wasm)");
      // The evidence goes into a chunk of its own; in the SVG it would only cost parsing.
      const { documentText: _, made: __, ...picture } = input;
      const typesetter = await typesetterOf(assets), { Outliner } = await import("./outlines"), outliner = new Outliner(assets.fonts, typesetter);
      const drawing = { ...options, drawn: (primitives: readonly Primitive[]) => outliner.outlined(withCodes(primitives)) };
      const lifeSize = renderSvg(picture, drawing), evidence = evidenceOf(input);
      const scale = fittingScale(lifeSize, options.scale ?? DEFAULT_SCALE), svg = scale < FAR ? renderSvg(picture, { ...drawing, seenAt: scale }) : lifeSize;
      const png = await renderPng(svg, { wasm: assets.wasm, fonts: [assets.fonts.regular, assets.fonts.semibold] }, scale);
      return evidence === undefined ? png : sealPng(withText(png, EVIDENCE_FILE, evidenceText(evidence)));
    }
  }
}

async function typesetterOf({ fonts, shaper }: ExportAssets): Promise<Typesetter> {
  const joins = [...fonts.others?.keys() ?? []].some(isJoined);
  return new Typesetter(fonts, joins && shaper !== undefined ? await (await import("./shaper")).loadShaper(shaper) : undefined);
}

function fittingScale(svg: string, wanted: number): number {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  const width = Number(size?.[1] ?? 1), height = Number(size?.[2] ?? 1);
  return Math.min(wanted, MOST_SIDE / Math.max(1, width, height), Math.sqrt(MOST_AREA / Math.max(1, width * height)));
}
