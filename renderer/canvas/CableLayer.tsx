import { memo, useMemo, type KeyboardEvent, type MouseEvent } from "react";
import { drawCable, type CableState } from "../../shared/diagram/draw-cable";
import type { Scene, SceneCable } from "../../shared/diagram/elements";
import { pathData } from "../../shared/diagram/geometry";
import { select, useSession } from "../store/session";
import { dragCable, useDraggedBy, type Drag } from "./drag";
import { isEmphasised, sameLook, type Looks } from "./looks";
import { Primitives } from "./Primitives";

interface CableLayerProps {
  readonly scene: Scene;
  readonly cables: readonly SceneCable[];
  readonly looks: Looks;
  readonly drag: Drag | undefined;
  /** Others draw them: only what is looked at is drawn here. */
  readonly painted: boolean;
  readonly onHover: (id: string | undefined) => void;
}

/** Cables, between what lies under and what lies over them. */
export const CableLayer = memo(function CableLayer({ scene, cables, looks, drag, painted, onHover }: CableLayerProps) {
  const by = useDraggedBy(drag);
  return (
    <svg className="canvas-layer layer-cables">
      {cables.map((cable) => {
        const look = looks.cable(cable);
        return <Cable key={cable.id} cable={dragCable(cable, drag, by)} look={look} drawn={!painted || isEmphasised(look)} name={nameOfCable(scene, cable)} onHover={onHover} />;
      })}
    </svg>
  );
});

/** For screen readers: between what, and what it carries. */
export function nameOfCable(scene: Scene, cable: SceneCable): string {
  const ends = [cable.source, cable.target].map((id) => scene.node.get(id)?.title ?? id);
  return `Cable from ${ends[0] ?? ""} to ${ends[1] ?? ""}${cable.label === "" ? "" : `, ${cable.label}`}`;
}

interface CableProps {
  readonly cable: SceneCable;
  readonly look: CableState;
  readonly drawn: boolean;
  readonly name: string;
  readonly onHover: (id: string | undefined) => void;
}

const Cable = memo(function Cable({ cable, look, drawn, name, onHover }: CableProps) {
  const primitives = useMemo(() => (drawn ? drawCable(cable, look) : []), [cable, look, drawn]);
  const choose = (additive: boolean): void => {
    const { selection } = useSession.getState();
    if (!additive) select([cable.id]);
    else select(selection.includes(cable.id) ? selection.filter((id) => id !== cable.id) : [...selection, cable.id]);
  };
  const onClick = (event: MouseEvent): void => {
    event.stopPropagation();
    choose(event.ctrlKey || event.metaKey || event.shiftKey);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(event.ctrlKey || event.metaKey);
  };
  return (
    <g
      className="cable" role="button" tabIndex={-1} aria-label={name} aria-pressed={look.selected ?? false} data-id={cable.id} data-kind={cable.kind}
      onClick={onClick} onContextMenu={() => { if (look.selected !== true) choose(false); }} onKeyDown={onKeyDown} onMouseEnter={() => onHover(cable.id)} onMouseLeave={() => onHover(undefined)}
    >
      <path className="cable-hit" d={pathData(cable.route)} />
      <Primitives of={primitives} />
    </g>
  );
}, (before, after) => before.cable === after.cable && before.drawn === after.drawn && before.name === after.name && before.onHover === after.onHover && sameLook(before.look, after.look));
