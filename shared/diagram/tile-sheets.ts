/** The sheets of a tiled diagram: a page that maps them and says what is where, then a sheet a tile. */
import { gap, NOTE, paginate, paragraph, row, stack, type Block } from "./block";
import { drawScene, type DrawingOptions } from "./drawing";
import type { Scene, SceneNode } from "./elements";
import { overlaps, type Box } from "./geometry";
import { textWidth } from "./metrics";
import type { Primitive } from "./primitives";
import { table } from "./report";
import { sectionBlocks } from "./report-blocks";
import { line } from "./shapes/shape";
import type { Tile, Tiling } from "./tiles";
import { plural } from "./words";

/** Above a tile: its name, what it shows, where it goes on, and a small map. */
export const TILE_HEAD = 42;
const KEY = { width: 150, height: 34 };
/** Of the map above the list of sheets: as high as costs no page more. */
const MAP_HEIGHTS = [230, 170, 120];
/** Beside the frame of a tile, how thick and how far from it: what spans the stretch that a neighbour shows too. */
const BAR = { thick: 2.5, off: 2 };
/** So few tiles need no page that maps them. */
const FEW = 3;
const MOST_NAMES = 10, MOST_RANGES = 14;

/** What the sheets are drawn from. */
export interface TiledDiagram {
  readonly name: string;
  readonly scene: Scene;
  readonly drawing: DrawingOptions;
  readonly tiling: Tiling;
}

/** The tiles' places and names over an overview whose top left corner is at `at`. */
export function tileMarks({ scene: { bounds }, tiling }: TiledDiagram, at: { readonly x: number; readonly y: number }, scale: number): Primitive[] {
  return tiling.tiles.length < 2 ? [] : tiling.tiles.flatMap((tile): Primitive[] => {
    const { x, y, width, height } = inMap(tile, bounds, at, scale), room = textWidth(tile.name, 7, 600) + 6;
    return [
      { type: "rect", x, y, width, height, stroke: "muted", strokeWidth: 0.5, dash: [1.5, 2] },
      { type: "rect", x: x + width - room, y, width: room, height: 10, radius: 2, fill: "surface", stroke: "muted", strokeWidth: 0.4 },
      { type: "text", x: x + width - room / 2, y: y + 7.6, text: tile.name, size: 7, weight: 600, fill: "text", anchor: "middle" },
    ];
  });
}

/** What of a tile's cell is of the diagram. */
function inMap({ cell }: Tile, bounds: Box, at: { readonly x: number; readonly y: number }, scale: number): Box {
  const left = Math.max(cell.x, bounds.x), top = Math.max(cell.y, bounds.y), right = Math.min(cell.x + cell.width, bounds.x + bounds.width), bottom = Math.min(cell.y + cell.height, bounds.y + bounds.height);
  return { x: at.x + (left - bounds.x) * scale, y: at.y + (top - bounds.y) * scale, width: Math.max(0, right - left) * scale, height: Math.max(0, bottom - top) * scale };
}

/** Pages that say which sheet shows what. `first`: the number of the sheet that the first of them is. */
export function indexBodies(diagram: TiledDiagram, width: number, height: number, first: number): Primitive[][] {
  const { tiles } = diagram.tiling;
  if (tiles.length <= FEW) return [];
  const pagesFrom = (sheet: number): Block[][] => MAP_HEIGHTS.map((map) => paginate(indexBlocks(diagram, width, map, sheet), height)).reduce((best, other) => (other.length < best.length ? other : best));
  // How many pages the index takes does not hang on the numbers in it.
  return pagesFrom(first + pagesFrom(0).length).map((page) => [...stack(page).primitives]);
}

function indexBlocks(diagram: TiledDiagram, width: number, mapHeight: number, sheet: number): Block[] {
  const { tiles, scale } = diagram.tiling;
  const [head, space, ...rows] = sectionBlocks({
    id: "diagram", title: `Sheets of the diagram (${tiles.length})`, pieces: [
      table([{ title: "Tile", share: 0.5 }, { title: "Sheet", share: 0.6 }, { title: "Shows", share: 4.4 }, { title: "Numbers of findings", share: 4 }], tiles.map((tile, index) => [tile.name, String(sheet + index), shownOn(diagram, tile), ranges(numbersOn(diagram, tile))]), "", Infinity, ""),
    ],
  }, width);
  const map = mapBlock(diagram, width, mapHeight), note = `Drawn at ${Math.round(scale * 100)} % of the size on a screen. Neighbouring sheets overlap by at least 10 mm, marked by bars beside their frames, and each names its neighbours. Whatever fits on a sheet is whole on one; places where nothing is drawn have no sheet.`;
  return [...(head === undefined ? [] : [head]), ...(space === undefined ? [] : [space]), stack([row([{ x: 0, block: map }]), paragraph(note, width, NOTE), gap(6)]), ...rows];
}

