/** Where things stand: dragging, nudging, aligning, and giving everything back to the automatic layout. Picture only. */
import { arrangeInGrid, ownPlace, type Layout } from "../../shared/diagram/arrange";
import type { Box } from "../../shared/diagram/geometry";
import { layOut } from "../../shared/diagram/layout";
import { childrenOf, growTree } from "../../shared/diagram/tree";
import { diffTopologies } from "../../shared/model/diff";
import { locate } from "../../shared/model/ids";
import type { Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";
import { Draft, type Point } from "./draft";
import { nameList, nameOf } from "./names";

/** Positions relative to the parent, by id. */
export type Positions = ReadonlyMap<string, Point>;

/** Puts things there. What is not in the document any more, but still in a picture that is late, is left out. */
export function place(topology: Topology, positions: Positions, verb = "move"): Change {
  const draft = new Draft(topology);
  const present = [...positions].filter(([id]) => locate(topology, id) !== undefined);
  for (const [id, at] of present) draft.place(id, at);
  return draft.change(`${verb} ${nameList(present.map(([id]) => nameOf(topology, id)))}`);
}

/** Takes over a layout that was previewed. */
export function arrange(topology: Topology, layout: Layout, label: string): Change {
  const { layout: _, ...bare } = topology;
  return { label, edits: diffTopologies(topology, Object.keys(layout).length === 0 ? bare : { ...bare, layout }) };
}

/** The things that a layout would move inside what they are in. */
export function moved(topology: Topology, layout: Layout): readonly string[] {
  const after = { ...topology, layout }, boxes = layOut(topology, growTree(topology));
  return [...layOut(after, growTree(after))].filter(([id, { x, y }]) => boxes.get(id)?.x !== x || boxes.get(id)?.y !== y).map(([id]) => id);
}

/** What an arrangement of the selection may move: what is inside containers, the other things themselves, and siblings that have no place of their own. */
export function freeIn(topology: Topology, selection: readonly string[]): ReadonlySet<string> {
  const tree = growTree(topology), free = new Set<string>();
  const inside = (id: string): void => {
    for (const child of childrenOf(tree, id)) {
      free.add(child.id);
      inside(child.id);
    }
  };
  for (const id of selection) {
    if (childrenOf(tree, id).length > 0) inside(id);
    else if (tree.draft.has(id)) free.add(id);
  }
  for (const id of [...free]) {
    for (const sibling of childrenOf(tree, tree.draft.get(id)?.parent ?? "")) if (ownPlace(topology.layout, sibling.id) === undefined) free.add(sibling.id);
  }
  return free;
}

/**
 * What somebody has placed by hand, as far as a document can tell: it has a place, which is neither the one of the automatic layout nor
 * one that an arrangement gave it (`arranged`).
 */
export function placedByHand(topology: Topology, arranged: Layout): readonly string[] {
  const automatic = arrangeInGrid(topology);
  const same = (id: string, layout: Layout, { x, y }: Point): boolean => {
    const other = ownPlace(layout, id);
    return other !== undefined && other.x === x && other.y === y;
  };
  return Object.entries(topology.layout ?? {}).filter(([id, at]) => ownPlace(automatic, id) !== undefined && !same(id, automatic, at) && !same(id, arranged, at)).map(([id]) => id);
}

export type Alignment = "left" | "center" | "right" | "top" | "middle" | "bottom" | "horizontally" | "vertically";

/** New positions that align boxes to their common edge or middle, or space them evenly. Boxes are siblings. */
export function align(boxes: ReadonlyMap<string, Box>, how: Alignment): Positions {
  const all = [...boxes.entries()];
  const left = Math.min(...all.map(([, box]) => box.x));
  const top = Math.min(...all.map(([, box]) => box.y));
  const right = Math.max(...all.map(([, box]) => box.x + box.width));
  const bottom = Math.max(...all.map(([, box]) => box.y + box.height));
  switch (how) {
    case "left": return positions(all, (box) => ({ x: left, y: box.y }));
    case "right": return positions(all, (box) => ({ x: right - box.width, y: box.y }));
    case "center": return positions(all, (box) => ({ x: (left + right - box.width) / 2, y: box.y }));
    case "top": return positions(all, (box) => ({ x: box.x, y: top }));
    case "bottom": return positions(all, (box) => ({ x: box.x, y: bottom - box.height }));
    case "middle": return positions(all, (box) => ({ x: box.x, y: (top + bottom - box.height) / 2 }));
    case "horizontally": return spread(all, "x", "width", right - left);
    case "vertically": return spread(all, "y", "height", bottom - top);
  }
}

function positions(boxes: readonly (readonly [string, Box])[], at: (box: Box) => Point): Positions {
  return new Map(boxes.map(([id, box]) => [id, at(box)]));
}

/** Equal gaps between neighbours; the outermost two stay. */
function spread(boxes: readonly (readonly [string, Box])[], axis: "x" | "y", size: "width" | "height", room: number): Positions {
  const sorted = [...boxes].sort(([, a], [, b]) => a[axis] - b[axis]);
  const gap = (room - sorted.reduce((sum, [, box]) => sum + box[size], 0)) / Math.max(1, sorted.length - 1);
  let next = sorted[0]?.[1][axis] ?? 0;
  return new Map(sorted.map(([id, box]) => {
    const at = next;
    next += box[size] + gap;
    return [id, { x: box.x, y: box.y, [axis]: at }];
  }));
}

/**
 * Positions that push the outermost hand-placed boxes out of the way of one that has grown from `before` to `after`: what stood right
 * of it goes right, what stood below goes down, by as much as is needed and no more.
 */
export function makeRoom(before: ReadonlyMap<string, Box>, after: ReadonlyMap<string, Box>, grown: string, gap: Readonly<Record<"across" | "down", number>>): Positions {
  const old = before.get(grown);
  const now = after.get(grown);
  if (old === undefined || now === undefined) return new Map();
  const others = [...after.entries()].filter(([id]) => id !== grown);
  const rightOf = others.filter(([, box]) => box.x >= old.x + old.width);
  const below = others.filter(([, box]) => box.y >= old.y + old.height);
  const dx = push(rightOf.filter(([, box]) => crosses(box.y, box.height, now.y, now.height, gap.across)).map(([, box]) => now.x + now.width + gap.across - box.x));
  const dy = push(below.filter(([, box]) => crosses(box.x, box.width, now.x, now.width, gap.across)).map(([, box]) => now.y + now.height + gap.down - box.y));
  const moved = new Map<string, Point>();
  for (const [id, box] of others) {
    const x = dx > 0 && rightOf.some(([other]) => other === id) ? box.x + dx : box.x;
    const y = dy > 0 && below.some(([other]) => other === id) ? box.y + dy : box.y;
    if (x !== box.x || y !== box.y) moved.set(id, { x, y });
  }
  return moved;
}

function crosses(start: number, length: number, otherStart: number, otherLength: number, gap: number): boolean {
  return start < otherStart + otherLength + gap && otherStart < start + length + gap;
}

/** The greatest need, rounded up to the grid; 0 where nobody needs room. */
function push(needs: readonly number[]): number {
  return Math.ceil(Math.max(0, ...needs) / 8) * 8;
}
