import { useMemo } from "react";
import { useStore } from "@xyflow/react";
import { areaOf, type Area } from "./area";

/** Pictures with fewer things are made of elements, all of them: painting would save nothing. */
const FEWEST = 300;

/** What is in sight and a little around it, in canvas coordinates: nothing until the camera is placed. Undefined: everything, because there is not much. */
export function useVisibleArea(things: number, isPlaced: boolean): Area | undefined {
  const key = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (things < FEWEST || width === 0 || !isPlaced) return "";
    const area = areaOf({ x, y, zoom }, { width, height });
    return [area.x, area.y, area.width, area.height, area.step].join(" ");
  });
  return useMemo(() => {
    if (things < FEWEST) return undefined;
    const [x = 0, y = 0, width = 0, height = 0, step = 1] = key.split(" ").map(Number);
    return { x, y, width, height, step };
  }, [key, things]);
}
