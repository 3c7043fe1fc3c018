/** An image of a part of the picture, which the camera moves and stretches without painting it again. */
import type { Box, Point } from "../../shared/diagram/geometry";
import type { Camera } from "./camera";

/** No sheet gets more pixels: beyond, it is painted a little coarser. */
const MOST_PIXELS = 12_000_000;

export class Sheet {
  readonly canvas = document.createElement("canvas");
  private readonly ground: CanvasRenderingContext2D;
  /** Its upper left pixel; pixels from the origin of the picture. */
  private corner: Point = { x: 0, y: 0 };
  /** Pixels per unit of the picture. */
  private scale = 1;

  constructor() {
    // Read often means painted by the processor, piece by piece, and never all at once when the picture is shown.
    const ground = this.canvas.getContext("2d", { willReadFrequently: true });
    if (ground === null) throw new Error("there is no 2D canvas");
    this.ground = ground;
  }

  /** Makes it blank and has it cover a box, its pixels those of the screen; answers where to paint, in the picture's coordinates. One that is larger than needed keeps its size. */
  cover(box: Box, zoom: number, pixelRatio: number): CanvasRenderingContext2D {
    const { canvas, ground } = this;
    const scale = Math.min(zoom * pixelRatio, Math.sqrt(MOST_PIXELS / (box.width * box.height)));
    const width = Math.ceil(box.width * scale) + 1, height = Math.ceil(box.height * scale) + 1;
    const fits = canvas.width >= width && canvas.height >= height && canvas.width * canvas.height < 2 * width * height;
    ground.setTransform(1, 0, 0, 1, 0, 0);
    if (fits) ground.clearRect(0, 0, canvas.width, canvas.height);
    // Another size makes it blank.
    else Object.assign(canvas, { width, height });
    this.scale = scale;
    this.corner = { x: Math.floor(box.x * scale), y: Math.floor(box.y * scale) };
    ground.setTransform(scale, 0, 0, scale, -this.corner.x, -this.corner.y);
    return ground;
  }

  /** Makes a part of it blank, and has that painted in the picture's coordinates; nothing else can be touched meanwhile. */
  renew(box: Box, paint: (ground: CanvasRenderingContext2D) => void): void {
    const { ground, corner, scale } = this;
    const left = Math.floor(box.x * scale) - corner.x, top = Math.floor(box.y * scale) - corner.y;
    const right = Math.ceil((box.x + box.width) * scale) - corner.x, bottom = Math.ceil((box.y + box.height) * scale) - corner.y;
    ground.save();
    ground.setTransform(1, 0, 0, 1, 0, 0);
    ground.beginPath();
    ground.rect(left, top, right - left, bottom - top);
    ground.clip();
    ground.clearRect(left, top, right - left, bottom - top);
    ground.setTransform(scale, 0, 0, scale, -corner.x, -corner.y);
    paint(ground);
    ground.restore();
  }

  /** Puts it where the camera sees it, `by` away from its place. */
  place(camera: Camera, by: Point): void {
    this.canvas.style.transform = placed(this.corner, this.scale, camera, by, devicePixelRatio);
  }
}

/**
 * The transform of an image with `scale` pixels per unit whose upper left pixel is `corner`. At the camera's own zoom its pixels come to lie on
 * those of the screen, so that nothing is smeared between two of them.
 */
export function placed(corner: Point, scale: number, camera: Camera, by: Point, pixelRatio: number): string {
  const stretch = camera.zoom / scale;
  const x = camera.x + by.x * camera.zoom + corner.x * stretch, y = camera.y + by.y * camera.zoom + corner.y * stretch;
  const isExact = Math.abs(stretch * pixelRatio - 1) < 1e-6;
  if (!isExact) return `translate(${x}px, ${y}px) scale(${stretch})`;
  const whole = (length: number): number => Math.round(length * pixelRatio) / pixelRatio;
  return `translate(${whole(x)}px, ${whole(y)}px)${pixelRatio === 1 ? "" : ` scale(${1 / pixelRatio})`}`;
}
