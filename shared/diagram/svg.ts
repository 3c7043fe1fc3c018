/** The audit picture as SVG text. */
import type { AuditInput } from "./audit-input";
import type { ExportOptions } from "./export-options";
import { embeddedMetadata } from "./evidence";
import { fontFaces, lettersOf } from "./font-faces";
import { OTHER_FONTS, type FontFiles } from "./fonts";
import { picturePage } from "./picture-page";
import type { Primitive } from "./primitives";
import { sealText } from "./seal";
import { writeSvg } from "./svg-writer";
import { THEMES } from "./theme";

export interface SvgOptions extends ExportOptions {
  /** Of which the letters in use are put into the picture; without them the viewer's own fonts set its texts. */
  readonly fonts?: FontFiles;
  /** The scale at which it will be rasterised. */
  readonly seenAt?: number;
  /** What is drawn in place of what. */
  readonly drawn?: (primitives: readonly Primitive[]) => readonly Primitive[];
}

/** Well-formed XML 1.0 in UTF-8, no script, nothing loaded from elsewhere; its one style sheet brings its letters. The same input gives the same text. */
export function renderSvg(input: AuditInput, options: SvgOptions = {}): string {
  return sealText(renderUnsealed(input, options));
}

/** The same for a page around it, which is sealed as a whole. */
export function renderUnsealed(input: AuditInput, options: SvgOptions = {}): string {
  const page = picturePage(input, options, options.seenAt ?? 1), { fonts, drawn } = options;
  return writeSvg({
    width: page.width, height: page.height, primitives: drawn?.(page.primitives) ?? page.primitives, theme: THEMES[options.theme ?? "print"],
    title: `${input.topology.name}: isolation diagram, ${input.date}`, metadata: embeddedMetadata(input),
    ...(fonts === undefined ? {} : { faces: fontFaces(lettersOf(page.primitives), fonts), others: OTHER_FONTS.filter((font) => fonts.others?.has(font)) }),
  });
}
