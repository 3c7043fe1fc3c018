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
const KEY = { width: 150, height: 34 }, MAP_HEIGHT = 230;
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

/** The tiles' outlines and names over an overview whose top left corner is at `at`. */
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

function inMap(tile: Tile, bounds: Box, at: { readonly x: number; readonly y: number }, scale: number): Box {
  return { x: at.x + (tile.core.x - bounds.x) * scale, y: at.y + (tile.core.y - bounds.y) * scale, width: tile.core.width * scale, height: tile.core.height * scale };
}

/** Pages that say which sheet shows what. `first`: the number of the sheet that the first of them is. */
export function indexBodies(diagram: TiledDiagram, width: number, height: number, first: number): Primitive[][] {
  const { tiles } = diagram.tiling;
  if (tiles.length <= FEW) return [];
  const pagesFrom = (sheet: number): Block[][] => paginate(indexBlocks(diagram, width, sheet), height);
  // How many pages the index takes does not hang on the numbers in it.
  return pagesFrom(first + pagesFrom(0).length).map((page) => [...stack(page).primitives]);
}

function indexBlocks(diagram: TiledDiagram, width: number, sheet: number): Block[] {
  const { tiles, scale } = diagram.tiling;
  const [head, space, ...rows] = sectionBlocks({
    id: "diagram", title: `Sheets of the diagram (${tiles.length})`, pieces: [
      table([{ title: "Tile", share: 0.5 }, { title: "Sheet", share: 0.6 }, { title: "Shows", share: 4.4 }, { title: "Numbers of findings", share: 4 }], tiles.map((tile, index) => [tile.name, String(sheet + index), shownOn(diagram, tile), ranges(numbersOn(diagram, tile))]), "", Infinity, ""),
    ],
  }, width);
  const map = mapBlock(diagram, width), note = `Drawn at ${Math.round(scale * 100)} % of the size on a screen. Sheets overlap, and each names its neighbours; a stretch with nothing but cables may be on the first sheet alone.`;
  return [...(head === undefined ? [] : [head]), ...(space === undefined ? [] : [space]), stack([row([{ x: 0, block: map }]), paragraph(note, width, NOTE), gap(6)]), ...rows];
}

