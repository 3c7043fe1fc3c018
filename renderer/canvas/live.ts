/** Which things of a large picture are elements: those in sight, and those that are in somebody's hand. The rest is painted. Pure. */
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import type { Box } from "../../shared/diagram/geometry";
import { cableInArea, nodeInArea } from "./area";

/** So many things in sight have an element each, to be pointed at and walked through; beyond, only what is in hand has one. */
const MOST_IN_SIGHT = 250;

/** The nodes near what is in sight, unless they are too many: it is a map then, and things are found by their place on it. */
export function nodesInSight(scene: Scene, area: Box): readonly SceneNode[] {
  const found: SceneNode[] = [];
  for (const node of scene.nodes) if (nodeInArea(node, area) && found.push(node) > MOST_IN_SIGHT) return [];
  return found;
}

/** The nodes with these ids among the shown, with those that they are in, in the scene's order. */
export function withContainers(scene: Scene, nodes: readonly SceneNode[], ids: Iterable<string>): readonly SceneNode[] {
  const found = new Map<string, SceneNode>();
  const add = (id: string | undefined): void => {
    const node = id === undefined || found.has(id) ? undefined : scene.node.get(id);
    if (node === undefined) return;
    add(node.parent);
    found.set(node.id, node);
  };
  for (const { id } of nodes) add(id);
  for (const id of ids) add(id);
  return [...found.values()];
}

/** So many cables in sight have an element each. */
const MOST_CABLES = 400;

export function cablesInSight(scene: Scene, area: Box): readonly SceneCable[] {
  const found: SceneCable[] = [];
  for (const cable of scene.cables) if (cableInArea(cable, area) && found.push(cable) > MOST_CABLES) return [];
  return found;
}

/** The cables among these that are at one end in what moves: they follow by half. Beyond a number nobody can follow them. */
export function tornCables(scene: Scene, moving: ReadonlySet<string>): readonly SceneCable[] {
  const found: SceneCable[] = [];
  for (const cable of scene.cables) if (moving.has(cable.source) !== moving.has(cable.target) && found.push(cable) > MOST_CABLES) return [];
  return found;
}
