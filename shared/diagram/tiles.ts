/**
 * Cuts a large diagram into tiles that fill a page each, at a size that can be read. As the sheets of a map they lie in one grid, whose lines are
 * moved so that what a page holds is whole on one; sheets on which nothing would be drawn are left out.
 */
import type { Scene, SceneNode } from "./elements";
import { flatten, union, type Box, type Point, type Route } from "./geometry";
import { HEADER } from "./sizes";

/** Below this an overview's words are too small for print (12 px become 5 points). */
const READABLE = 0.42;
const LARGEST = 0.6, STEP = 0.02;
/** Beyond this nobody prints it. A diagram that needs more is drawn smaller, down to what a glass can read, else not at all. */
const MOST_TILES = 250, SMALLEST = 0.3;
/** Of neighbours, in points: ten millimetres of paper, and a little more for a printer that shrinks what it prints. */
const OVERLAP = 30;
/** Around what is whole on a tile: room for badges and the ends of cables. */
const ROOM = 20;
/** Of a container that no page holds its title stands for it. */
const TITLE = 240;

export interface Tile {
  /** `A1`: column letter and row. */
  readonly name: string;
  /** From 0. */
  readonly column: number;
  readonly row: number;
  /** What is drawn, in the scene's coordinates: neighbours overlap. */
  readonly box: Box;
  /** The part of it that is nearer to its middle than to that of any other in the grid. */
  readonly cell: Box;
  /** The nodes that are looked for here: each is on one tile, outermost first. */
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
  const drawn = drawnOf(scene), cut = (scale: number): Cut => cutAt(drawn, scale, page);
  let best = cut(READABLE);
  // What is too many tiles already is so too where things are larger.
  for (let scale = READABLE + STEP; scale < LARGEST + STEP / 2 && best.used.size <= MOST_TILES; scale += STEP) {
    const other = cut(scale);
    if (costOf(other) <= costOf(best)) best = other;
  }
  while (best.used.size > MOST_TILES && best.scale > SMALLEST) best = cut(best.scale * 0.9);
  const { scale, used } = best;
  return used.size > MOST_TILES ? { tiles: [], scale, unmade: used.size } : { tiles: tilesIn(best), scale };
}

/** A diagram with the grid that cuts it. */
interface Cut {
  readonly scale: number;
  readonly columns: Lines;
  readonly rows: Lines;
  readonly parts: readonly Part[];
  /** Places in the grid where something is drawn, as `row · columns + column`. */
  readonly used: ReadonlySet<number>;
}

/** Fewer sheets are worth smaller words, but not much smaller ones. */
function costOf({ used, scale }: Cut): number {
  return used.size / scale ** 1.5;
}

function cutAt({ bounds, outer, inside, labels, ink }: Drawn, scale: number, page: Size): Cut {
  const room = { width: page.width / scale, height: page.height / scale }, parts = [...outer.flatMap((node) => partsOf(node, inside, room)), ...labels.filter((label) => fits(label, room))];
  const columns = new Lines(bounds.x, bounds.x + bounds.width, room.width, OVERLAP / scale, parts.map(({ x, width }) => [x, x + width]));
  const rows = new Lines(bounds.y, bounds.y + bounds.height, room.height, OVERLAP / scale, parts.map(({ y, height }) => [y, y + height]));
  const used = new Set<number>();
  const mark = ({ x, y, width, height, closer }: Ink): void => {
    const left = columns.nearest(x), right = columns.nearest(x + width), top = rows.nearest(y), bottom = rows.nearest(y + height);
    if (closer !== undefined && (left < right || top < bottom)) for (const each of closer()) mark(each);
    else for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) used.add(row * columns.count + column);
  };
  for (const each of ink) mark(each);
  return { scale, columns, rows, parts, used };
}

/** Where sheets begin along one side of the paper. */
class Lines {
  private readonly starts: number[] = [];
  /** Of the cells, but for the last, which has no end. */
  private readonly ends: number[];

  /** @param whole stretches no longer than a sheet: each is whole on one, because a sheet begins before the first that the one before it cuts */
  constructor(from: number, to: number, private readonly length: number, overlap: number, whole: readonly (readonly [number, number])[]) {
    const inOrder = [...whole].sort(([a], [b]) => a - b);
    let start = to - from > length ? from : (from + to - length) / 2, at = 0;
    this.starts.push(start);
    while (start + length < to) {
      const end = start + length, before = start;
      start = end - overlap;
      for (; at < inOrder.length; at++) {
        const [first, last] = inOrder[at] as readonly [number, number];
        if (first >= start) break;
        if (first > before && last > end) start = first;
      }
      // Again from the first that the next sheet may cut.
      while (at > 0 && (inOrder[at - 1] as readonly [number, number])[0] > start) at--;
      this.starts.push(start);
    }
    // The last sheet is full too: it begins earlier instead of ending in white.
    if (this.starts.length > 1) this.starts[this.starts.length - 1] = Math.min(start, to - length);
    this.ends = this.starts.slice(1).map((next, index) => (next + (this.starts[index] ?? 0) + length) / 2);
  }

  get count(): number {
    return this.starts.length;
  }

