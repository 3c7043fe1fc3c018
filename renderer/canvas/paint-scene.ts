/** Paints a part of the scene in pieces, between which the window goes on: large pictures are painted, not made of elements. */
import { drawCableLabel, strokeOfCable, type CableState } from "../../shared/diagram/draw-cable";
import { drawFar, drawFarTitle, drawOver, drawUnder } from "../../shared/diagram/draw-node";
import { FAR } from "../../shared/diagram/drawing";
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import type { Box, Route } from "../../shared/diagram/geometry";
import type { Stroke } from "../../shared/diagram/primitives";
import { cableInArea, nodeInArea } from "./area";
import type { Looks } from "./looks";
import type { Painter } from "./paint";

export interface Part {
  readonly scene: Scene;
  readonly looks: Looks;
  readonly area: Box;
  /** 0 in full; else the zoom for which things become blocks. */
  readonly far: number;
  /** With the dots of the ground, where they can be told from one another. */
  readonly hasGround: boolean;
  /** What is left to others. */
  readonly skipsNode: (id: string) => boolean;
  readonly skipsCable: (cable: SceneCable) => boolean;
}

/** So many things are painted between two looks at the clock. */
const PIECE = 100;

/** The picture's coordinates are the ground's. */
export function* paintSteps(painter: Painter, part: Part): Generator<undefined, undefined, undefined> {
  const { scene, looks, area, far } = part;
  const nodes: SceneNode[] = [];
  for (const [index, node] of scene.nodes.entries()) {
    if (index % 5000 === 4999) yield;
    if (nodeInArea(node, area) && !part.skipsNode(node.id)) nodes.push(node);
  }
  if (part.hasGround && far === 0) yield* paintDots(painter, area);
  yield* inPieces(nodes, (node) => {
    if (far === 0) painter.drawAt(node.absolute, drawUnder(node, looks.node(node)));
    else if (node.container) painter.drawAt(node.absolute, drawFar(node, looks.node(node), far));
  });
  const cables = yield* paintCables(painter, part);
  yield* inPieces(nodes, (node) => {
    const look = looks.node(node);
    painter.drawAt(node.absolute, far === 0 ? drawOver(node, look) : node.container ? drawFarTitle(node, far) : drawFar(node, look, far));
  });
  if (far === 0) yield* inPieces(cables, (cable) => painter.draw(drawCableLabel(cable, looks.cable(cable))));
  return undefined;
}

const DOTS = { gap: 24, size: 1.5 } as const;

function* paintDots(painter: Painter, area: Box): Generator<undefined, undefined, undefined> {
  const { ground } = painter;
  ground.fillStyle = painter.color("grid");
  for (let y = Math.ceil(area.y / DOTS.gap) * DOTS.gap; y < area.y + area.height; y += DOTS.gap) {
    for (let x = Math.ceil(area.x / DOTS.gap) * DOTS.gap; x < area.x + area.width; x += DOTS.gap) ground.fillRect(x - DOTS.size / 2, y - DOTS.size / 2, DOTS.size, DOTS.size);
    yield;
  }
  return undefined;
}

function* inPieces<T>(things: readonly T[], paint: (thing: T) => void): Generator<undefined, undefined, undefined> {
  for (const [index, thing] of things.entries()) {
    if (index % PIECE === PIECE - 1) yield;
    paint(thing);
  }
  return undefined;
}

interface Look {
  readonly stroke: Stroke;
  readonly cables: SceneCable[];
}

/** Cables of one look are one path. From far away, where a VM is a block, its own cables are left out. */
function* paintCables(painter: Painter, { scene, looks, area, far, skipsCable }: Part): Generator<undefined, readonly SceneCable[], undefined> {
  const byLook = new Map<string, Look>(), painted: SceneCable[] = [];
  for (const [index, cable] of scene.cables.entries()) {
    if (index % 500 === 499) yield;
    const look = looks.cable(cable);
    if ((far > 0 && far < FAR && cable.kind === "nic" && look.onPath !== true) || skipsCable(cable) || !cableInArea(cable, area)) continue;
    painted.push(cable);
    const key = keyOf(cable, look);
    const same = byLook.get(key);
    if (same === undefined) byLook.set(key, { stroke: strokeOfCable(cable, look), cables: [cable] });
    else same.cables.push(cable);
  }
  for (const { stroke, cables } of byLook.values()) {
    for (let start = 0; start < cables.length; start += PIECE) {
      strokeRoutes(painter, stroke, cables.slice(start, start + PIECE));
      yield;
    }
  }
  return painted;
}

/** Cables with one key are drawn with one stroke. */
function keyOf({ kind, disconnected }: SceneCable, { onPath, selected, hovered, dimmed, paint }: CableState): string {
  return `${kind} ${disconnected} ${onPath === true} ${selected === true || hovered === true} ${dimmed === true} ${paint ?? ""}`;
}

function strokeRoutes(painter: Painter, stroke: Stroke, cables: readonly SceneCable[]): void {
  const { ground } = painter;
  ground.save();
  ground.globalAlpha = stroke.opacity ?? 1;
  painter.setStroke(stroke);
  ground.beginPath();
  for (const { route } of cables) trace(painter, route);
  ground.stroke();
  ground.restore();
}

function trace({ ground }: Painter, route: Route): void {
  const [first] = route;
  if (first === undefined) return;
  ground.moveTo(first.x, first.y);
  for (let i = 1; i + 2 < route.length; i += 3) {
    const a = route[i], b = route[i + 1], end = route[i + 2];
    if (a !== undefined && b !== undefined && end !== undefined) ground.bezierCurveTo(a.x, a.y, b.x, b.y, end.x, end.y);
  }
}
