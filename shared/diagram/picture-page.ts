/** One picture for SVG and PNG: head, diagram at life size, legend, numbered findings, title block. */
import { acceptanceNotes } from "../analysis/acceptance";
import type { Finding } from "../analysis/result";
import type { AuditInput } from "./audit-input";
import type { ExportOptions } from "./export-options";
import { gap, heading, paginate, paragraph, NOTE, stack, type Block } from "./block";
import { drawScene } from "./drawing";
import { findingBlock } from "./findings-blocks";
import { lensLegend } from "./lens";
import { pictureOf, type Page } from "./page";
import { headBlock, legendBlock, lettersNote, titleBlock } from "./title-block";

const MARGIN = 40;
/** Page type is measured in points; in the picture one point is this many pixels. */
const TYPE_SCALE = 1.35;
const NARROWEST = 1040;
/** In pictures wider than this the type grows with the picture, so that it can be read when all of it is on the screen. */
const WIDEST = 1800;
const COLUMN = 380, GUTTER = 28;
/** A picture that lists thousands of findings helps nobody; the PDF has them all. */
const MOST_FINDINGS = 300;

/** `seenAt`: the scale at which the picture will be looked at; where that is small, nodes are drawn as blocks. */
export function picturePage(input: AuditInput, options: ExportOptions, seenAt = 1): Page {
  const { scene, topology, lens, drawing, listed, path } = pictureOf(input, options), { bounds } = scene;
  const width = Math.max(NARROWEST, bounds.width + 2 * MARGIN), type = Math.max(TYPE_SCALE, width / WIDEST), room = (width - 2 * MARGIN) / type;
  const head = headBlock(input, room);
  const foot = stack([legendBlock(lensLegend(scene, lens), room, path), ...lettersNote(topology, input.author, room), gap(12), ...findings(input, listed, room), gap(12), titleBlock(input, room, "")]);
  const top = MARGIN + head.height * type + 28, bottom = top + bounds.height + 28;
  const height = bottom + foot.height * type + MARGIN;
  return {
    name: "Diagram", width, height, sections: [],
    primitives: [
      { type: "rect", x: 0, y: 0, width, height, fill: "ground" },
      { type: "group", x: MARGIN, y: MARGIN, scale: type, children: head.primitives },
      { type: "group", x: (width - bounds.width) / 2 - bounds.x, y: top - bounds.y, children: drawScene(scene, { ...drawing, scale: seenAt }) },
      { type: "group", x: MARGIN, y: bottom, scale: type, children: foot.primitives },
    ],
  };
}

/** As many columns as fit, evenly filled. */
function findings(input: AuditInput, listed: readonly Finding[], room: number): Block[] {
  if (listed.length === 0) return [];
  const columns = Math.max(1, Math.floor((room + GUTTER) / (COLUMN + GUTTER))), each = (room - (columns - 1) * GUTTER) / columns;
  const notes = acceptanceNotes(input.topology, input.date), numbers = new Map(input.findings.map((finding, index) => [finding, index + 1]));
  const blocks = listed.slice(0, MOST_FINDINGS).map((finding) => findingBlock(finding, notes.get(finding.id), numbers.get(finding) ?? 0, each));
  const total = blocks.reduce((sum, block) => sum + block.height, 0), tallest = Math.max(...blocks.map((block) => block.height));
  let height = Math.max(total / columns, tallest), filled = paginate(blocks, height);
  while (filled.length > columns) {
    height += tallest / 2;
    filled = paginate(blocks, height);
  }
  const left = listed.length - blocks.length, elsewhere = input.findings.length - listed.length;
  return [
    heading(`Findings (${listed.length}${elsewhere === 0 ? "" : ` of ${input.findings.length}; the others are not on this picture`})`, room), gap(4),
    { height: Math.max(...filled.map((column) => stack(column).height)), primitives: filled.map((column, index) => ({ type: "group", x: index * (each + GUTTER), children: stack(column).primitives })) },
    ...(left > 0 ? [paragraph(`and ${left} more findings`, room, NOTE)] : []),
  ];
}
