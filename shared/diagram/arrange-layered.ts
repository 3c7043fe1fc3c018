/** Places in layers along the cables, one level of containment after the other, from the innermost outwards. */
import type { Placement } from "../model/layout";
import type { Topology } from "../model/topology";
import { blocksOf, edgesWithin, gapsOf, type Block, type Level } from "./arrange-levels";
import { EVERYTHING, ownPlace, placesOf, unplace, type Free, type Layout, type Unplaced } from "./arrange";
import { overlaps, union, type Box, type Point } from "./geometry";
import { layOut } from "./layout";
import { HEADER, HOST_GAP, PADDING, snap } from "./sizes";
import { childrenOf, type Tree } from "./tree";

/** Places the boxes of one level in layers. Answers where the top left corner of each is. */
export type LayerEngine = (level: Level) => Promise<ReadonlyMap<string, Point>>;

export interface LayeredOptions {
  readonly isFree?: Free;
  /** Told after each level: how many of how many are done. */
  readonly onLevel?: (done: number, all: number) => void;
}

/** A fresh `layout` in which what may move stands in layers. Rejects as the engine does. */
export async function arrangeInLayers(topology: Topology, engine: LayerEngine, { isFree = EVERYTHING, onLevel }: LayeredOptions = {}): Promise<Layout> {
  const unplaced = unplace(topology, isFree), layout: Record<string, Placement> = { ...unplaced.topology.layout };
  const depths = containersByDepth(unplaced);
  const all = depths.reduce((sum, parents) => sum + parents.length, 0);
  let done = 0;
  for (const parents of depths) {
    // With a place, though not yet its own, nothing is stretched: the sizes are what each needs.
    const somewhere = Object.fromEntries(parents.flatMap((parent) => freeChildren(unplaced, parent)).map(({ id }) => [id, { x: 0, y: 0, ...ownPlace(layout, id) }]));
    const boxes = layOut({ ...unplaced.topology, layout: { ...layout, ...somewhere } }, unplaced.tree);
    for (const parent of parents) {
      Object.assign(layout, await setLevel(unplaced, parent, boxes, engine));
      done += 1;
      onLevel?.(done, all);
    }
  }
  centreContents(unplaced, depths.flat(), layout);
  return placesOf(unplaced, layout);
}

/** Open containers in which something may move, the innermost first. A switch keeps its rows of port groups: they stand over its bar. */
function containersByDepth(unplaced: Unplaced): string[][] {
  const { tree } = unplaced, depths: string[][] = [];
  const visit = (parent: string, depth: number): void => {
    if (tree.closed.has(parent)) return;
    const children = childrenOf(tree, parent);
    if (parent === "" || freeChildren(unplaced, parent).length > 0) (depths[depth] ??= []).push(parent);
    for (const child of children) if (child.kind === "host" || child.kind === "hypervisor") visit(child.id, depth + 1);
  };
  visit("", 0);
  return depths.map((parents = []) => parents.filter((parent) => freeChildren(unplaced, parent).length > 0)).reverse();
}

function freeChildren({ tree, isFree }: Unplaced, parent: string): ReturnType<typeof childrenOf> {
  return childrenOf(tree, parent).filter(({ id, kind }) => kind !== "bmc" && isFree(id));
}

async function setLevel(unplaced: Unplaced, parent: string, sizes: ReadonlyMap<string, Box>, engine: LayerEngine): Promise<Record<string, Placement>> {
  const { tree, isFree } = unplaced, nodes = freeChildren(unplaced, parent), gaps = gapsOf(parent);
  const edges = edgesWithin(tree, parent).filter(([a, b]) => isFree(a) && isFree(b));
  const sizeOf = (id: string): Box => sizes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const blocks = stretched(tree, blocksOf(nodes, sizeOf, edges, gaps.inBlock), edges, gaps.between.across);
  const blockOf = new Map(blocks.flatMap((block) => [...block.members.keys()].map((id) => [id, block.id] as const)));
  const between = new Map(edges.map(([a, b]) => [blockOf.get(a) ?? a, blockOf.get(b) ?? b] as const).filter(([a, b]) => a !== b).map((edge) => [edge.join(" "), edge] as const));
  const places = blocks.length < 2 ? new Map<string, Point>() : await engine({ boxes: blocks, edges: [...between.values()], gap: gaps.between });
  const corner = (block: Block): Point => ({ x: snap(places.get(block.id)?.x ?? 0), y: snap(places.get(block.id)?.y ?? 0) });
  const around = union(blocks.map((block) => ({ ...corner(block), width: block.width, height: block.height })));
  const kept = childrenOf(tree, parent).filter(({ id, kind }) => kind !== "bmc" && !isFree(id)).flatMap(({ id }) => sizes.get(id) ?? []);
  const by = origin(parent === "" ? { x: 0, y: 0 } : { x: PADDING, y: HEADER }, around, kept);
  const placed: Record<string, Placement> = {};
  for (const block of blocks) {
    for (const [id, at] of block.members) {
      const x = corner(block).x - around.x + at.x + by.x, y = corner(block).y - around.y + at.y + by.y;
      placed[id] = { x, y, ...(tree.draft.get(id)?.kind === "virtualSwitch" && !tree.closed.has(id) ? { width: block.width } : {}) };
    }
  }
  return placed;
}

/** Where what was set in layers begins: right of what keeps its place, if it would lie on any of that. */
function origin(start: Point, around: Box, kept: readonly Box[]): Point {
  const taken = { ...around, ...start };
  if (!kept.some((box) => overlaps(box, taken))) return start;
  const beside = union(kept);
  return { x: snap(beside.x + beside.width + HOST_GAP), y: Math.max(start.y, snap(beside.y)) };
}

/** A distributed switch is as wide as what hangs on it side by side, so that its cables come straight down. */
function stretched(tree: Tree, blocks: readonly Block[], edges: readonly (readonly [string, string])[], gap: number): Block[] {
  return blocks.map((block) => {
    const lane = tree.draft.get(block.id);
    if (lane?.kind !== "virtualSwitch" || lane.parent !== undefined || tree.closed.has(lane.id)) return block;
    const above = blocks.filter((other) => edges.some(([upper, lower]) => lower === lane.id && other.members.has(upper) && tree.draft.get(upper)?.kind !== "datastore"));
    return { ...block, width: Math.max(block.width, above.reduce((sum, other) => sum + other.width + gap, -gap)) };
  });
}

/** Where a title makes a container wider than its contents need, they stand in its middle. */
function centreContents(unplaced: Unplaced, parents: readonly string[], layout: Record<string, Placement>): void {
  const boxes = layOut({ ...unplaced.topology, layout }, unplaced.tree);
  for (const parent of parents) {
    const children = childrenOf(unplaced.tree, parent).filter(({ kind }) => kind !== "bmc"), box = boxes.get(parent);
    if (box === undefined || children.some(({ id }) => !unplaced.isFree(id))) continue;
    const rightmost = Math.max(...children.map(({ id }) => (boxes.get(id)?.x ?? 0) + (boxes.get(id)?.width ?? 0)));
    const shift = Math.floor((box.width - PADDING - rightmost) / 16) * 8;
    for (const { id } of children) {
      const placement = ownPlace(layout, id);
      if (shift > 0 && placement !== undefined) layout[id] = { ...placement, x: placement.x + shift };
    }
  }
}
