/** Where the arrow keys lead from one thing to another. Pure. */
import type { Scene, SceneNode } from "../../shared/diagram/elements";
import { compareIds } from "../../shared/model/topology";

export type Direction = "left" | "right" | "up" | "down";

/** A thing at the other end of a cable counts as so much nearer. */
const CABLED = 0.35;
/** Farther aside than this, as a share of the way ahead, is not that way any more. */
const CONE = 2;
/** A frame among things, or a thing among frames, is not what was meant, unless a cable leads there or nothing else is that way. */
const OTHER_KIND = 2000;

/** The next thing in a direction: along a cable where one leads there, else the nearest; never into a thing or out of it. Undefined: none. */
export function walk(scene: Scene, from: string, direction: Direction): string | undefined {
  const origin = scene.node.get(from);
  if (origin === undefined) return undefined;
  const cabled = new Set(scene.cables.flatMap(({ source, target }) => (source === from ? [target] : target === from ? [source] : [])));
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const node of scene.nodes) {
    if (node.id === from || isInside(scene, node, from) || isInside(scene, origin, node.id)) continue;
    const ahead = aheadOf(origin, node, direction);
    if (ahead === undefined) continue;
    const cost = cabled.has(node.id) ? ahead * CABLED : ahead + (node.container === origin.container ? 0 : OTHER_KIND);
    if (best === undefined || cost < best.cost || (cost === best.cost && compareIds(node.id, best.id) < 0)) best = { id: node.id, cost };
  }
  return best?.id;
}

/** The first thing inside, as one reads; undefined where nothing is. */
export function into(scene: Scene, from: string): string | undefined {
  return firstAsRead(scene.nodes.filter((node) => node.parent === from));
}

/** What a thing is inside of. */
export function outOf(scene: Scene, from: string): string | undefined {
  return scene.node.get(from)?.parent;
}

/** Where walking begins: the first of the outermost things. */
export function beginning(scene: Scene): string | undefined {
  return firstAsRead(scene.nodes.filter((node) => node.parent === undefined));
}

function firstAsRead(nodes: readonly SceneNode[]): string | undefined {
  return [...nodes].sort((a, b) => a.absolute.y - b.absolute.y || a.absolute.x - b.absolute.x)[0]?.id;
}

function isInside(scene: Scene, node: SceneNode, container: string): boolean {
  for (let parent = node.parent; parent !== undefined; parent = scene.node.get(parent)?.parent) if (parent === container) return true;
  return false;
}

/** How far it is in that direction, with what lies aside counted double; undefined where it is not that way. */
function aheadOf(from: SceneNode, to: SceneNode, direction: Direction): number | undefined {
  const sideways = direction === "left" || direction === "right";
  const [a, b] = [span(from, sideways), span(to, sideways)];
  const sign = direction === "left" || direction === "up" ? -1 : 1;
  const way = sign * (b.middle - a.middle);
  if (way <= 0) return undefined;
  const gap = Math.max(0, sign > 0 ? b.low - a.high : a.low - b.high);
  const [across, other] = [span(from, !sideways), span(to, !sideways)];
  const aside = Math.max(0, other.low - across.high, across.low - other.high);
  if (aside > way * CONE) return undefined;
  return gap + 2 * aside + Math.abs(other.middle - across.middle) / 8 + way / 100;
}

function span({ absolute, width, height }: SceneNode, sideways: boolean): { readonly low: number; readonly high: number; readonly middle: number } {
  const [low, size] = sideways ? [absolute.x, width] : [absolute.y, height];
  return { low, high: low + size, middle: low + size / 2 };
}
