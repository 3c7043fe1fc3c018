/** Which camera shows what. Pure. */
import type { Scene } from "../../shared/diagram/elements";
import type { Box } from "../../shared/diagram/geometry";

const MARGIN = 28;
const LARGEST = 1.25;
/** The largest picture that is laid out, some 2,500 hosts, is seen whole. */
export const MIN_ZOOM = 0.008;
export const MAX_ZOOM = 2.5;
/** Pixels between the picture and what lies over a corner. */
const GAP = 12;

/** The boxes of a thing or cable; of what stands for it where it is inside something closed. */
export function boxesOf(scene: Scene, id: string): Box[] {
  const node = scene.node.get(scene.shownAs.get(id) ?? id);
  if (node !== undefined) return [{ ...node.absolute, width: node.width, height: node.height }];
  const cable = scene.cable.get(id);
  return cable === undefined ? [] : cable.route.map((point) => ({ ...point, width: 0, height: 0 }));
}

/** Where the origin of the picture is on the screen, and how large a pixel of it is. */
export type Camera = Readonly<Record<"x" | "y" | "zoom", number>>;

export type Size = Readonly<Record<"width" | "height", number>>;

/** What lies over the lower corners, from the edges of the screen: the legend at the left, the minimap at the right. */
export interface Corners {
  readonly left: Size;
  readonly right: Size;
}

/** The largest camera that shows the whole picture with nothing of it under the corners. */
export function whole(scene: Scene, screen: Size, { left, right }: Corners, largest = LARGEST): Camera {
  if (scene.nodes.length === 0) return { x: 0, y: 0, zoom: 1 };
  const isFree = (camera: Camera): boolean => !scene.nodes.some((node) => {
    const seen = { left: node.absolute.x * camera.zoom + camera.x, right: (node.absolute.x + node.width) * camera.zoom + camera.x, bottom: (node.absolute.y + node.height) * camera.zoom + camera.y };
    return (seen.left < left.width && seen.bottom > screen.height - left.height) || (seen.right > screen.width - right.width && seen.bottom > screen.height - right.height);
  });
  const above = beside(scene.bounds, screen, { left: 0, right: 0, bottom: Math.max(left.height, right.height) }, largest);
  const others = [{ left: 0, right: 0 }, { left: left.width, right: 0 }, { left: 0, right: right.width }, { left: left.width, right: right.width }]
    .map((free) => beside(scene.bounds, screen, { ...free, bottom: 0 }, largest));
  return others.filter(isFree).reduce((best, each) => (each.zoom > best.zoom ? each : best), above);
}

/** The camera that shows a box in what is left of the screen beside free edges. */
function beside(box: Box, screen: Size, free: Readonly<Record<"left" | "right" | "bottom", number>>, largest: number): Camera {
  const margin = marginOf(screen);
  // The margin is part of what is kept free.
  const room = (pixels: number): number => (pixels === 0 ? 0 : Math.max(0, pixels + GAP - margin));
  const camera = fitted(box, { width: screen.width - room(free.left) - room(free.right), height: screen.height - room(free.bottom) }, largest);
  return { ...camera, x: Math.round(camera.x + room(free.left)) };
}

/** The camera that shows a box in the middle with a margin around it. Whole pixels, so that text stays sharp. */
export function fitted(box: Box, screen: Size, largest: number): Camera {
  const margin = marginOf(screen);
  const zoom = Math.max(MIN_ZOOM, Math.min(largest, (screen.width - 2 * margin) / Math.max(1, box.width), (screen.height - 2 * margin) / Math.max(1, box.height)));
  return {
    x: Math.round((screen.width - box.width * zoom) / 2 - box.x * zoom),
    y: Math.round((screen.height - box.height * zoom) / 2 - box.y * zoom),
    zoom,
  };
}

/** In pixels; less where it would leave nothing between. */
function marginOf({ width, height }: Size): number {
  return Math.min(MARGIN, width / 12, height / 12);
}

/** Whether a box is seen whole. */
export function inSight(box: Box, camera: Camera, screen: Size): boolean {
  const left = box.x * camera.zoom + camera.x;
  const top = box.y * camera.zoom + camera.y;
  return left >= 0 && top >= 0 && left + box.width * camera.zoom <= screen.width && top + box.height * camera.zoom <= screen.height;
}
