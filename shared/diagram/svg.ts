/** The audit picture as SVG text. */
import type { AuditInput, ExportOptions } from "./audit-input";
import { embeddedMetadata } from "./evidence";
import { picturePage } from "./picture-page";
import { sealText } from "./seal";
import { writeSvg } from "./svg-writer";
import { THEMES } from "./theme";

/**
 * Well-formed XML 1.0 in UTF-8, attributes only, no script, nothing loaded from elsewhere. The same input gives the same text.
 * `seenAt`: the scale at which it will be rasterised.
 */
export function renderSvg(input: AuditInput, options: ExportOptions = {}, seenAt = 1): string {
  return sealText(renderUnsealed(input, options, seenAt));
}

/** The same for a page around it, which is sealed as a whole. */
export function renderUnsealed(input: AuditInput, options: ExportOptions = {}, seenAt = 1): string {
  const page = picturePage(input, options, seenAt);
  return writeSvg({
    width: page.width, height: page.height, primitives: page.primitives, theme: THEMES[options.theme ?? "print"],
    title: `${input.topology.name}: isolation diagram, ${input.date}`, metadata: embeddedMetadata(input),
  });
}
