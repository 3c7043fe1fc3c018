/** Which camera shows what. Pure. */
import type { Scene } from "../../shared/diagram/elements";
import type { Box } from "../../shared/diagram/geometry";

const MARGIN = 28;
const LARGEST = 1.25;
/** The largest picture that is laid out, some 2,500 hosts, is seen whole. */
export const MIN_ZOOM = 0.008;
/** Legend and minimap lie over the lower corners: what would be under them is shown above. On a small canvas there is only a low legend, on a flat one nothing. */
const CORNERS = { left: 300, right: 184, height: 104 } as const;
const SMALL = { width: 640, height: 380, legend: 44, flat: 220 } as const;

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

/** The camera that shows the whole picture and leaves the corners free where something would lie under them. */
export function whole(scene: Scene, screen: Size, largest = LARGEST): Camera {
  if (scene.nodes.length === 0) return { x: 0, y: 0, zoom: 1 };
  const camera = fitted(scene.bounds, screen, largest);
  const small = screen.width <= SMALL.width || screen.height <= SMALL.height;
  const margin = marginOf(screen);
  const height = screen.height <= SMALL.flat ? 0 : small ? SMALL.legend : CORNERS.height;
  const covered = scene.nodes.some((node) => {
    const right = (node.absolute.x + node.width) * camera.zoom + camera.x;
    const left = node.absolute.x * camera.zoom + camera.x;
    const bottom = (node.absolute.y + node.height) * camera.zoom + camera.y;
    return bottom > screen.height - height && (left < CORNERS.left || (!small && right > screen.width - CORNERS.right));
  });
  return covered ? fitted(scene.bounds, { width: screen.width, height: screen.height - height + margin }, largest) : camera;
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
