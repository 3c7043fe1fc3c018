/** Absolute boxes of the shown nodes, and who is inside whom. */
import type { Box } from "./geometry";
import type { NodeDraft } from "./nodes";
import { BAR_HEIGHT, PADDING } from "./sizes";
import type { Tree } from "./tree";

export interface Placed {
  /** Absolute boxes. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Shown children by parent, the outermost under the empty id. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly draft: ReadonlyMap<string, NodeDraft>;
  /** The shown node that stands for each node: itself or the closed container around it. */
  readonly shownAs: ReadonlyMap<string, string>;
}

/** Turns relative boxes into absolute ones. `relative` lacks the contents of closed containers. */
export function placeAll(tree: Tree, relative: ReadonlyMap<string, Box>): Placed {
  const boxes = new Map<string, Box>(), children = new Map<string, string[]>(), shownAs = new Map<string, string>();
  for (const { id, parent } of tree.drafts) {
    const box = relative.get(id), around = parent === undefined ? undefined : boxes.get(parent);
    if (box === undefined || (parent !== undefined && around === undefined)) {
      shownAs.set(id, shownAs.get(parent ?? "") ?? id);
      continue;
    }
    shownAs.set(id, id);
    boxes.set(id, { x: box.x + (around?.x ?? 0), y: box.y + (around?.y ?? 0), width: box.width, height: box.height });
    const siblings = children.get(parent ?? "");
    if (siblings === undefined) children.set(parent ?? "", [id]);
    else siblings.push(id);
  }
  return { boxes, children, draft: tree.draft, shownAs };
}

/** The bar of a virtual switch inside its region: what cables are plugged into. `lane`: it has a frame around it. */
export function barOf(region: Box, lane: boolean): Box {
  const pad = lane && region.height > BAR_HEIGHT ? PADDING : 0;
  return { x: region.x + pad, y: region.y + region.height - pad - BAR_HEIGHT, width: region.width - 2 * pad, height: BAR_HEIGHT };
}

/** The box that cables of a node touch. */
export function plugBox(placed: Placed, id: string): Box {
  const box = placed.boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const draft = placed.draft.get(id);
  return draft?.kind === "virtualSwitch" ? barOf(box, draft.parent === undefined) : box;
}