  /** From where to where a sheet goes. */
  span(index: number): readonly [number, number] {
    const start = this.starts[index] ?? 0;
    return [start, start + this.length];
  }

  /** The stretch that is nearest to the middle of this sheet. */
  cell(index: number): readonly [number, number] {
    const [start, end] = this.span(index);
    return [this.ends[index - 1] ?? start, this.ends[index] ?? end];
  }

  /** The sheet in whose cell a point is. */
  nearest(at: number): number {
    let low = 0, high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at <= (this.ends[middle] ?? Infinity)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Of the sheets that have a stretch whole the one whose middle is nearest; something of the stretch is in its cell. */
  holding(first: number, last: number): number {
    const middle = this.nearest((first + last) / 2), [start, end] = this.span(middle);
    const step = first < start - EXACT ? -1 : last > end + EXACT ? 1 : 0;
    return Math.min(Math.max(middle + step, 0), this.count - 1);
  }
}

/** What rounding may add up to. */
const EXACT = 1e-6;

/** What is never cut where a page holds it. */
interface Part extends Box {
  readonly nodes: readonly SceneNode[];
}

/** A box around something that leaves a trace on paper. */
interface Ink extends Box {
  /** Several that are closer around it; of what is in one place in the grid nobody asks. */
  readonly closer?: () => readonly Ink[];
}

/** What a diagram consists of, once for all scales. */
interface Drawn {
  readonly bounds: Box;
  readonly outer: readonly SceneNode[];
  readonly inside: (node: SceneNode) => readonly SceneNode[];
  readonly labels: readonly Part[];
  /** Of a container its title and its edges. */
  readonly ink: readonly Ink[];
}

function drawnOf({ bounds: { x, y, width, height }, nodes, cables }: Scene): Drawn {
  const children = new Map<string | undefined, SceneNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  const labels = cables.filter(({ label, labelShown }) => label !== "" && labelShown === "always").map(({ labelBox }): Part => ({ ...labelBox, nodes: [] }));
  return {
    bounds: { x: x - ROOM, y: y - ROOM, width: width + 2 * ROOM, height: height + 2 * ROOM },
    outer: children.get(undefined) ?? [], inside: ({ id }) => children.get(id) ?? [], labels,
    ink: [...nodes.flatMap(inkOf), ...labels, ...cables.flatMap(({ route }) => curves(route))],
  };
}

function inkOf({ absolute: { x, y }, width, height, container }: SceneNode): Ink[] {
  if (!container) return [{ x, y, width, height }];
  return [{ x, y, width, height: Math.min(HEADER, height) }, { x, y, width: 0, height }, { x: x + width, y, width: 0, height }, { x, y: y + height, width, height: 0 }];
}

/** A curve is within the box around its ends and controls. */
function curves(route: Route): Ink[] {
  const found: Ink[] = [];
  for (let at = 0; at + 3 < route.length; at += 3) {
    const curve = route.slice(at, at + 4);
    let made: readonly Ink[] | undefined;
    found.push({ ...around(curve), closer: () => (made ??= chords(flatten(curve))) });
  }
  return found;
}

function chords(points: readonly Point[]): Ink[] {
  return points.slice(1).map((point, index) => around([points[index] ?? point, point]));
}

function around(points: readonly Point[]): Box {
  return union(points.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
}

function fits({ width, height }: Size, room: Size): boolean {
  return width <= room.width && height <= room.height;
}

/** A node with all that is inside where a page holds them, else its title and what is inside one by one. */
function partsOf(node: SceneNode, inside: Drawn["inside"], room: Size): Part[] {
  const { absolute: { x, y }, width, height } = node, all = (each: SceneNode): SceneNode[] => [each, ...inside(each).flatMap(all)];
  if (!fits(node, room)) return [{ x, y, width: Math.min(width, TITLE, room.width), height: Math.min(height, HEADER, room.height), nodes: [node] }, ...inside(node).flatMap((child) => partsOf(child, inside, room))];
  const beside = Math.min(ROOM, (room.width - width) / 2), over = Math.min(ROOM, (room.height - height) / 2);
  return [{ x: x - beside, y: y - over, width: width + 2 * beside, height: height + 2 * over, nodes: all(node) }];
}

function tilesIn({ columns, rows, parts, used }: Cut): Tile[] {
  const shown = new Map<number, SceneNode[]>();
  for (const { x, y, width, height, nodes } of parts) {
    const place = rows.holding(y, y + height) * columns.count + columns.holding(x, x + width);
    shown.set(place, [...(shown.get(place) ?? []), ...nodes]);
  }
  return [...used].sort((a, b) => a - b).map((place) => {
    const column = place % columns.count, row = Math.floor(place / columns.count);
    return { name: `${letters(column)}${row + 1}`, column, row, box: boxOf(columns.span(column), rows.span(row)), cell: boxOf(columns.cell(column), rows.cell(row)), nodes: shown.get(place) ?? [] };
  });
}

function boxOf([left, right]: readonly [number, number], [top, bottom]: readonly [number, number]): Box {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A, B, … Z, AA, AB … */
function letters(index: number): string {
  return (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
}
