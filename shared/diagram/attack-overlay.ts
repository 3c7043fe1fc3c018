/** An attack path on the picture: over cables where it goes over the network, beside them where it does not. */
import type { Channel, Hop } from "../analysis/result";
import { ownerOf } from "../model/ids";
import type { Scene, SceneNode } from "./elements";
import { curve, type Anchor, type Box, type Point, type Route } from "./geometry";
import { textWidth } from "./metrics";
import { pathFinder, type PathOverlay } from "./overlay";

/** One step to draw, between two ids of the document. */
export interface ShownStep {
  readonly from: string;
  readonly to: string;
  readonly channel: Channel;
  /** It is there only if a VM runs elsewhere than it is drawn. */
  readonly moved: boolean;
  /** The way of its packets, where they have one. */
  readonly hops: readonly Hop[];
}

/** A step's line; `kind` decides how it is dashed. */
export interface AttackLeg {
  readonly route: Route;
  readonly kind: "network" | "beside" | "moved";
  readonly label: string;
  readonly labelBox: Box;
}

/** Numbers are those of places: 1 is where the path begins, 2 where its first step leads. What packets pass on the way has none. */
export interface AttackOverlay extends PathOverlay {
  readonly legs: readonly AttackLeg[];
}

/** Steps over frames, along the cables. */
const OVER_NETWORK: ReadonlySet<Channel> = new Set(["network", "spoof", "inject", "vlan-hop", "sniff", "mirror"]);
const LABEL = { size: 10.5, height: 18, padding: 8, gap: 3 } as const;

/** Steps whose ends the scene does not show are left out. */
export function attackOverlay(scene: Scene, steps: readonly ShownStep[]): AttackOverlay {
  const find = pathFinder(scene);
  const nodes = new Map<string, number[]>(), cables = new Set<string>(), legs: AttackLeg[] = [];
  let last: Point | undefined;
  const number = (id: string, place: number): void => {
    const shown = shownNode(scene, id)?.id;
    if (shown !== undefined) nodes.set(shown, [...(nodes.get(shown) ?? []), place]);
  };
  steps.forEach((step, index) => {
    if (index === 0) number(step.from, 1);
    number(step.to, index + 2);
    const from = shownNode(scene, step.from), to = shownNode(scene, step.to);
    if (from === undefined || to === undefined) return;
    const overNetwork = OVER_NETWORK.has(step.channel);
    const along = overNetwork && !step.moved ? find(step.hops) : undefined;
    for (const cable of along?.cables ?? []) cables.add(cable);
    for (const node of along?.nodes.keys() ?? []) if (!nodes.has(node)) nodes.set(node, []);
    const route = along !== undefined && along.route.length >= 4 ? along.route : beside(from, to, last);
    last = route.at(-1);
    const label = step.moved ? `${step.channel}, if moved` : step.channel;
    legs.push({ route, kind: step.moved ? "moved" : overNetwork ? "network" : "beside", label, labelBox: freeBox(labelBox(route, label, holds(to, from) ? to : undefined), legs) });
  });
  return { nodes, numberedCables: new Map(), cables, route: [], legs };
}

function shownNode(scene: Scene, id: string): SceneNode | undefined {
  return scene.node.get(scene.shownAs.get(id) ?? scene.shownAs.get(ownerOf(id)) ?? "");
}

/** A line straight from one thing to another. What is inside of something reaches for its upper edge, and is reached from there. */
function beside(from: SceneNode, to: SceneNode, last: Point | undefined): Route {
  if (holds(to, from)) return curve(topOf(from), { x: topOf(from).x, y: to.absolute.y, side: "bottom" });
  // Where the step before arrived at the edge, this one goes on.
  const arrived = from.container && !from.collapsed && last?.y === from.absolute.y ? last : undefined;
  if (holds(from, to)) {
    const start = arrived?.x ?? topOf(to).x;
    return start === topOf(to).x ? curve({ x: start, y: from.absolute.y, side: "bottom" }, topOf(to)) : curve({ x: start, y: from.absolute.y, side: "top" }, topOf(to));
  }
  const [a, b] = facing(from, to);
  return curve(arrived === undefined ? a : { ...arrived, side: "top" }, b);
}

function holds(outer: SceneNode, inner: SceneNode): boolean {
  return outer.container && !outer.collapsed && outer !== inner && inside(centreOf(inner), boxOf(outer));
}

/** Side by side from top to top, else from the side that looks at the other. */
function facing(from: SceneNode, to: SceneNode): [Anchor, Anchor] {
  const [a, b] = [boxOf(from), boxOf(to)];
  const below = b.y >= a.y + a.height, above = a.y >= b.y + b.height;
  if (below) return [{ ...bottomOf(from) }, topOf(to)];
  if (above) return [topOf(from), bottomOf(to)];
  return [topOf(from), topOf(to)];
}

function boxOf({ absolute, width, height }: SceneNode): Box {
  return { ...absolute, width, height };
}

function centreOf({ absolute, width, height }: SceneNode): Point {
  return { x: absolute.x + width / 2, y: absolute.y + height / 2 };
}

function topOf(node: SceneNode): Anchor {
  return { x: centreOf(node).x, y: node.absolute.y, side: "top" };
}

function bottomOf(node: SceneNode): Anchor {
  return { x: centreOf(node).x, y: node.absolute.y + node.height, side: "bottom" };
}

function inside({ x, y }: Point, box: Box): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** Around the middle of the route; beside it where it is short and upright, on the side where there is room in what it leads out of. */
function labelBox(route: Route, label: string, out: SceneNode | undefined): Box {
  const curves = (route.length - 1) / 3, index = Math.floor((curves - 1) / 2) * 3;
  const [a, b, c, d] = route.slice(index, index + 4);
  const middle = (axis: "x" | "y"): number => ((a?.[axis] ?? 0) + 3 * (b?.[axis] ?? 0) + 3 * (c?.[axis] ?? 0) + (d?.[axis] ?? 0)) / 8;
  const width = textWidth(label, LABEL.size, 600) + 2 * LABEL.padding;
  const isRoom = out !== undefined && middle("x") + LABEL.padding + width <= out.absolute.x + out.width;
  const shift = out === undefined ? -width / 2 : isRoom ? LABEL.padding : -width - LABEL.padding;
  return { x: middle("x") + shift, y: middle("y") - LABEL.height / 2, width, height: LABEL.height };
}

/** Moved up until it covers no label before it. */
function freeBox(box: Box, legs: readonly AttackLeg[]): Box {
  const hit = legs.find(({ labelBox: other }) => box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height && other.y < box.y + box.height);
  return hit === undefined ? box : freeBox({ ...box, y: hit.labelBox.y - box.height - LABEL.gap }, legs);
}
