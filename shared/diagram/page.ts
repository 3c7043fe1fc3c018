/** The audit report as pages: the marked diagram, its tiles where it is large, then the sections of the report. */
import type { Finding } from "../analysis/result";
import type { Topology } from "../model/topology";
import type { AuditInput } from "./audit-input";
import type { ExportOptions } from "./export-options";
import { gap, heading, NOTE, paginate, paragraph, row, stack, type Block } from "./block";
import { drawScene, type DrawingOptions } from "./drawing";
import type { Lens, Scene } from "./elements";
import type { Box } from "./geometry";
import { lensLegend } from "./lens";
import { numberFindings } from "./numbering";
import { pathOverlay } from "./overlay";
import { MARGIN, sheetOf, type Sheet } from "./paper";
import type { Primitive } from "./primitives";
import type { Piece, Report, Section } from "./report";
import { pieceBlocks, sectionBlocks } from "./report-blocks";
import { buildScene } from "./scene";
import { line } from "./shapes/shape";
import { indexBodies, TILE_HEAD, tileBodies, tileMarks, type TiledDiagram } from "./tile-sheets";
import { tilesOf } from "./tiles";
import { headBlock, legendBlock, lettersNote, titleBlock, titleBlockHeight } from "./title-block";
import { parseView, viewed } from "./view";

export interface Page {
  /** What it shows, in a word or two. */
  readonly name: string;
  /** Points in PDF, pixels in SVG. */
  readonly width: number;
  readonly height: number;
  readonly primitives: readonly Primitive[];
  /** Sections that begin on it. */
  readonly sections: readonly string[];
}

/** A diagram is never drawn larger than this many points per pixel: small networks would look like posters. */
const LARGEST = 0.9;
const TWO_COLUMNS = 640, GUTTER = 24;
const MOST_ROUNDS = 4;

/** What both the pages and the single picture are drawn from. */
export interface Picture {
  readonly scene: Scene;
  readonly lens: Lens;
  readonly drawing: DrawingOptions;
  /** The part of the document that it shows. */
  readonly topology: Topology;
  /** The findings that are on it, those of the whole document where it shows everything. */
  readonly listed: readonly Finding[];
  /** It shows the way of one finding: numbers are those of its hops. */
  readonly path: boolean;
}

export function pictureOf(input: AuditInput, options: ExportOptions): Picture {
  const lens = options.lens ?? "violations", view = parseView(options.view ?? "network"), shown = view === undefined ? undefined : viewed(input.topology, view, input.findings);
  const topology = shown?.topology ?? input.topology, scene = buildScene(topology, { analysis: { findings: input.findings, managementExposedTo: input.summary.managementExposedTo } });
  const numbering = numberFindings(scene, input.findings), { finding } = shown ?? {};
  if (finding !== undefined) return { scene, topology, lens, listed: [finding], path: true, drawing: { lens, overlay: pathOverlay(scene, finding.path) } };
  return { scene, topology, lens, listed: shown === undefined || view?.kind === "network" ? input.findings : input.findings.filter(({ accepted }, index) => !accepted && numbering.numbered.has(index + 1)), path: false, drawing: { lens, ...numbering } };
}

/** Every page of the PDF, in order. Sheets are numbered `1 / n`. */
export function auditPages(input: AuditInput, options: ExportOptions): Page[] {
  const sheet = sheetOf(options.paper ?? "A4", options.orientation ?? "landscape");
  const report = options.contents === "diagram" ? undefined : input.report;
  const diagram = diagramBodies(input, sheet, pictureOf(input, options), options.fit ?? "tiles"), bodies = [...diagram, ...(report === undefined ? [] : reportBodies(report, sheet, diagram))];
  // Paper is white already; the screen's themes bring their own ground.
  const ground: Primitive[] = (options.theme ?? "print") === "print" ? [] : [{ type: "rect", x: 0, y: 0, width: sheet.width, height: sheet.height, fill: "ground" }];
  return bodies.map(({ primitives, ...body }, index) => ({ ...sheet, ...body, primitives: [...ground, ...primitives, ...foot(input, sheet, `${index + 1} / ${bodies.length}`)] }));
}

function foot(input: AuditInput, sheet: Sheet, number: string): Primitive[] {
  return [{ type: "group", x: MARGIN, y: sheet.height - MARGIN - titleBlockHeight(sheet.width - 2 * MARGIN), children: titleBlock(input, sheet.width - 2 * MARGIN, number).primitives }];
}

type Body = Pick<Page, "name" | "primitives" | "sections">;

