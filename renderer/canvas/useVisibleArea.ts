import { useMemo } from "react";
import { useStore } from "@xyflow/react";
import type { SceneCable, SceneNode } from "../../shared/diagram/elements";
import { overlaps, union, type Box } from "../../shared/diagram/geometry";

/** Pictures with fewer things are drawn whole: culling would cost more than it saves. */
const FEWEST = 300;
/** The area grows in steps of this many pixels of the screen, so that panning seldom changes what is drawn. */
const STEP = 400;

/** What is in sight and a little around it, in canvas coordinates; undefined: everything. */
export function useVisibleArea(things: number): Box | undefined {
  const key = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (things < FEWEST) return "";
    const left = Math.floor(-x / STEP) - 1;
    const top = Math.floor(-y / STEP) - 1;
    const right = Math.ceil((width - x) / STEP) + 1;
    const bottom = Math.ceil((height - y) / STEP) + 1;
    return [left, top, right, bottom, zoom].join(" ");
  });
  return useMemo(() => {
    if (key === "") return undefined;
    const [left = 0, top = 0, right = 0, bottom = 0, zoom = 1] = key.split(" ").map(Number);
    const scale = STEP / zoom;
    return { x: left * scale, y: top * scale, width: (right - left) * scale, height: (bottom - top) * scale };
  }, [key]);
}

const boxes = new WeakMap<SceneCable, Box>();

/** Around the route's points and controls and the label: a curve never leaves the hull of its points. */
function boxOf(cable: SceneCable): Box {
  let box = boxes.get(cable);
  if (box === undefined) {
    box = union([...cable.route.map((point) => ({ ...point, width: 0, height: 0 })), ...(cable.label === "" ? [] : [cable.labelBox])]);
    boxes.set(cable, { ...box, width: Math.max(1, box.width), height: Math.max(1, box.height) });
  }
  return boxes.get(cable) ?? box;
}

export function cableInArea(cable: SceneCable, area: Box | undefined): boolean {
  return area === undefined || overlaps(boxOf(cable), area);
}

export function nodeInArea(node: SceneNode, area: Box | undefined): boolean {
  return area === undefined || overlaps({ ...node.absolute, width: node.width, height: node.height }, area);
}