/** Outlines of the tiles with their names, over the frames of what stands there. */
function mapBlock({ scene, tiling: { tiles } }: TiledDiagram, width: number): Block {
  const { bounds } = scene, scale = Math.min(width / Math.max(1, bounds.width), MAP_HEIGHT / Math.max(1, bounds.height));
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

/** A sheet for each tile, with its name. */
export function tileBodies(diagram: TiledDiagram, origin: { readonly x: number; readonly y: number }, width: number): { readonly name: string; readonly primitives: Primitive[] }[] {
  const { scene, drawing, tiling: { tiles, scale } } = diagram;
  return tiles.map((tile) => ({ name: `Tile ${tile.name}`, primitives: [
    { type: "group", ...origin, children: tileHead(diagram, tile, width) },
    {
      type: "group", x: origin.x, y: origin.y + TILE_HEAD, clip: { x: 0, y: 0, width: tile.box.width * scale, height: tile.box.height * scale },
      children: [{ type: "group", x: -tile.box.x * scale, y: -tile.box.y * scale, scale, children: drawScene(scene, { ...drawing, within: tile.box, scale }) }],
    },
    { type: "rect", x: origin.x, y: origin.y + TILE_HEAD, width: tile.box.width * scale, height: tile.box.height * scale, stroke: "frameLine", strokeWidth: 0.5, dash: [3, 3] },
    { type: "group", x: origin.x, y: origin.y + TILE_HEAD, children: neighbours(tile, tiles).flatMap(({ side, name }) => signpost(side, name, tile.box.width * scale, tile.box.height * scale)) },
  ] }));
}

function tileHead(diagram: TiledDiagram, tile: Tile, width: number): Primitive[] {
  const { name, tiling: { tiles } } = diagram, room = width - KEY.width - 16;
  return [
    ...line(`${name} · diagram, tile ${tile.name} of ${tiles.length}`, { x: 0, y: 10 }, room, { size: 10, weight: 600, fill: "text" }),
    ...line(shownOn(diagram, tile), { x: 0, y: 22 }, room, { size: 8, fill: "text" }),
    ...line(goesOn(tile, tiles), { x: 0, y: 33 }, room, { size: 8, fill: "muted" }),
    ...(tiles.length < 2 ? [] : [{ type: "group" as const, x: width - KEY.width, children: keyPlan(diagram, tile) }]),
  ];
}

/** All tiles, this one filled. */
function keyPlan({ scene: { bounds }, tiling: { tiles } }: TiledDiagram, shown: Tile): Primitive[] {
  const scale = Math.min(KEY.width / Math.max(1, bounds.width), KEY.height / Math.max(1, bounds.height)), at = { x: KEY.width - bounds.width * scale, y: 0 };
  return tiles.map((tile): Primitive => ({ type: "rect", ...inMap(tile, bounds, at, scale), ...(tile === shown ? { fill: "muted" as const } : {}), stroke: "muted", strokeWidth: 0.4 }));
}

interface Neighbour {
  readonly side: "left" | "right" | "above" | "below";
  /** Of its tile. */
  readonly name: string;
}

/** On the edge of a tile's frame, where the drawing goes on: the name of the tile there. */
function signpost(side: Neighbour["side"], name: string, width: number, height: number): Primitive[] {
  const words = { left: `← ${name}`, right: `${name} →`, above: `↑ ${name}`, below: `↓ ${name}` }[side], room = textWidth(words, 7, 600) + 8;
  const x = side === "left" ? 0 : side === "right" ? width : width / 2, y = side === "above" ? 0 : side === "below" ? height : height / 2;
  return [
    { type: "rect", x: x - room / 2, y: y - 5.5, width: room, height: 11, radius: 2, fill: "surface", stroke: "muted", strokeWidth: 0.4 },
    { type: "text", x, y: y + 2.6, text: words, size: 7, weight: 600, fill: "text", anchor: "middle" },
  ];
}

/** `Goes on: left A1, right C1, below B2`. */
function goesOn(tile: Tile, tiles: readonly Tile[]): string {
  const words = neighbours(tile, tiles).map(({ side, name }) => `${side} ${name}`);
  return words.length === 0 ? "" : `Goes on: ${words.join(", ")}`;
}

function neighbours(tile: Tile, tiles: readonly Tile[]): readonly Neighbour[] {
  const { core } = tile, right = core.x + core.width, bottom = core.y + core.height;
  const beside = tiles.filter((other) => other !== tile && other.core.y < bottom && core.y < other.core.y + other.core.height), over = tiles.filter((other) => other !== tile && other.core.x < right && core.x < other.core.x + other.core.width);
  const nearest = (list: readonly Tile[], distance: (other: Box) => number): Tile | undefined =>
    list.filter((other) => distance(other.core) >= 0).sort((a, b) => distance(a.core) - distance(b.core))[0];
  const said = [
    ["left", nearest(beside, ({ x }) => core.x - x - 1)], ["right", nearest(beside, ({ x }) => x - core.x - 1)], ["above", nearest(over, ({ y }) => core.y - y - 1)], ["below", nearest(over, ({ y }) => y - core.y - 1)],
  ] as const;
  return said.flatMap(([side, other]) => (other === undefined ? [] : [{ side, name: other.name }]));
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
function numbersOn({ scene, drawing: { numbers = new Map<string, readonly number[]>() } }: TiledDiagram, { nodes, core }: Tile): number[] {
  const cables = scene.cables.filter(({ id, labelBox }) => numbers.has(id) && overlaps(core, labelBox)).map(({ id }) => id);
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
