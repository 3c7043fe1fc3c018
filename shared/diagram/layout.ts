/** Where everything stands: the document's own places where it has them, a nested grid for the rest. Same document, same picture. */
import type { Placement } from "../model/layout";
import type { Topology } from "../model/topology";
import type { Box } from "./geometry";
import { deviceWidths, uplinkWidths, type Placing } from "./layout-inside";
import { arrangeOutside } from "./layout-outside";
import { childrenOf, growTree, type Tree } from "./tree";

/** Boxes of every shown node, relative to their parents. The contents of closed containers have none. */
export function layOut(topology: Topology, tree: Tree): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Placing>();
  arrangeOutside({ tree, topology, boxes, uplinkWidth: uplinkWidths(tree), deviceWidth: deviceWidths(tree), controllers: tree.drafts.some((draft) => draft.kind === "bmc") });
  return boxes;
}

/**
 * A fresh `layout` for the "arrange" command: a place for every node that can be moved, as if none had been moved by hand.
 * What the user closed stays closed.
 */
export function autoLayout(topology: Topology): Record<string, Placement> {
  const kept: Record<string, Placement> = {};
  for (const [id, placement] of Object.entries(topology.layout ?? {})) if (placement.collapsed === true) kept[id] = placement;
  const { layout: _, ...bare } = topology;
  const open = growTree(bare);
  const boxes = layOut(bare, { ...open, closed: new Set(Object.keys(kept)) });
  const placed: Record<string, Placement> = {};
  const visit = (parent: string): void => {
    for (const { id, kind } of childrenOf(open, parent)) {
      const box = boxes.get(id);
      if (box !== undefined && kind !== "bmc") placed[id] = { x: box.x, y: box.y, ...(kind === "virtualSwitch" ? { width: box.width } : {}), ...(Object.hasOwn(kept, id) ? { collapsed: true } : {}) };
      visit(id);
    }
  };
  visit("");
  return placed;
}
