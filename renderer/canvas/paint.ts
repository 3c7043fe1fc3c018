/** Paints the diagram's primitives on a 2D canvas: the same data as the SVG of the screen and of the exports. */
import type { Point } from "../../shared/diagram/geometry";
import { ICONS, type IconName } from "../../shared/diagram/icons";
import type { Primitive, RectPrimitive, Stroke, TextPrimitive } from "../../shared/diagram/primitives";
import type { Paint } from "../../shared/diagram/theme";
import { paintOf, type Theme } from "../../shared/diagram/theme";

/** What is painted on: a canvas of the page or of a worker. */
export type Ground = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const SHORT_PATH = 400;
/** Icons, marks and stripes come again and again. */
const paths = new Map<string, Path2D>();

function pathOf(data: string): Path2D {
  if (data.length > SHORT_PATH) return new Path2D(data);
  let path = paths.get(data);
  if (path === undefined) paths.set(data, (path = new Path2D(data)));
  return path;
}

const iconOf = (name: IconName): Path2D => pathOf(ICONS[name]);

export class Painter {
  private readonly colors = new Map<Paint, string>();

  constructor(readonly ground: Ground, private readonly theme: Theme, private readonly fontFamily: string) {}

  color(paint: Paint): string {
    let color = this.colors.get(paint);
    if (color === undefined) this.colors.set(paint, (color = paintOf(this.theme, paint)));
    return color;
  }

  /** With their origin at a point. */
  drawAt(at: Point, primitives: readonly Primitive[]): void {
    if (primitives.length === 0) return;
    this.ground.translate(at.x, at.y);
    this.draw(primitives);
    this.ground.translate(-at.x, -at.y);
  }

  draw(primitives: readonly Primitive[]): void {
    for (const primitive of primitives) this.one(primitive);
  }

  private one(primitive: Primitive): void {
    const { ground } = this;
    const before = ground.globalAlpha;
    if (primitive.opacity !== undefined) ground.globalAlpha = before * primitive.opacity;
    switch (primitive.type) {
      case "rect": this.rect(primitive); break;
      case "text": this.text(primitive); break;
      case "path": this.fillAndStroke(pathOf(primitive.d), primitive); break;
      case "circle": {
        const circle = new Path2D();
        circle.arc(primitive.cx, primitive.cy, primitive.r, 0, 2 * Math.PI);
        this.fillAndStroke(circle, primitive);
        break;
      }
      case "line": {
        const line = new Path2D();
        line.moveTo(primitive.x1, primitive.y1);
        line.lineTo(primitive.x2, primitive.y2);
        this.fillAndStroke(line, primitive);
        break;
      }
      case "icon":
        this.within({ x: primitive.x, y: primitive.y, scale: primitive.size / 24 }, () => {
          ground.lineCap = "round";
          this.setStroke({ stroke: primitive.stroke, strokeWidth: 1.4 * 24 / primitive.size });
          ground.stroke(iconOf(primitive.name));
        });
        break;
      case "group":
        this.within(primitive, () => {
          if (primitive.clip !== undefined) {
            ground.beginPath();
            ground.rect(primitive.clip.x, primitive.clip.y, primitive.clip.width, primitive.clip.height);
            ground.clip();
          }
          this.draw(primitive.children);
        });
    }
    ground.globalAlpha = before;
  }

  private within({ x = 0, y = 0, scale = 1 }: { readonly x?: number; readonly y?: number; readonly scale?: number }, draw: () => void): void {
    this.ground.save();
    this.ground.translate(x, y);
    if (scale !== 1) this.ground.scale(scale, scale);
    draw();
    this.ground.restore();
  }

  private rect({ x, y, width, height, radius = 0, ...stroke }: RectPrimitive): void {
    const { ground } = this;
    if (radius === 0 && stroke.stroke === undefined) {
      if (stroke.fill === undefined) return;
      ground.fillStyle = this.color(stroke.fill);
      ground.fillRect(x, y, width, height);
      return;
    }
    ground.beginPath();
    if (radius === 0) ground.rect(x, y, width, height);
    else ground.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
    if (stroke.fill !== undefined) {
      ground.fillStyle = this.color(stroke.fill);
      ground.fill();
    }
    if (stroke.stroke !== undefined) {
      this.setStroke(stroke);
      ground.stroke();
    }
  }

  private text({ x, y, text, size, weight, fill, anchor = "start" }: TextPrimitive): void {
    const { ground } = this;
    const font = `${weight} ${size}px ${this.fontFamily}`;
    ground.font = font;
    ground.textAlign = anchor === "middle" ? "center" : anchor;
    ground.fillStyle = this.color(fill);
    ground.fillText(text, x, y);
  }

  private fillAndStroke(path: Path2D, stroke: Stroke): void {
    if (stroke.fill !== undefined) {
      this.ground.fillStyle = this.color(stroke.fill);
      this.ground.fill(path, "evenodd");
    }
    if (stroke.stroke === undefined) return;
    this.setStroke(stroke);
    this.ground.stroke(path);
  }

  setStroke({ stroke, strokeWidth = 1, dash }: Stroke): void {
    if (stroke === undefined) return;
    this.ground.strokeStyle = this.color(stroke);
    this.ground.lineWidth = strokeWidth;
    this.ground.lineJoin = "round";
    this.ground.setLineDash(dash === undefined ? NO_DASH : [...dash]);
  }
}

const NO_DASH: number[] = [];
