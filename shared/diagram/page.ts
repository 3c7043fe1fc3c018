/** The audit report as pages: the marked diagram, its tiles where it is large, the findings, the matrix, method and accepted risks. */
import { acceptanceNotes } from "../analysis/acceptance";
import { record } from "../model/topology";
import type { AuditInput, ExportOptions } from "./audit-input";
import { BODY, gap, heading, paginate, paragraph, stack, type Block } from "./block";
import { drawScene, type DrawingOptions } from "./drawing";
import type { Lens, Scene } from "./elements";
import { findingBlock } from "./findings-blocks";
import { overlaps, type Box } from "./geometry";
import { lensLegend } from "./lens";
import { groupMatrix, matrixBlocks } from "./matrix-blocks";
import { numberFindings } from "./numbering";
import { acceptedBlocks, methodBlocks } from "./notes-blocks";
import { MARGIN, sheetOf, type Sheet } from "./paper";
import type { Primitive } from "./primitives";
import { buildScene } from "./scene";
import { line } from "./shapes/shape";
import { tileGrid } from "./tiles";
import { headBlock, legendBlock, titleBlock, titleBlockHeight } from "./title-block";

export interface Page {
  /** Points in PDF, pixels in SVG. */
  readonly width: number;
  readonly height: number;
  readonly primitives: readonly Primitive[];
}

/** A diagram is never drawn larger than this many points per pixel: small networks would look like posters. */
const LARGEST = 0.9;
const TWO_COLUMNS = 640, GUTTER = 24;

/** What both the pages and the single picture are drawn from. */
export interface Picture {
  readonly scene: Scene;
  readonly lens: Lens;
  readonly drawing: DrawingOptions;
}

export function pictureOf(input: AuditInput, options: ExportOptions): Picture {
  const lens = options.lens ?? "violations";
  const scene = buildScene(input.topology, { analysis: { findings: input.findings, managementExposedTo: input.summary.managementExposedTo } });
  return { scene, lens, drawing: { lens, ...numberFindings(scene, input.findings) } };
}

/** Every page of the PDF, in order. Sheets are numbered `1 / n`. */
export function auditPages(input: AuditInput, options: ExportOptions): Page[] {
  const sheet = sheetOf(options.paper ?? "A4", options.orientation ?? "landscape");
  const bodies = [...diagramBodies(input, sheet, pictureOf(input, options), options.fit ?? "tiles"), ...findingBodies(input, sheet), ...closingBodies(input, sheet)];
  // Paper is white already; the screen's themes bring their own ground.
  const ground: Primitive[] = (options.theme ?? "print") === "print" ? [] : [{ type: "rect", x: 0, y: 0, width: sheet.width, height: sheet.height, fill: "ground" }];
  return bodies.map((body, index) => ({ ...sheet, primitives: [...ground, ...body, ...foot(input, sheet, `${index + 1} / ${bodies.length}`)] }));
}

function foot(input: AuditInput, sheet: Sheet, number: string): Primitive[] {
  return [{ type: "group", x: MARGIN, y: sheet.height - MARGIN - titleBlockHeight(sheet.width - 2 * MARGIN), children: titleBlock(input, sheet.width - 2 * MARGIN, number).primitives }];
}

