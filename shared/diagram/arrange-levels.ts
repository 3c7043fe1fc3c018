/** One level of containment as a graph: what stands there, and which is above which by its cables. */
import type { Point } from "./geometry";
import type { NodeDraft } from "./nodes";
import { columnsFor } from "./packing";
import { COLUMN_GAP, HOST_GAP, LABEL_LANE, LEVEL_GAP, ROW_GAP, CABLE_GAP } from "./sizes";
import { childrenOf, type Tree } from "./tree";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the engine places: boxes that belong to one container, edges from upper to lower ones, gaps in pixels. */
export interface Level {
  readonly boxes: readonly (Size & { readonly id: string })[];
  readonly edges: readonly (readonly [string, string])[];
  readonly gap: { readonly across: number; readonly down: number };
}

/** Siblings that are plugged into the same things: one box for the engine, a grid inside. */
export interface Block extends Size {
  readonly id: string;
  /** Where each member stands in the block. */
  readonly members: ReadonlyMap<string, Point>;
}

const ASPECT = 1.7;
/** Kinds of which many may be alike, and what they are alike with. */
const ALIKE: Partial<Record<NodeDraft["kind"], string>> = { host: "host", hypervisor: "hypervisor", vm: "card", managementInterface: "card", externalNetwork: "network", datastore: "datastore" };

/** Pixels between alike siblings in a block, and between blocks. */
export function gapsOf(parent: string): Readonly<Record<"inBlock" | "between", Level["gap"]>> {
  return parent === ""
    ? { inBlock: { across: HOST_GAP, down: LABEL_LANE + 40 }, between: { across: HOST_GAP * 2, down: LEVEL_GAP } }
    : { inBlock: { across: COLUMN_GAP, down: ROW_GAP }, between: { across: COLUMN_GAP * 2, down: CABLE_GAP } };
}

/** Pairs of siblings inside `parent` that a cable joins, by whichever of their contents; each once, the upper first. */
export function edgesWithin(tree: Tree, parent: string): [string, string][] {
  const rank = new Map<string, number>();
  const siblings = new Map(childrenOf(tree, parent).map((node) => [node.id, node]));
  const lift = (id: string | undefined): string | undefined => {
    let at = id;
    while (at !== undefined && !siblings.has(at)) at = tree.draft.get(at)?.parent;
    return at;
  };
  const pairs = new Map<string, [string, string]>();
  for (const wire of tree.wires) {
    const ends = [lift(wire.source), lift(wire.target)], under = lift(wire.below);
    for (const [a, b] of [[ends[0], ends[1]], [under, ends[0]]]) {
      if (a !== undefined && b !== undefined && a !== b) pairs.set(a < b ? `${a} ${b}` : `${b} ${a}`, [a, b]);
    }
  }
  const all = [...pairs.values()];
  rankByDistance(rank, siblings, all);
  const order = (id: string): number => rank.get(id) ?? 0;
  // What is equally far stands side by side; only what no workload is near is set by its own cables.
  return all.filter(([a, b]) => order(a) !== order(b) || order(a) === siblings.size).map(([a, b]): [string, string] => (order(a) < order(b) || (order(a) === order(b) && a < b) ? [a, b] : [b, a]))
    .sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1));
}

function neighboursBy(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  for (const [a, b] of pairs) {
    for (const [from, to] of [[a, b], [b, a]] as const) {
      const known = neighbours.get(from);
      if (known === undefined) neighbours.set(from, [to]);
      else known.push(to);
    }
  }
  return neighbours;
}

/** Storage, workloads, then everything else by how many cables away from them it is. */
function rankByDistance(rank: Map<string, number>, siblings: ReadonlyMap<string, NodeDraft>, pairs: readonly (readonly [string, string])[]): void {
  const neighbours = neighboursBy(pairs);
  let level: string[] = [];
  for (const [id, { kind, parent }] of siblings) {
    const works = kind === "host" || kind === "hypervisor" || kind === "vm" || kind === "managementInterface" || (parent !== undefined && (kind === "firewall" || kind === "router"));
    if (kind === "datastore") rank.set(id, -1);
    else if (works) {
      rank.set(id, 0);
      level.push(id);
    }
  }
  for (let distance = 1; level.length > 0; distance += 1) {
    level = [...new Set(level.flatMap((id) => neighbours.get(id) ?? []))].filter((id) => !rank.has(id));
    for (const id of level) rank.set(id, distance);
  }
  // What no workload is near is as far down as can be.
  for (const id of siblings.keys()) if (!rank.has(id)) rank.set(id, siblings.size);
}

/** Groups alike siblings. Those of a kind that stands alone, or that nothing is like, are blocks of one. */
export function blocksOf(nodes: readonly NodeDraft[], sizeOf: (id: string) => Size, edges: readonly (readonly [string, string])[], gap: Level["gap"]): Block[] {
  const neighbours = neighboursBy(edges);
  const groups = new Map<string, string[]>();
  for (const { id, kind } of nodes) {
    const key = ALIKE[kind] !== undefined ? `${ALIKE[kind]} ${[...(neighbours.get(id) ?? [])].sort().join(" ")}` : `one ${id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [id]);
    else group.push(id);
  }
  return [...groups.values()].map((ids) => block(ids, sizeOf, gap));
}

function block(ids: readonly string[], sizeOf: (id: string) => Size, gap: Level["gap"]): Block {
  const sizes = ids.map(sizeOf), sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const columns = columnsFor(ids.length, (ASPECT * sum(sizes.map(({ height }) => height + gap.down))) / Math.max(1, sum(sizes.map(({ width }) => width + gap.across))));
  const widths: number[] = [], heights: number[] = [];
  sizes.forEach(({ width, height }, index) => {
    const column = index % columns, row = Math.floor(index / columns);
    widths[column] = Math.max(widths[column] ?? 0, width);
    heights[row] = Math.max(heights[row] ?? 0, height);
  });
  const before = (lengths: readonly number[], index: number, between: number): number => sum(lengths.slice(0, index)) + index * between;
  const members = new Map(ids.map((id, index) => [id, { x: before(widths, index % columns, gap.across), y: before(heights, Math.floor(index / columns), gap.down) }]));
  return { id: ids[0] ?? "", members, width: before(widths, widths.length, gap.across) - gap.across, height: before(heights, heights.length, gap.down) - gap.down };
}
