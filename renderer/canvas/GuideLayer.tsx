import { useShallow } from "zustand/react/shallow";
import { useHand } from "./drag";

/** Lines through what the thing in hand is in line with. */
export function GuideLayer() {
  const guides = useHand(useShallow((hand) => hand.guides));
  if (guides.length === 0) return null;
  return (
    <svg className="canvas-layer layer-guides" aria-hidden>
      {guides.map(({ from, to }, index) => <line key={index} className="guide" x1={from.x} y1={from.y} x2={to.x} y2={to.y} />)}
    </svg>
  );
}
