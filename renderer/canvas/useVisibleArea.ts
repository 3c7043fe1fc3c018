import { useRef } from "react";
import { useStore } from "@xyflow/react";
import { areaOf, type Area } from "./area";

/** Pictures with fewer things are made of elements, all of them: painting would save nothing. */
const FEWEST = 300;

const NOTHING: Area = { x: 0, y: 0, width: 0, height: 0, step: 1 };

/** What is in sight and a little around it, in canvas coordinates: nothing until the camera is placed. Undefined: everything, because there is not much. */
export function useVisibleArea(things: number, isPlaced: boolean): Area | undefined {
  const last = useRef<Area | undefined>(undefined);
  return useStore(({ transform: [x, y, zoom], width, height }) => {
    if (things < FEWEST) return undefined;
    if (width === 0 || !isPlaced) return NOTHING;
    return (last.current = areaOf({ x, y, zoom }, { width, height }, last.current));
  });
}