/** The first sheet shows everything. If that is too small to read, tiles follow. */
function diagramBodies(input: AuditInput, sheet: Sheet, { scene, lens, drawing }: Picture, fit: "page" | "tiles"): Primitive[][] {
  const width = sheet.width - 2 * MARGIN, legend = legendBlock(lensLegend(scene, lens), width);
  const head = headBlock(input, width), bottom = sheet.height - MARGIN - titleBlockHeight(width) - 10 - legend.height;
  const area: Box = { x: MARGIN, y: MARGIN + head.height + 12, width, height: bottom - 10 - (MARGIN + head.height + 12) };
  const scale = Math.min(LARGEST, area.width / Math.max(1, scene.bounds.width), area.height / Math.max(1, scene.bounds.height));
  const filled = (box: Box): boolean => scene.nodes.some((node) => overlaps(box, { ...node.absolute, width: node.width, height: node.height }));
  const tiles = tileGrid(scene.bounds, fit === "page" ? Infinity : scale, { width, height: sheet.height - 2 * MARGIN - titleBlockHeight(width) - 34 }, filled);
  const overview: Primitive[] = [
    { type: "group", x: MARGIN, y: MARGIN, children: head.primitives },
    placed(scene, { ...drawing, scale }, area, scale),
    ...tiles.marks({ x: area.x + (area.width - scene.bounds.width * scale) / 2, y: area.y + (area.height - scene.bounds.height * scale) / 2 }, scale),
    { type: "group", x: MARGIN, y: bottom, children: legend.primitives },
  ];
  return [overview, ...tiles.tiles.map((tile): Primitive[] => [
    ...line(`${input.topology.name} · diagram, tile ${tile.name} of ${tiles.tiles.length}`, { x: MARGIN, y: MARGIN + 12 }, width, { size: 10, weight: 600, fill: "text" }),
    {
      type: "group", x: MARGIN, y: MARGIN + 24, clip: { x: 0, y: 0, width: tile.box.width * tiles.scale, height: tile.box.height * tiles.scale },
      children: [{ type: "group", x: -tile.box.x * tiles.scale, y: -tile.box.y * tiles.scale, scale: tiles.scale, children: drawScene(scene, { ...drawing, within: tile.box, scale: tiles.scale }) }],
    },
    { type: "rect", x: MARGIN, y: MARGIN + 24, width: tile.box.width * tiles.scale, height: tile.box.height * tiles.scale, stroke: "frameLine", strokeWidth: 0.5, dash: [3, 3] },
  ])];
}

/** The scene in the middle of an area. */
function placed(scene: Scene, drawing: DrawingOptions, area: Box, scale: number): Primitive {
  const { bounds } = scene;
  return {
    type: "group", scale, children: drawScene(scene, drawing),
    x: area.x + (area.width - bounds.width * scale) / 2 - bounds.x * scale, y: area.y + (area.height - bounds.height * scale) / 2 - bounds.y * scale,
  };
}

function findingBodies(input: AuditInput, sheet: Sheet): Primitive[][] {
  const width = sheet.width - 2 * MARGIN, columns = width > TWO_COLUMNS ? 2 : 1;
  const each = (width - (columns - 1) * GUTTER) / columns;
  const notes = acceptanceNotes(input.topology, input.date);
  const blocks = input.findings.map((finding, index) => findingBlock(finding, notes.get(finding.id), index + 1, each, false));
  const title = heading(`Findings (${input.findings.length})`, width);
  const filled = paginate(blocks.length > 0 ? blocks : [paragraph("None.", each, BODY)], bodyHeight(sheet) - title.height - 6);
  const bodies: Primitive[][] = [];
  for (let start = 0; start < filled.length; start += columns) {
    bodies.push([
      { type: "group", x: MARGIN, y: MARGIN, children: title.primitives },
      ...filled.slice(start, start + columns).map((column, index): Primitive => ({ type: "group", x: MARGIN + index * (each + GUTTER), y: MARGIN + title.height + 6, children: stack(column).primitives })),
    ]);
  }
  return bodies;
}

function closingBodies(input: AuditInput, sheet: Sheet): Primitive[][] {
  const width = sheet.width - 2 * MARGIN;
  const matrix: Block[] = input.matrix === undefined ? [] : [heading("Who reaches whom", width), ...matrixBlocks(groupMatrix(input.topology, input.matrix), width), paragraph(exposure(input), width, BODY), gap(14)];
  const blocks = [...matrix, ...methodBlocks(input, width), ...acceptedBlocks(input, width)];
  return paginate(blocks, bodyHeight(sheet)).map((page) => [{ type: "group", x: MARGIN, y: MARGIN, children: stack(page).primitives }]);
}

function exposure({ summary, topology }: AuditInput): string {
  const names = summary.managementExposedTo.map((id) => record(topology, "tenants", id)?.name ?? record(topology, "externalNetworks", id)?.name ?? id);
  return names.length === 0 ? "Management is exposed to no tenant and no external network beyond the policy." : `Management is exposed to ${names.join(", ")}.`;
}

function bodyHeight(sheet: Sheet): number {
  return sheet.height - 2 * MARGIN - titleBlockHeight(sheet.width - 2 * MARGIN) - 14;
}
