import type { Scene, SceneNode } from "../diagram/elements";

/** The nodes of a scene by the node that contains them; `undefined` for the outermost. Order is the scene's. */
export function nodesByParent(scene: Scene): ReadonlyMap<string | undefined, readonly SceneNode[]> {
  const result = new Map<string | undefined, SceneNode[]>();
  for (const node of scene.nodes) {
    const siblings = result.get(node.parent);
    if (siblings === undefined) result.set(node.parent, [node]);
    else siblings.push(node);
  }
  return result;
}

/** Title and second line of a node. */
export function nodeText(node: SceneNode): readonly string[] {
  return [node.title, node.subtitle].filter((line) => line !== "");
}
