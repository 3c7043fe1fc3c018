import { useCallback, useRef, useState } from "react";
import { useReactFlow, useStoreApi } from "@xyflow/react";
import type { Scene, SceneNode } from "../../shared/diagram/elements";
import { overlaps, union, type Box } from "../../shared/diagram/geometry";
import { applyEdits } from "../../shared/model/edit";
import { diffTopologies } from "../../shared/model/diff";
import { locate } from "../../shared/model/ids";
import type { Topology } from "../../shared/model/topology";
import { targetFor } from "../actions/accepts";
import { place } from "../actions/arrange";
import { isContained, moveAllInto } from "../actions/contain";
import type { Outcome, Point } from "../actions/draft";
import { edit, useDocument } from "../store/document";
import { perform } from "../store/perform";
import { useSession } from "../store/session";
import { NOWHERE, useHand, type Drag } from "./drag";
import { aligned, type Aligned } from "./guides";
import { nodesAt, outermost, withInsides } from "./hit";
import type { FlowNode } from "./NodeView";
import { clearHint, sentence, showHint } from "./pointer";

interface Drop {
  readonly kind: "place" | "move";
  /** The new parent; undefined: the bare canvas. */
  readonly target: string | undefined;
}

/** What is being dragged. */
interface InHand extends Drag {
  readonly of: Scene;
  /** Ids that were taken hold of. */
  readonly roots: ReadonlySet<string>;
  /** Around those of them that are in one parent, before they moved. */
  readonly box: Box;
  /** What it can come to be in line with. */
  readonly neighbours: readonly Box[];
  readonly outcomes: WeakMap<Topology, Map<string | undefined, Outcome>>;
}

/** The library's grid: what is dragged goes from place to place of it, and half a place further to be in line with something. */
export const GRID = 8;

/** Dragging things about: inside their parent they are placed, onto another one they change hands. */
export function useNodeDrag(scene: Scene, isLate: boolean) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const [held, setHeld] = useState<InHand | undefined>(undefined);
  // What was let go stays where it is until the picture has followed.
  const drag = held?.of === scene ? held : undefined;
  const inHand = useRef<InHand | undefined>(undefined);

  const onDrag = useCallback((event: object, _node: FlowNode | undefined, nodes: FlowNode[]) => {
    const roots = dragged(scene, nodes);
    const lead = nodes.find((node) => node.id === roots[0]);
    const from = lead === undefined ? undefined : scene.node.get(lead.id);
    const at = pointerOf(event);
    if (lead === undefined || from === undefined || at === undefined) return;
    const hand = inHand.current?.of === scene && sameIds(inHand.current.roots, roots) ? inHand.current : takeInHand(scene, roots, from);
    inHand.current = hand;
    const { transform: [x, y, zoom], width, height } = store.getState();
    const placed = placedBy(hand, { x: lead.position.x - from.x, y: lead.position.y - from.y }, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom });
    const drop = dropOf(scene, roots, flow.screenToFlowPosition(at), hand.moving);
    // What goes to another place is not placed: it is in line with nothing.
    useHand.setState(drop.kind === "place" ? placed : { by: placed.by, guides: [] });
    setHeld(hand);
    if (drop.kind === "place") return clearHint();
    const outcome = outcomeOf(hand, drop.target);
    showHint(at, outcome.ok ? { text: sentence(outcome.change.label), tone: "ok" } : { text: outcome.reason, tone: "no" }, outcome.ok ? drop.target : undefined);
  }, [scene, flow, store]);

  const onDragStop = useCallback((event: object, _node: FlowNode | undefined, nodes: FlowNode[]) => {
    const hand = inHand.current;
    inHand.current = undefined;
    const { topology } = useDocument.getState();
    const { by } = useHand.getState();
    useHand.setState({ guides: [] });
    if (!isLate) setHeld(undefined);
    clearHint();
    const at = pointerOf(event);
    if (at !== undefined && hand !== undefined) land(scene, dragged(scene, nodes), flow.screenToFlowPosition(at), by);
    if (isLate && useDocument.getState().topology === topology) setHeld(undefined);
  }, [scene, flow, isLate]);

  return { drag, onDrag, onDragStop };
}

/** The outermost of what is dragged: to the library those with elements, and with one that is selected all that are. */
function dragged(scene: Scene, nodes: readonly FlowNode[]): string[] {
  const ids = nodes.map(({ id }) => id);
  if (!nodes.some(({ selected }) => selected === true)) return outermost(scene, ids);
  const all = new Set([...ids, ...useSession.getState().selection.filter((id) => scene.node.get(id)?.movable === true)]);
  return outermost(scene, [...all]);
}

