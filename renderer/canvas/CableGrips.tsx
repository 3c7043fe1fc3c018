import { useState, type PointerEvent } from "react";
import { useReactFlow } from "@xyflow/react";
import type { Scene, SceneCable } from "../../shared/diagram/elements";
import type { Point } from "../../shared/diagram/geometry";
import { refuse, type Outcome } from "../actions/draft";
import { canReplug, replug, type CableEnd } from "../actions/replug";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { nodesAt } from "./hit";
import { clearHint, sentence, showHint } from "./pointer";

interface CableGripsProps {
  readonly scene: Scene;
  readonly selection: readonly string[];
}

/** On the ends of the one selected cable: pull one out and plug it in elsewhere. */
export function CableGrips({ scene, selection }: CableGripsProps) {
  const topology = useDocument((state) => state.topology);
  const cable = selection.length === 1 ? scene.cable.get(selection[0] ?? "") : undefined;
  if (cable === undefined) return null;
  return (
    <svg className="canvas-layer layer-grips">
      {(["near", "far"] as const).filter((end) => canReplug(topology, cable.id, end)).map((end) => <Grip key={end} scene={scene} cable={cable} end={end} />)}
    </svg>
  );
}

interface GripProps {
  readonly scene: Scene;
  readonly cable: SceneCable;
  readonly end: CableEnd;
}

function Grip({ scene, cable, end }: GripProps) {
  const flow = useReactFlow();
  const [pulled, setPulled] = useState<Point | undefined>(undefined);
  const own = (end === "near" ? cable.route[0] : cable.route.at(-1)) ?? { x: 0, y: 0 };
  const other = (end === "near" ? cable.route.at(-1) : cable.route[0]) ?? own;
  const meaning = (event: PointerEvent): { point: Point; target: string | undefined; outcome: Outcome | undefined } => {
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return { point, ...meaningAt(scene, cable, end, point) };
  };
  const onPointerDown = (event: PointerEvent<SVGCircleElement>): void => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setPulled(own);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (pulled === undefined) return;
    const { point, target, outcome } = meaning(event);
    setPulled(point);
    const hint = outcome === undefined ? undefined : outcome.ok ? { text: sentence(outcome.change.label), tone: "ok" as const } : { text: outcome.reason, tone: "no" as const };
    showHint({ x: event.clientX, y: event.clientY }, hint, outcome?.ok === true ? target : undefined);
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (pulled === undefined) return;
    setPulled(undefined);
    clearHint();
    const { outcome } = meaning(event);
    if (outcome !== undefined) perform(outcome);
  };
  const at = pulled ?? own;
  return (
    <g className="cable-grip">
      {pulled !== undefined && <path d={`M${other.x} ${other.y}L${pulled.x} ${pulled.y}`} />}
      <circle cx={at.x} cy={at.y} r={5} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerCancel={() => { setPulled(undefined); clearHint(); }}>
        <title>Pull to plug it in elsewhere</title>
      </circle>
    </g>
  );
}

/** The innermost thing that takes the end; where none does, why the innermost does not. Where it is plugged in already nothing happens. */
function meaningAt(scene: Scene, cable: SceneCable, end: CableEnd, point: Point): { target: string | undefined; outcome: Outcome | undefined } {
  const { topology } = useDocument.getState();
  const here = end === "near" ? cable.source : cable.target;
  const chain = nodesAt(scene, point);
  if (chain.length === 0 || chain.includes(here)) return { target: undefined, outcome: undefined };
  const outcomes = chain.map((target) => ({ target, outcome: replug(topology, cable.id, end, target) }));
  return outcomes.find(({ outcome }) => outcome.ok) ?? outcomes[0] ?? { target: undefined, outcome: refuse("Drop it on a thing") };
}
