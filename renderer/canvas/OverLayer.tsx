import { memo, useMemo } from "react";
import type { AttackLeg } from "../../shared/diagram/attack-overlay";
import { drawLeg, drawLegLabel } from "../../shared/diagram/draw-attack";
import { drawArrow, drawCableLabel } from "../../shared/diagram/draw-cable";
import { drawOver } from "../../shared/diagram/draw-node";
import type { Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import { pathData } from "../../shared/diagram/geometry";
import type { Primitive } from "../../shared/diagram/primitives";
import type { NodeState } from "../../shared/diagram/shapes/shape";
import type { ShownPath } from "../store/session";
import { dragCable, NOWHERE, useDraggedBy, type Drag } from "./drag";
import { isEmphasised, sameLook, type Looks } from "./looks";
import { Primitives } from "./Primitives";

interface OverLayerProps {
  readonly scene: Scene;
  readonly looks: Looks;
  readonly drag: Drag | undefined;
}

/** What open containers draw over the cables: bars of switches, badges. */
export function OverLayer({ scene, looks, drag }: OverLayerProps) {
  const by = useDraggedBy(drag);
  return (
    <svg className="canvas-layer layer-over" aria-hidden>
      {scene.nodes.filter((node) => node.container).map((node) => {
        const { x, y } = drag?.moving.has(node.id) === true ? by : NOWHERE;
        return <ContainerOver key={node.id} node={node} look={looks.node(node)} x={node.absolute.x + x} y={node.absolute.y + y} />;
      })}
    </svg>
  );
}

interface ContainerOverProps {
  readonly node: SceneNode;
  readonly look: NodeState;
  readonly x: number;
  readonly y: number;
}

const ContainerOver = memo(function ContainerOver({ node, look, x, y }: ContainerOverProps) {
  const primitives = useMemo(() => drawOver(node, look), [node, look]);
  return <g transform={`translate(${x} ${y})`}><Primitives of={primitives} /></g>;
}, (a, b) => a.node === b.node && a.x === b.x && a.y === b.y && sameLook(a.look, b.look));

interface LabelLayerProps {
  readonly cables: readonly SceneCable[];
  readonly looks: Looks;
  readonly drag: Drag | undefined;
  /** Others draw them: only those of cables that are emphasised are drawn here. */
  readonly painted: boolean;
}

/** What the cables carry; above everything. */
export const LabelLayer = memo(function LabelLayer({ cables, looks, drag, painted }: LabelLayerProps) {
  const by = useDraggedBy(drag);
  const shown = painted ? cables.filter((cable) => isEmphasised(looks.cable(cable))) : cables;
  return (
    <svg className="canvas-layer layer-labels" aria-hidden>
      {shown.map((cable) => <CableLabel key={cable.id} cable={dragCable(cable, drag, by)} looks={looks} />)}
    </svg>
  );
});

function CableLabel({ cable, looks }: { readonly cable: SceneCable; readonly looks: Looks }) {
  const primitives = drawCableLabel(cable, looks.cable(cable));
  return primitives.length === 0 ? null : <Primitives of={primitives} />;
}

interface PathLayerProps {
  readonly looks: Looks;
  readonly path: ShownPath | undefined;
  readonly part: "line" | "arrow";
}

/** The path of a finding or trace: its line under the nodes, its arrow head above them. The line draws itself once. */
export function PathLayer({ looks, path, part }: PathLayerProps) {
  const route = looks.overlay?.route ?? [];
  if (path === undefined || route.length < 4) return null;
  const data = pathData(route);
  return (
    <svg className={`canvas-layer layer-path-${part}`} aria-hidden>
      {part === "line"
        ? <path key={data} className={`path-line path-${path.tone}`} d={data} pathLength={1} />
        : <g className={`path-arrow path-${path.tone}`}><Primitives of={arrowOf(drawArrow(route), path.tone)} /></g>}
    </svg>
  );
}

/** The arrow is drawn in the colour of a violation; a path that is allowed has another. */
function arrowOf(primitives: readonly Primitive[], tone: ShownPath["tone"]): readonly Primitive[] {
  if (tone === "violation") return primitives;
  return primitives.map((primitive) => (primitive.type === "path" ? { ...primitive, fill: tone === "permitted" ? "permitted" : "muted" } : primitive));
}

/** The steps of an attack: along the cables under the nodes, beside them over everything, where nothing hides them. */
export function AttackLayer({ looks, part }: { readonly looks: Looks; readonly part: "line" | "arrow" }) {
  const { overlay } = looks;
  const primitives = useMemo(() => {
    if (overlay === undefined || !("legs" in overlay)) return [];
    const isUnder = ({ kind }: AttackLeg): boolean => kind === "network";
    return part === "line" ? overlay.legs.filter(isUnder).flatMap(drawLeg) : [...overlay.legs.filter((leg) => !isUnder(leg)).flatMap(drawLeg), ...overlay.legs.flatMap(drawLegLabel)];
  }, [overlay, part]);
  return primitives.length === 0 ? null : <svg className={`canvas-layer layer-path-${part} layer-attack`} aria-hidden><Primitives of={primitives} /></svg>;
}
