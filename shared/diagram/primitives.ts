/**
 * Drawing as data. Shapes return `Primitive[]`; `svg.ts`, `pdf.ts` and the canvas turn them into what they need.
 * Coordinates are pixels, y downwards, relative to the enclosing group (a node's own top left corner at the outermost).
 * Every value can be an SVG attribute, so that no inline style is needed (the app's CSP refuses them):
 *
 *     rect   → <rect x y width height rx fill stroke stroke-width stroke-dasharray opacity>
 *     path   → <path d fill fill-rule="evenodd" stroke …>     d: absolute M, L, H, V, C and Z only
 *     text   → <text x y font-size font-weight text-anchor fill>   y is the baseline; already cut to its width
 *     icon   → <path d={ICONS[name]} transform="translate(x y) scale(size / 24)" fill="none" stroke stroke-width={1.5 * 24 / size}>
 *     group  → <g transform="translate(x y) scale(scale)" opacity clip-path>
 *
 * An absent `fill` or `stroke` is none. Paints are resolved by `theme.ts`: `paintOf(theme, paint)`.
 */
import type { Box } from "./geometry";
import type { IconName } from "./icons";
import type { Paint } from "./theme";

export interface Stroke {
  readonly fill?: Paint;
  readonly stroke?: Paint;
  /** Pixels; 1 where absent. */
  readonly strokeWidth?: number;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface RectPrimitive extends Stroke, Box {
  readonly type: "rect";
  readonly radius?: number;
}

export interface PathPrimitive extends Stroke {
  readonly type: "path";
  readonly d: string;
}

export interface LinePrimitive extends Stroke {
  readonly type: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface CirclePrimitive extends Stroke {
  readonly type: "circle";
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}

export type FontWeight = 400 | 600;

export interface TextPrimitive {
  readonly type: "text";
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly text: string;
  /** Pixels. */
  readonly size: number;
  readonly weight: FontWeight;
  readonly fill: Paint;
  readonly anchor?: "start" | "middle" | "end";
  readonly opacity?: number;
}

/** Which share of a text's width lies left of its `x`. */
export function shareBefore({ anchor }: Pick<TextPrimitive, "anchor">): number {
  return anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
}

export interface IconPrimitive {
  readonly type: "icon";
  readonly name: IconName;
  readonly x: number;
  readonly y: number;
  /** Edge length in pixels. */
  readonly size: number;
  readonly stroke: Paint;
  readonly opacity?: number;
}

export interface GroupPrimitive {
  readonly type: "group";
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  readonly opacity?: number;
  /** Nothing outside is drawn; in the group's own coordinates. */
  readonly clip?: Box;
  /** What it shows, for screen readers and tooltips (`<title>`). */
  readonly title?: string;
  /** The id of what it draws (`data-id`). */
  readonly id?: string;
  readonly children: readonly Primitive[];
}

export type Primitive = RectPrimitive | PathPrimitive | LinePrimitive | CirclePrimitive | TextPrimitive | IconPrimitive | GroupPrimitive;
