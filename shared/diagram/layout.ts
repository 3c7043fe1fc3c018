/** Where everything stands: the document's own places where it has them, a nested grid for the rest. Same document, same picture. */
import type { Topology } from "../model/topology";
import type { Box } from "./geometry";
import { deviceWidths, uplinkWidths, type Placing } from "./layout-inside";
import { arrangeOutside } from "./layout-outside";
import { growTree, type Tree } from "./tree";

/** Boxes of every shown node, relative to their parents. The contents of closed containers have none. */
export function layOut(topology: Topology, tree: Tree): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Placing>();
  arrangeOutside({ tree, topology, boxes, uplinkWidth: uplinkWidths(tree), deviceWidth: deviceWidths(tree), controllers: tree.drafts.some((draft) => draft.kind === "bmc") });
  return boxes;
}

/** The same as if exactly these containers were closed. */
export function layOutClosed(topology: Topology, closed: ReadonlySet<string>): ReadonlyMap<string, Box> {
  return layOut(topology, { ...growTree(topology), closed });
}
