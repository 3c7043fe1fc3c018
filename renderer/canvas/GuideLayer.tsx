import { useShallow } from "zustand/react/shallow";
import { useHand } from "./drag";

/** Lines through what the thing in hand is in line with, and the outline of one that is not there yet. */
export function GuideLayer() {
  const { guides, coming } = useHand(useShallow((hand) => ({ guides: hand.guides, coming: hand.coming })));
  if (guides.length === 0 && coming === undefined) return null;
  return (
    <svg className="canvas-layer layer-guides" aria-hidden>
      {coming !== undefined && <rect className="coming" {...coming} rx={8} />}
      {guides.map(({ from, to }, index) => <line key={index} className="guide" x1={from.x} y1={from.y} x2={to.x} y2={to.y} />)}
    </svg>
  );
}
