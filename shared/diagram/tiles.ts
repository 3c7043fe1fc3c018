/** Cuts a large diagram into tiles that fill a page each, at a size that can be read: what belongs together is kept whole, and no page is empty. */
import type { Scene, SceneNode } from "./elements";
import { union, type Box } from "./geometry";
import { HEADER } from "./sizes";

/** Below this an overview's words are too small for print (12 px become 5 points). */
const READABLE = 0.42;
const LARGEST = 0.6, STEP = 0.03;
/** Beyond this nobody prints it. A diagram that needs more is drawn smaller, down to what a glass can read, else not at all. */
const MOST_TILES = 250, SMALLEST = 0.3;
/** Around what a tile shows: room for badges and the ends of cables. */
const ROOM = 20;
/** Of a container that no page holds its title stands for it. */
const TITLE = 240;

export interface Tile {
  /** `A1`: column letter and row. */
  readonly name: string;
  /** What is drawn, in the scene's coordinates: neighbours overlap. */
  readonly box: Box;
  /** Around what this tile is there for. */
  readonly core: Box;
  /** Nodes that it shows and no tile before it, outermost first. */
  readonly nodes: readonly SceneNode[];
}

export interface Tiling {
  readonly tiles: readonly Tile[];
  readonly scale: number;
  /** So many would be needed, which is too many to make. */
  readonly unmade?: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** No tiles where the overview can be read. */
export function tilesOf(scene: Scene, overviewScale: number, page: Size): Tiling {
  if (overviewScale >= READABLE) return { tiles: [], scale: 1 };
  const tree = treeOf(scene), tiled = (scale: number): Candidate => ({ scale, rows: cover(tree, windowOf(page, scale)) });
  let best = tiled(LARGEST);
  for (let scale = LARGEST - STEP; scale > READABLE - STEP / 2; scale -= STEP) {
    const other = tiled(scale);
    if (costOf(other) < costOf(best)) best = other;
  }
  while (countOf(best) > MOST_TILES && best.scale > SMALLEST) best = tiled(best.scale * 0.9);
  const { scale, rows } = best, room = windowOf(page, scale);
  if (countOf(best) > MOST_TILES) return { tiles: [], scale, unmade: countOf(best) };
  const tiles = rows.flatMap((row, y) => row.map(({ box, nodes }, x): Tile => ({ name: `${letters(x)}${y + 1}`, core: box, nodes, box: around(box, room, scene.bounds) })));
  return { tiles, scale };
}

interface Candidate {
  readonly scale: number;
  readonly rows: readonly (readonly Core[])[];
}

function countOf({ rows }: Candidate): number {
  return rows.reduce((sum, row) => sum + row.length, 0);
}

/** Fewer sheets are worth smaller words, but not much smaller ones. */
function costOf(candidate: Candidate): number {
  return countOf(candidate) / candidate.scale ** 1.5;
}

function windowOf({ width, height }: Size, scale: number): Size {
  return { width: width / scale, height: height / scale };
}

interface Core {
  readonly box: Box;
  readonly nodes: readonly SceneNode[];
  /** What labels of cables say. */
  readonly labels: readonly string[];
}

interface Part extends Box {
  readonly nodes: readonly SceneNode[];
  readonly label?: string;
}

/** Rows of windows from top to bottom, each from left to right, that together show every part whole. None for labels that others say too. */
function cover(tree: Tree, room: Size): Core[][] {
  const rows: Core[][] = [];
  let left = partsOf(tree, room).sort((a, b) => a.y - b.y);
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const bottom = first.y + room.height, fits = (part: Part): boolean => part.y + part.height <= bottom;
    let band = left.filter(fits).sort((a, b) => a.x - b.x || a.y - b.y);
    left = left.filter((part) => !fits(part));
    const row: Core[] = [];
    for (let start = band[0]; start !== undefined; start = band[0]) {
      const right = start.x + room.width, shown = band.filter((part) => part.x + part.width <= right);
      band = band.filter((part) => part.x + part.width > right);
      row.push({ box: union(shown), nodes: shown.flatMap(({ nodes }) => nodes), labels: shown.flatMap(({ label }) => label ?? []) });
    }
    rows.push(row);
  }
  const said = new Set(rows.flat().flatMap(({ nodes, labels }) => (nodes.length > 0 ? labels : [])));
  return rows.map((row) => row.filter(({ nodes, labels }) => nodes.length > 0 || labels.some((label) => !said.has(label)))).filter((row) => row.length > 0);
}

interface Tree {
  readonly outer: readonly SceneNode[];
  readonly inside: (node: SceneNode) => readonly SceneNode[];
  readonly labels: readonly Part[];
}

function treeOf({ nodes, cables }: Scene): Tree {
  const children = new Map<string | undefined, SceneNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  return {
    outer: children.get(undefined) ?? [], inside: ({ id }) => children.get(id) ?? [],
    labels: cables.filter(({ label, labelShown }) => label !== "" && labelShown === "always").map(({ label, labelBox }) => ({ ...labelBox, label, nodes: [] })),
  };
}

/** What is never cut: nodes with all that is inside where a page holds them, else their titles and what is inside one by one; labels of cables. */
function partsOf({ outer, inside, labels }: Tree, room: Size): Part[] {
  const all = (node: SceneNode): SceneNode[] => [node, ...inside(node).flatMap(all)];
  const part = (node: SceneNode, divided: boolean): Part[] => {
    const { absolute, width, height } = node, own = inside(node), corner = { x: absolute.x - ROOM, y: absolute.y - ROOM };
    if (own.length === 0 || (!divided && width + 2 * ROOM <= room.width && height + 2 * ROOM <= room.height)) return [{ ...clipped({ ...corner, width: width + 2 * ROOM, height: height + 2 * ROOM }, room), nodes: all(node) }];
    // An only child is as large as its parent: kept whole, it would leave the parent's title to a page of its own.
    return [{ ...clipped({ ...corner, width: Math.min(width, TITLE), height: HEADER + ROOM }, room), nodes: [node] }, ...own.flatMap((child) => part(child, own.length === 1))];
  };
  return [...outer.flatMap((node) => part(node, false)), ...labels.map((label): Part => ({ ...label, ...clipped(label, room) }))];
}

function clipped(box: Box, { width, height }: Size): Box {
  return { ...box, width: Math.min(box.width, width), height: Math.min(box.height, height) };
}

/** A whole page with the core in its middle, moved so that it shows little of what is outside the diagram. */
function around(core: Box, room: Size, bounds: Box): Box {
  const place = (at: number, length: number, whole: number, from: number, all: number): number => {
    const centred = at - (whole - length) / 2, last = from + all - whole;
    return last < from ? from + (all - whole) / 2 : Math.min(Math.max(centred, Math.min(from, at)), Math.max(last, at + length - whole));
  };
  return { ...room, x: place(core.x, core.width, room.width, bounds.x, bounds.width), y: place(core.y, core.height, room.height, bounds.y, bounds.height) };
}

/** A, B, … Z, AA, AB … */
function letters(index: number): string {
  return (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
}
