/** What lies under a point of the canvas. */
import type { Scene, SceneNode } from "../../shared/diagram/elements";
import type { Box, Point } from "../../shared/diagram/geometry";

/** Left, top, right and bottom of each node of a scene, one after the other: asked for at every move of the pointer, of thousands. */
const edges = new WeakMap<Scene, Float64Array>();

function edgesOf(scene: Scene): Float64Array {
  const known = edges.get(scene);
  if (known !== undefined) return known;
  const made = new Float64Array(4 * scene.nodes.length);
  for (const [index, { absolute: { x, y }, width, height }] of scene.nodes.entries()) made.set([x, y, x + width, y + height], 4 * index);
  edges.set(scene, made);
  return made;
}

/** Ids of the nodes at a point, innermost first. `except` and everything inside it is looked through: what is being dragged. */
export function nodesAt(scene: Scene, { x, y }: Point, except: ReadonlySet<string> = new Set()): string[] {
  const found: string[] = [];
  const at = edgesOf(scene);
  for (let index = 0; index < scene.nodes.length; index += 1) {
    const first = 4 * index;
    if (x < (at[first] ?? 0) || y < (at[first + 1] ?? 0) || x > (at[first + 2] ?? 0) || y > (at[first + 3] ?? 0)) continue;
    const node = scene.nodes[index];
    if (node !== undefined && (except.size === 0 || !isWithin(scene, node, except))) found.push(node.id);
  }
  // Parents come before children in a scene; what is drawn later lies on top.
  return found.reverse();
}

function isWithin(scene: Scene, node: SceneNode, ids: ReadonlySet<string>): boolean {
  for (let at: SceneNode | undefined = node; at !== undefined; at = at.parent === undefined ? undefined : scene.node.get(at.parent)) if (ids.has(at.id)) return true;
  return false;
}

/** The ids with everything inside them, at any depth. */
export function withInsides(scene: Scene, ids: Iterable<string>): Set<string> {
  const all = new Set(ids);
  for (const node of scene.nodes) if (node.parent !== undefined && all.has(node.parent)) all.add(node.id);
  return all;
}

/** Only the ids that are not inside another of them: what moves when all of them are dragged. */
export function outermost(scene: Scene, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return ids.filter((id) => {
    for (let parent = scene.node.get(id)?.parent; parent !== undefined; parent = scene.node.get(parent)?.parent) if (chosen.has(parent)) return false;
    return scene.node.has(id);
  });
}

/** Ids of the nodes that lie in a box as a whole. */
export function enclosed(scene: Scene, box: Box): string[] {
  const inside = ({ absolute: { x, y }, width, height }: SceneNode): boolean => x >= box.x && y >= box.y && x + width <= box.x + box.width && y + height <= box.y + box.height;
  return scene.nodes.filter(inside).map((node) => node.id);
}

/** The outermost of the ids with their boxes, where they have one parent. */
export function siblings(scene: Scene, ids: readonly string[]): ReadonlyMap<string, Box> | undefined {
  const nodes = outermost(scene, ids).flatMap((id) => scene.node.get(id) ?? []);
  return nodes.every(({ parent }) => parent === nodes[0]?.parent) ? new Map(nodes.map((node) => [node.id, node])) : undefined;
}
