import { useCallback, useRef, useState } from "react";
import { useReactFlow } from "@xyflow/react";
import type { Scene } from "../../shared/diagram/elements";
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
import type { Drag } from "./drag";
import { nodesAt, outermost, withInsides } from "./hit";
import type { FlowNode } from "./NodeView";
import { clearHint, sentence, showHint } from "./pointer";

interface Drop {
  readonly kind: "place" | "move";
  /** The new parent; undefined: the bare canvas. */
  readonly target: string | undefined;
}

/** What is being dragged. */
interface InHand {
  readonly of: Scene;
  readonly roots: readonly string[];
  /** The same set for as long as the same things are dragged: what is painted of them need not be painted again. */
  readonly moving: ReadonlySet<string>;
  readonly outcomes: WeakMap<Topology, Map<string | undefined, Outcome>>;
}

/** Dragging things about: inside their parent they are placed, onto another one they change hands. */
export function useNodeDrag(scene: Scene, isLate: boolean) {
  const flow = useReactFlow();
  const [held, setDrag] = useState<(Drag & { readonly of: Scene }) | undefined>(undefined);
  // What was let go stays where it is until the picture has followed.
  const drag = held?.of === scene ? held : undefined;
  const inHand = useRef<InHand | undefined>(undefined);

  const onDrag = useCallback((event: object, _node: FlowNode | undefined, nodes: FlowNode[]) => {
    const roots = outermost(scene, nodes.map((node) => node.id));
    const lead = nodes.find((node) => node.id === roots[0]);
    const from = lead === undefined ? undefined : scene.node.get(lead.id);
    const at = pointerOf(event);
    if (lead === undefined || from === undefined || at === undefined) return;
    const by = { x: lead.position.x - from.x, y: lead.position.y - from.y };
    const hand = inHand.current?.of === scene && sameIds(inHand.current.roots, roots) ? inHand.current : { of: scene, roots, moving: withInsides(scene, roots), outcomes: new WeakMap() };
    inHand.current = hand;
    const { moving } = hand;
    setDrag({ roots: new Set(roots), moving, by, of: scene });
    const drop = dropOf(scene, roots, flow.screenToFlowPosition(at), moving);
    if (drop.kind === "place") return clearHint();
    const outcome = outcomeOf(hand, drop.target);
    showHint(at, outcome.ok ? { text: sentence(outcome.change.label), tone: "ok" } : { text: outcome.reason, tone: "no" }, outcome.ok ? drop.target : undefined);
  }, [scene, flow]);

  const onDragStop = useCallback((event: object, node: FlowNode | undefined, nodes: FlowNode[]) => {
    const { topology } = useDocument.getState();
    if (!isLate) setDrag(undefined);
    clearHint();
    const at = pointerOf(event);
    if (at !== undefined) land(scene, nodes, flow.screenToFlowPosition(at), node ?? nodes[0]);
    if (isLate && useDocument.getState().topology === topology) setDrag(undefined);
  }, [scene, flow, isLate]);

  return { drag, onDrag, onDragStop };
}

/** What a drop would do, worked out once for each thing that is dragged over: in a large document it takes some milliseconds. */
function outcomeOf({ roots, outcomes }: InHand, target: string | undefined): Outcome {
  const { topology } = useDocument.getState();
  const known = outcomes.get(topology) ?? new Map<string | undefined, Outcome>();
  outcomes.set(topology, known);
  const outcome = known.get(target) ?? moveAllInto(topology, roots, target);
  known.set(target, outcome);
  return outcome;
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** Puts what was dragged where it was let go: `point` is where the pointer was. */
function land(scene: Scene, nodes: readonly FlowNode[], point: Point, lead: FlowNode | undefined): void {
  const roots = outermost(scene, nodes.map((each) => each.id));
  if (lead === undefined) return;
  const positions = new Map(nodes.filter((each) => roots.includes(each.id)).map((each) => [each.id, each.position]));
  if (![...positions].some(([id, to]) => scene.node.get(id)?.x !== to.x || scene.node.get(id)?.y !== to.y)) return;
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
