/** Making room: what grows pushes its hand-placed neighbours aside, in the same step. */
import type { Box } from "../../shared/diagram/geometry";
import { ownPlace, type Layout } from "../../shared/diagram/arrange";
import { layOut } from "../../shared/diagram/layout";
import { buildScene } from "../../shared/diagram/scene";
import { growTree } from "../../shared/diagram/tree";
import { diffTopologies } from "../../shared/model/diff";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";
import { makeRoom } from "./arrange";
import { Draft } from "./draft";

/** Cables run down from hosts to what stands below, and have their labels there. */
const GAP = { across: 32, down: 88 } as const;
/** Above this many records the picture is not built twice for a step. */
const MOST_RECORDS = 2000;

/** The change with the moves that keep outermost things from lying on one another because one of them grew. */
export function withRoom(topology: Topology, change: Change): Change {
  const count = Object.values(topology).reduce<number>((sum, value) => sum + (typeof value === "object" ? Object.keys(value).length : 0), 0);
  if (topology.layout === undefined || count > MOST_RECORDS || change.edits.every((edit) => edit.path.startsWith("/layout"))) return change;
  let after = applyEdits(topology, change.edits);
  const before = outerBoxes(topology);
  const grown = [...outerBoxes(after)].filter(([id, box]) => {
    const old = before.get(id);
    return old !== undefined && (box.width > old.width || box.height > old.height);
  });
  let current = before;
  for (const [id] of grown) {
    const draft = new Draft(after);
    for (const [other, at] of makeRoom(current, outerBoxes(after), id, GAP)) if (draft.placement(other) !== undefined) draft.place(other, at);
    current = outerBoxes(after);
    after = applyEdits(after, draft.change("").edits);
  }
  return { ...change, edits: grown.length === 0 ? change.edits : diffTopologies(topology, after) };
}

/** The same for a layout in which what is inside containers has changed: at every level, from the innermost outwards. */
export function layoutWithRoom(topology: Topology, layout: Layout): Layout {
  const before = boxesByParent(topology), now = (): Map<string, Map<string, Box>> => boxesByParent({ ...topology, layout: current });
  let current: Layout = layout, after = now();
  for (const [parent, old] of [...before].reverse()) {
    const gap = parent === "" ? GAP : { across: 16, down: 24 };
    for (const [id, box] of old) {
      const siblings = after.get(parent), grown = siblings?.get(id);
      if (siblings === undefined || grown === undefined || (grown.width <= box.width && grown.height <= box.height)) continue;
      const moves = [...makeRoom(old, siblings, id, gap)].filter(([other]) => ownPlace(current, other) !== undefined);
      if (moves.length === 0) continue;
      current = { ...current, ...Object.fromEntries(moves.map(([other, at]) => [other, { ...ownPlace(current, other), ...at }])) };
      after = now();
    }
  }
  return current;
}

/** Boxes of all siblings, parents before their children. */
function boxesByParent(topology: Topology): Map<string, Map<string, Box>> {
  const tree = growTree(topology), boxes = layOut(topology, tree), byParent = new Map<string, Map<string, Box>>();
  for (const { id, parent = "", kind } of tree.drafts) {
    const box = boxes.get(id), siblings = byParent.get(parent) ?? new Map<string, Box>();
    if (box !== undefined && kind !== "bmc") byParent.set(parent, siblings.set(id, box));
  }
  return byParent;
}

function outerBoxes(topology: Topology): Map<string, Box> {
  return new Map(buildScene(topology).nodes.filter((node) => node.parent === undefined).map((node) => [node.id, { ...node.absolute, width: node.width, height: node.height }]));
}
