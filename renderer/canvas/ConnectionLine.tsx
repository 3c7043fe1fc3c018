import type { ConnectionLineComponentProps } from "@xyflow/react";
import { curve, pathData, type Side } from "../../shared/diagram/geometry";
import { usePointer } from "./pointer";

/** The cable that is being pulled: it leaves its handle square and turns green where it can be plugged in. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromPosition }: ConnectionLineComponentProps) {
  const tone = usePointer((state) => state.hint?.tone ?? "plain");
  const side: Side = fromPosition;
  const opposite: Side = side === "top" ? "bottom" : side === "bottom" ? "top" : side === "left" ? "right" : "left";
  return (
    <g className={`connection-line connection-${tone}`}>
      <path d={pathData(curve({ x: fromX, y: fromY, side }, { x: toX, y: toY, side: opposite }))} />
      <circle cx={toX} cy={toY} r={4} />
    </g>
  );
}