/** Outlines of the tiles with their names, over the frames of what stands there. */
function mapBlock({ scene, tiling: { tiles } }: TiledDiagram, width: number, mostHeight: number): Block {
  const { bounds } = scene, scale = Math.min(width / Math.max(1, bounds.width), mostHeight / Math.max(1, bounds.height));
  const at = { x: (width - bounds.width * scale) / 2, y: 0 };
  return {
    height: bounds.height * scale + 6,
    primitives: [
      ...scene.nodes.filter(({ parent }) => parent === undefined).map((node): Primitive => ({ type: "rect", x: at.x + (node.absolute.x - bounds.x) * scale, y: (node.absolute.y - bounds.y) * scale, width: node.width * scale, height: node.height * scale, fill: "band", stroke: "bandLine", strokeWidth: 0.4 })),
      ...tiles.flatMap((tile): Primitive[] => {
        const box = inMap(tile, bounds, at, scale), size = Math.max(5, Math.min(9, box.height * 0.6, box.width / 3));
        return [{ type: "rect", ...box, stroke: "muted", strokeWidth: 0.6 }, { type: "text", x: box.x + box.width / 2, y: box.y + box.height / 2 + size * 0.36, text: tile.name, size, weight: 600, fill: "text", anchor: "middle" }];
      }),
    ],
  };
}

/** A sheet for each tile, with its name. `first`: the number of the first of them. */
export function tileBodies(diagram: TiledDiagram, origin: { readonly x: number; readonly y: number }, width: number, first: number): { readonly name: string; readonly primitives: Primitive[] }[] {
  const { scene, drawing, tiling: { tiles, scale } } = diagram, sheets = new Map(tiles.map((tile, index) => [placeOf(tile), { tile, sheet: first + index }]));
  return tiles.map((tile) => {
    const { box } = tile, frame = { x: 0, y: 0, width: box.width * scale, height: box.height * scale }, beside = neighbours(tile, sheets);
    return { name: `Tile ${tile.name}`, primitives: [
      { type: "group", ...origin, children: tileHead(diagram, tile, beside, width) },
      {
        type: "group", x: origin.x, y: origin.y + TILE_HEAD, clip: frame,
        children: [{ type: "group", x: -box.x * scale, y: -box.y * scale, scale, children: drawScene(scene, { ...drawing, within: box, scale }) }],
      },
      { type: "group", x: origin.x, y: origin.y + TILE_HEAD, children: [
        { type: "rect", ...frame, stroke: "frameLine", strokeWidth: 0.5 },
        ...beside.flatMap((neighbour) => [...overlapMarks(neighbour, tile, frame, scale), ...signpost(neighbour, frame)]),
        ...(beside.length === 0 ? [] : line("Bars beside the frame: what the neighbouring sheet shows too.", { x: 0, y: frame.height + 11.5 }, frame.width / 2 - 50, { size: 6, fill: "muted" })),
      ] },
    ] };
  });
}

function tileHead(diagram: TiledDiagram, tile: Tile, beside: readonly Neighbour[], width: number): Primitive[] {
  const { name, tiling: { tiles } } = diagram, room = width - KEY.width - 16;
  return [
    ...line(`${name} · diagram, tile ${tile.name} of ${tiles.length}`, { x: 0, y: 10 }, room, { size: 10, weight: 600, fill: "text" }),
    ...line(shownOn(diagram, tile), { x: 0, y: 22 }, room, { size: 8, fill: "text", prose: true }),
    ...(beside.length === 0 ? [] : line(`Goes on: ${beside.map((each) => `${each.side} ${each.name} (sheet ${each.sheet})`).join(", ")}`, { x: 0, y: 32 }, room, { size: 8, fill: "muted", prose: true })),
    ...(tiles.length < 2 ? [] : [{ type: "group" as const, x: width - KEY.width, children: keyPlan(diagram, tile) }]),
  ];
}

/** All tiles, this one filled. */
function keyPlan({ scene: { bounds }, tiling: { tiles } }: TiledDiagram, shown: Tile): Primitive[] {
  const scale = Math.min(KEY.width / Math.max(1, bounds.width), KEY.height / Math.max(1, bounds.height)), at = { x: KEY.width - bounds.width * scale, y: 0 };
  return tiles.map((tile): Primitive => ({ type: "rect", ...inMap(tile, bounds, at, scale), ...(tile === shown ? { fill: "muted" as const } : {}), stroke: "muted", strokeWidth: 0.4 }));
}

interface Neighbour {
  readonly side: keyof typeof STEPS;
  /** Of its tile. */
  readonly name: string;
  readonly box: Box;
  readonly sheet: number;
}

/** Where in the grid a neighbour is. */
const STEPS = { left: { column: -1, row: 0 }, right: { column: 1, row: 0 }, above: { column: 0, row: -1 }, below: { column: 0, row: 1 } } as const;

function placeOf({ column, row }: Pick<Tile, "column" | "row">): string {
  return `${column} ${row}`;
}

