/** New places for things, as the "arrange" command proposes them: in a nested grid. `arrange-layered.ts` has the other way. */
import type { Placement } from "../model/layout";
import type { Topology } from "../model/topology";
import { layOut } from "./layout";
import { childrenOf, growTree, type Tree } from "./tree";

export type Layout = Readonly<Record<string, Placement>>;

/** Whether a thing may move. The others keep their place, or that they have none. */
export type Free = (id: string) => boolean;

export const EVERYTHING: Free = () => true;

/** The document as it is without the places of what may move, and its tree. What the user closed stays closed. */
export interface Unplaced {
  readonly topology: Topology;
  readonly tree: Tree;
  readonly isFree: Free;
}

export function unplace(topology: Topology, isFree: Free): Unplaced {
  const layout = Object.entries(topology.layout ?? {});
  const closed = new Set(layout.filter(([, placement]) => placement.collapsed === true).map(([id]) => id));
  const { layout: _, ...bare } = topology;
  const kept = Object.fromEntries(layout.filter(([id]) => !isFree(id)));
  const unplaced = { ...bare, layout: kept };
  return { topology: unplaced, tree: { ...growTree(unplaced), closed }, isFree };
}

/** A fresh `layout` in which everything that may move stands in the nested grid. */
export function arrangeInGrid(topology: Topology, isFree: Free = EVERYTHING): Layout {
  return placesOf(unplace(topology, isFree));
}

/** The place written for an id; ids may be called like anything, also like what every object has. */
export function ownPlace(layout: Layout | undefined, id: string): Placement | undefined {
  return layout !== undefined && Object.hasOwn(layout, id) ? layout[id] : undefined;
}

/** The kept places and, for what may move and is seen, the place that the layout gives it. */
export function placesOf({ topology, tree, isFree }: Unplaced, layout: Layout = topology.layout ?? {}): Layout {
  const placed: Record<string, Placement> = {};
  const boxes = layOut({ ...topology, layout }, tree);
  const visit = (parent: string): void => {
    for (const { id, kind } of childrenOf(tree, parent)) {
      const box = boxes.get(id), kept = ownPlace(topology.layout, id);
      if (kept !== undefined && !isFree(id)) placed[id] = kept;
      else if (box !== undefined && kind !== "bmc" && isFree(id)) placed[id] = { x: box.x, y: box.y, ...(kind === "virtualSwitch" && !tree.closed.has(id) ? { width: box.width } : {}), ...(tree.closed.has(id) ? { collapsed: true } : {}) };
      visit(id);
    }
  };
  visit("");
  return placed;
}
