import { useMemo } from "react";
import type { Scene } from "../../shared/diagram/elements";
import { overlaps, type Box } from "../../shared/diagram/geometry";
import { useCompare } from "../store/compare";
import { NOWHERE, useDraggedBy, type Drag } from "./drag";
import { badgesOf, BADGE } from "./badges";

const GLYPHS = { "+": "M-3.5 0H3.5M0 -3.5V3.5", "~": "M-4 .8C-2.6 -2 -1.2 -1.4 0 0S2.6 2 4 -.8" } as const;

interface MarkLayerProps {
  readonly scene: Scene;
  readonly drag: Drag | undefined;
  readonly area: Box | undefined;
}

/** A plus on what is new and a tilde on what is another than in the version that the document is compared with. */
export function MarkLayer({ scene, drag, area }: MarkLayerProps) {
  const marks = useCompare((state) => state.marks);
  const badges = useMemo(() => badgesOf(scene, marks), [scene, marks]);
  const by = useDraggedBy(badges.length === 0 ? undefined : drag);
  if (badges.length === 0) return null;
  return (
    <svg className="canvas-layer layer-marks" aria-hidden>
      {badges.filter(({ x, y }) => area === undefined || overlaps({ x: x - BADGE, y: y - BADGE, width: 2 * BADGE, height: 2 * BADGE }, area)).map(({ id, sign, x, y }) => {
        const away = drag?.moving.has(id) === true ? by : NOWHERE;
        return (
          <g key={id} className="change-mark" data-mark={sign} data-of={id} transform={`translate(${x + away.x} ${y + away.y})`}>
            <circle r={BADGE} />
            <path d={GLYPHS[sign]} />
          </g>
        );
      })}
    </svg>
  );
}