function neighbours({ column, row }: Tile, sheets: ReadonlyMap<string, { readonly tile: Tile; readonly sheet: number }>): readonly Neighbour[] {
  return (["left", "right", "above", "below"] as const).flatMap((side): Neighbour[] => {
    const step = STEPS[side], there = sheets.get(placeOf({ column: column + step.column, row: row + step.row }));
    return there === undefined ? [] : [{ side, name: there.tile.name, box: there.tile.box, sheet: there.sheet }];
  });
}

/** Beside both edges that run towards a neighbour: a bar along what it shows too, and a tick where that begins. */
function overlapMarks({ side, box: there }: Neighbour, { box: here }: Tile, frame: Box, scale: number): Primitive[] {
  const { thick, off } = BAR, across = side === "left" || side === "right", [length, far] = across ? [frame.width, frame.height] : [frame.height, frame.width];
  const begins = (across ? there.x - here.x : there.y - here.y) * scale, [from, to] = side === "right" || side === "below" ? [begins, length] : [0, begins + length], tick = from === 0 ? to : from;
  return [-off - thick, far + off].flatMap((at): Primitive[] => {
    const bar = across ? { x: from, y: at, width: to - from, height: thick } : { x: at, y: from, width: thick, height: to - from }, end = at < 0 ? at - off : at + thick + off, edge = at < 0 ? 0 : far;
    return [
      { type: "rect", ...bar, fill: "frameLine" },
      { type: "line", ...(across ? { x1: tick, y1: edge, x2: tick, y2: end } : { x1: edge, y1: tick, x2: end, y2: tick }), stroke: "text", strokeWidth: 0.5 },
    ];
  });
}

/** On the edge of a tile's frame, where the drawing goes on: the tile there, and its sheet. */
function signpost({ side, name, sheet }: Neighbour, { width, height }: Box): Primitive[] {
  const words = { left: [`← ${name}`, `sheet ${sheet}`], right: [`${name} →`, `sheet ${sheet}`], above: [`↑ ${name} · sheet ${sheet}`], below: [`↓ ${name} · sheet ${sheet}`] }[side];
  const room = Math.max(...words.map((each) => textWidth(each, 7, 600))) + 8, tall = 2 + 9 * words.length;
  const x = side === "left" ? 0 : side === "right" ? width : width / 2, y = side === "above" ? 0 : side === "below" ? height : height / 2;
  return [
    { type: "rect", x: x - room / 2, y: y - tall / 2, width: room, height: tall, radius: 2, fill: "surface", stroke: "muted", strokeWidth: 0.4 },
    ...words.map((text, index): Primitive => ({ type: "text", x, y: y - tall / 2 + 8.1 + 9 * index, text, size: 7, weight: 600, fill: "text", anchor: "middle" })),
  ];
}

/** `srv-1 (40 of 112 VMs), srv-2, core`: the outermost things, with what of their insides is here. */
function shownOn({ scene }: TiledDiagram, { nodes }: Tile): string {
  const inside = new Map<SceneNode, SceneNode[]>();
  for (const node of nodes) {
    const outer = outermost(scene, node), list = inside.get(outer);
    if (list === undefined) inside.set(outer, [node]);
    else list.push(node);
  }
  if (inside.size === 0) return "cables";
  const words = [...inside].map(([outer, own]) => {
    const vms = own.filter(({ kind }) => kind === "vm").length, groups = own.filter(({ kind }) => kind === "portGroup").length;
    const parts = [...(outer.kind === "vm" || vms === 0 ? [] : [vms < outer.guests ? `${vms} of ${plural(outer.guests, "VM")}` : plural(vms, "VM")]), ...(outer.kind === "virtualSwitch" && groups > 0 ? [groups < outer.contents ? `${groups} of ${plural(outer.contents, "port group")}` : plural(groups, "port group")] : [])];
    return `${outer.title}${parts.length === 0 ? "" : ` (${parts.join(", ")})`}`;
  });
  return words.slice(0, MOST_NAMES).join(", ") + (words.length > MOST_NAMES ? ` and ${words.length - MOST_NAMES} more` : "");
}

function outermost(scene: Scene, node: SceneNode): SceneNode {
  const parent = node.parent === undefined ? undefined : scene.node.get(node.parent);
  return parent === undefined ? node : outermost(scene, parent);
}

/** Of the findings that are marked there. */
function numbersOn({ scene, drawing: { numbers = new Map<string, readonly number[]>() } }: TiledDiagram, { nodes, cell }: Tile): number[] {
  const cables = scene.cables.filter(({ id, labelBox }) => numbers.has(id) && overlaps(cell, labelBox)).map(({ id }) => id);
  return [...new Set([...nodes.map(({ id }) => id), ...cables].flatMap((id) => numbers.get(id) ?? []))].sort((a, b) => a - b);
}

/** `1, 3–9, 12`. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return words.slice(0, MOST_RANGES).join(", ") + (words.length > MOST_RANGES ? " …" : "");
}