/** The first sheet shows everything. If that is too small to read, a map of the tiles and the tiles follow. */
function diagramBodies(input: AuditInput, sheet: Sheet, { scene, topology, lens, drawing, path }: Picture, fit: "page" | "tiles"): Body[] {
  const width = sheet.width - 2 * MARGIN, legend = stack([legendBlock(lensLegend(scene, lens), width, path), ...lettersNote(topology, input.author, width)]), body = bodyHeight(sheet);
  const head = headBlock(input, width), bottom = sheet.height - MARGIN - titleBlockHeight(width) - 10 - legend.height;
  const area: Box = { x: MARGIN, y: MARGIN + head.height + 12, width, height: bottom - 10 - (MARGIN + head.height + 12) };
  const scale = Math.min(LARGEST, area.width / Math.max(1, scene.bounds.width), area.height / Math.max(1, scene.bounds.height));
  const tiling = tilesOf(scene, fit === "page" ? Infinity : scale, { width, height: body - TILE_HEAD }), diagram: TiledDiagram = { name: input.topology.name, scene, drawing, tiling };
  const unmade = tiling.unmade === undefined ? [] : line(`Too large for this paper: it would take ${tiling.unmade} tiles that can be read. Choose larger paper, a view of a part, or SVG.`, { x: MARGIN, y: area.y + 2 }, width, { size: 8.5, fill: "text" });
  const overview: Primitive[] = [
    { type: "group", x: MARGIN, y: MARGIN, children: head.primitives },
    placed(scene, { ...drawing, scale }, area, scale),
    ...tileMarks(diagram, { x: area.x + (area.width - scene.bounds.width * scale) / 2, y: area.y + (area.height - scene.bounds.height * scale) / 2 }, scale), ...unmade,
    { type: "group", x: MARGIN, y: bottom, children: legend.primitives },
  ];
  const index = indexBodies(diagram, width, body, 2).map((page, at): Body => ({ name: "Sheets of the diagram", sections: at === 0 ? ["Sheets of the diagram"] : [], primitives: [{ type: "group", x: MARGIN, y: MARGIN, children: page }] }));
  const tiles = tileBodies(diagram, { x: MARGIN, y: MARGIN }, width, 2 + index.length).map((tile): Body => ({ ...tile, sections: [] }));
  return [{ name: "Diagram", primitives: overview, sections: ["Diagram"] }, ...index, ...tiles];
}

/** The scene in the middle of an area. */
function placed(scene: Scene, drawing: DrawingOptions, area: Box, scale: number): Primitive {
  const { bounds } = scene;
  return {
    type: "group", scale, children: drawScene(scene, drawing),
    x: area.x + (area.width - bounds.width * scale) / 2 - bounds.x * scale, y: area.y + (area.height - bounds.height * scale) / 2 - bounds.y * scale,
  };
}

/** The report, with what is on which sheet of the whole before it. */
function reportBodies(report: Report, sheet: Sheet, before: readonly Body[]): Body[] {
  let contents = "", bodies: Body[] = [];
  // Where sections begin hangs on how many lines that takes, which hangs on it hardly ever.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    bodies = sectionBodies(report, sheet, contents);
    const told = contentsOf([...before, ...bodies]);
    if (told === contents) break;
    contents = told;
  }
  return bodies;
}

/** `Diagram, sheet 1; Summary, 2; …`. */
function contentsOf(bodies: readonly Body[]): string {
  return bodies.flatMap(({ sections }, index) => sections.map((title) => ({ title, sheet: index + 1 }))).map(({ title, sheet }, index) => `${title}, ${index === 0 ? "sheet " : ""}${sheet}`).join("; ");
}

/** Findings that are told whole in two columns where the paper is wide enough, everything else over the whole width. */
function sectionBodies(report: Report, sheet: Sheet, contents: string): Body[] {
  const width = sheet.width - 2 * MARGIN, bodies: Body[] = [];
  let flowing: Block[] = contents === "" ? [] : [paragraph(`In this file: ${contents}.`, width, NOTE), gap(8)];
  const flush = (): void => {
    bodies.push(...paginate(flowing, bodyHeight(sheet)).map((page) => bodyOf("Report", page)));
    flowing = [];
  };
  for (const section of report.sections.filter(({ id }) => id !== "diagram")) {
    if (section.id !== "findings") flowing.push(...sectionBlocks(section, width));
    else {
      flush();
      const { full, rest } = findingPages(section, sheet);
      bodies.push(...full);
      flowing = rest;
    }
  }
  flush();
  return bodies;
}

/** Full pages of findings, and what the report goes on below: the last columns, and findings that are told in brief. */
function findingPages({ title, pieces }: Section, sheet: Sheet): { readonly full: Body[]; readonly rest: Block[] } {
  const width = sheet.width - 2 * MARGIN, columns = width > TWO_COLUMNS ? 2 : 1, each = (width - (columns - 1) * GUTTER) / columns;
  const head = stack([heading(title, width), gap(6)]), isBrief = ({ kind }: Piece): boolean => kind === "table" || kind === "subhead";
  const filled = paginate(pieces.filter((piece) => !isBrief(piece)).flatMap((piece) => pieceBlocks(piece, each)), bodyHeight(sheet) - head.height), pages: Block[] = [];
  for (let start = 0; start < Math.max(1, filled.length); start += columns) {
    pages.push({ ...stack([head, row(filled.slice(start, start + columns).map((column, index) => ({ x: index * (each + GUTTER), block: stack(column) })))]), ...(start === 0 ? { section: title } : {}) });
  }
  const brief = pieces.filter(isBrief).flatMap((piece) => pieceBlocks(piece, width));
  return { full: pages.slice(0, -1).map((page) => bodyOf(title, [page])), rest: [...pages.slice(-1), ...brief, gap(14)] };
}

function bodyOf(name: string, page: readonly Block[]): Body {
  return { name, sections: page.flatMap(({ section }) => section ?? []), primitives: [{ type: "group", x: MARGIN, y: MARGIN, children: stack(page).primitives }] };
}

function bodyHeight(sheet: Sheet): number {
  return sheet.height - 2 * MARGIN - titleBlockHeight(sheet.width - 2 * MARGIN) - 14;
}