function takeInHand(scene: Scene, ids: readonly string[], lead: SceneNode): InHand {
  const roots = new Set(ids);
  const neighbours = scene.nodes.filter(({ id, parent }) => parent === lead.parent && !roots.has(id)).map(boxOnCanvas);
  const box = union(ids.flatMap((id) => scene.node.get(id) ?? []).filter(({ parent }) => parent === lead.parent).map(boxOnCanvas));
  return { of: scene, roots, box, moving: withInsides(scene, ids), neighbours, outcomes: new WeakMap() };
}

function boxOnCanvas({ absolute, width, height }: SceneNode): Box {
  return { ...absolute, width, height };
}

/** Where the hand is when it has gone this far: drawn to what is in line with it there, of what is in sight. */
function placedBy({ box: start, neighbours }: InHand, way: Point, seen: Box): Aligned {
  const { by, guides } = aligned({ ...start, x: start.x + way.x, y: start.y + way.y }, neighbours.filter((box) => overlaps(box, seen)), GRID / 2);
  return { by: { x: way.x + by.x, y: way.y + by.y }, guides };
}

/** What a drop would do, worked out once for each thing that is dragged over: in a large document it takes some milliseconds. */
function outcomeOf({ roots, outcomes }: InHand, target: string | undefined): Outcome {
  const { topology } = useDocument.getState();
  const known = outcomes.get(topology) ?? new Map<string | undefined, Outcome>();
  outcomes.set(topology, known);
  const outcome = known.get(target) ?? moveAllInto(topology, [...roots], target);
  known.set(target, outcome);
  return outcome;
}

function sameIds(held: ReadonlySet<string>, ids: readonly string[]): boolean {
  return held.size === ids.length && ids.every((id) => held.has(id));
}

/** Puts what was dragged where it was let go: `point` is where the pointer was, `by` how far it is away from its place. */
function land(scene: Scene, roots: readonly string[], point: Point, by: Point): void {
  if (roots.length === 0 || (by.x === NOWHERE.x && by.y === NOWHERE.y)) return;
  const positions = new Map(roots.flatMap((id) => {
    const node = scene.node.get(id);
    return node === undefined ? [] : [[id, { x: node.x + by.x, y: node.y + by.y }] as const];
  }));
  const drop = dropOf(scene, roots, point, withInsides(scene, roots));
  const { topology } = useDocument.getState();
  if (drop.kind === "place") edit(place(topology, positions));
  else perform(landed(scene, moveAllInto(topology, roots, drop.target), drop.target, positions));
}

/** The library hands over mouse and touch events; only the mouse drags things into others. */
function pointerOf(event: object): Point | undefined {
  return "clientX" in event && "clientY" in event ? { x: Number(event.clientX), y: Number(event.clientY) } : undefined;
}

/** What a drop at this point means for the dragged things: the first of them decides. */
function dropOf(scene: Scene, roots: readonly string[], point: Point, moving: ReadonlySet<string>): Drop {
  const root = roots[0] === undefined ? undefined : scene.node.get(roots[0]);
  const { topology } = useDocument.getState();
  if (root === undefined || !isContained(root.collection)) return { kind: "place", target: undefined };
  const target = targetFor(topology, root.collection, nodesAt(scene, point, moving));
  if (target === undefined) return root.parent === undefined ? { kind: "place", target } : { kind: "move", target };
  return ancestors(scene, root.id).includes(target) ? { kind: "place", target } : { kind: "move", target };
}

function ancestors(scene: Scene, id: string): string[] {
  const found: string[] = [];
  for (let parent = scene.node.get(id)?.parent; parent !== undefined; parent = scene.node.get(parent)?.parent) found.push(parent);
  return found;
}

/** What left its parent for the bare canvas stands where it was dropped. */
function landed(scene: Scene, outcome: Outcome, target: string | undefined, positions: ReadonlyMap<string, Point>): Outcome {
  if (!outcome.ok || target !== undefined) return outcome;
  const { topology } = useDocument.getState();
  const moved = applyEdits(topology, outcome.change.edits);
  const absolute = new Map([...positions].filter(([id]) => locate(moved, id) !== undefined).map(([id, at]) => {
    const parent = scene.node.get(scene.node.get(id)?.parent ?? "")?.absolute ?? { x: 0, y: 0 };
    return [id, { x: at.x + parent.x, y: at.y + parent.y }] as const;
  }));
  const placed = applyEdits(moved, place(moved, absolute).edits);
  return { ...outcome, change: { ...outcome.change, edits: diffTopologies(topology, placed) } };
}
