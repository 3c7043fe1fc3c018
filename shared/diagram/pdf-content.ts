/** Primitives as a PDF content stream (ISO 32000-1, 8 and 9). The page is turned upside down once, so that y grows downwards as in the picture. */
import { round } from "./geometry";
import { ICONS } from "./icons";
import { pathSteps } from "./path-data";
import { shareBefore, type GroupPrimitive, type IconPrimitive, type Primitive, type RectPrimitive, type Stroke, type TextPrimitive } from "./primitives";
import { paintOf, type Paint, type Theme } from "./theme";

/** What a content stream needs of the document around it. */
export interface PdfResources {
  text(text: string, weight: TextPrimitive["weight"]): readonly PdfRun[];
  /** The name of a graphics state with this opacity. */
  opacity(value: number): string;
}

/** Glyphs of one font, from left to right. */
export interface PdfRun {
  /** Of the font, among the resources of the page. */
  readonly name: string;
  /** In ems. */
  readonly width: number;
  /** How far above the line, in ems, and the operand of TJ. */
  readonly shows: readonly { readonly rise: number; readonly array: string }[];
  /** What it says as a whole, as a hexadecimal string: where letters stand above one another, readers take them for words of their own. */
  readonly says?: string;
}

/** How far the controls of a quarter circle stand from its ends. */
const ARC = 0.5523;

export function pdfContent(primitives: readonly Primitive[], height: number, theme: Theme, resources: PdfResources): string {
  const writer = new ContentWriter(theme, resources);
  writer.out.push(`1 0 0 -1 0 ${round(height)} cm`);
  for (const primitive of primitives) writer.write(primitive);
  return writer.out.join("\n");
}

class ContentWriter {
  readonly out: string[] = [];
  private readonly colors = new Map<Paint, string>();

  constructor(private readonly theme: Theme, private readonly resources: PdfResources) {}

  write(primitive: Primitive): void {
    switch (primitive.type) {
      case "rect": return this.painted(primitive, rectOps(primitive), false);
      case "path": return this.painted(primitive, pathOps(primitive.d), true);
      case "line": return this.painted(primitive, `${at(primitive.x1, primitive.y1)} m ${at(primitive.x2, primitive.y2)} l`, false);
      case "circle": {
        const { cx, cy, r } = primitive;
        return this.painted(primitive, rectOps({ x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, radius: r }), false);
      }
      case "icon": return this.icon(primitive);
      case "text": return this.text(primitive);
      case "group": return this.group(primitive);
    }
  }

  private group(group: GroupPrimitive): void {
    const scale = group.scale ?? 1;
    this.out.push("q", `${number4(scale)} 0 0 ${number4(scale)} ${round(group.x ?? 0)} ${round(group.y ?? 0)} cm`);
    if (group.opacity !== undefined && group.opacity < 1) this.out.push(`/${this.resources.opacity(group.opacity)} gs`);
    if (group.clip !== undefined) this.out.push(`${rectOps(group.clip)} W n`);
    for (const child of group.children) this.write(child);
    this.out.push("Q");
  }

  private icon(icon: IconPrimitive): void {
    const scale = icon.size / 24;
    this.out.push("q", `${number4(scale)} 0 0 ${number4(scale)} ${round(icon.x)} ${round(icon.y)} cm`, "1 J 1 j", `${round(1.4 / scale)} w ${this.color(icon.stroke)} RG`);
    this.out.push(iconOps(icon.name), "S", "Q");
  }

  private text(text: TextPrimitive): void {
    const runs = this.resources.text(text.text, text.weight);
    if (runs.length === 0) return;
    const share = shareBefore(text);
    const x = text.x - (share === 0 ? 0 : share * text.size * runs.reduce((sum, { width }) => sum + width, 0));
    const ops = runs.map(({ name, shows, says }) => spanned(says, `/${name} ${round(text.size)} Tf ${shows.map(({ rise, array }) => (rise === 0 ? `[${array}] TJ` : `${round(rise * text.size)} Ts [${array}] TJ 0 Ts`)).join(" ")}`));
    this.out.push(`BT ${this.color(text.fill)} rg 1 0 0 -1 ${round(x)} ${round(text.y)} Tm ${ops.join(" ")} ET`);
  }

  private painted(stroke: Stroke, ops: string, evenOdd: boolean): void {
    const paints = (stroke.fill === undefined ? 0 : 1) + (stroke.stroke === undefined ? 0 : 2);
    if (paints === 0 || ops === "") return;
    const veiled = stroke.opacity !== undefined && stroke.opacity < 1, dashed = stroke.dash !== undefined;
    if (veiled || dashed) this.out.push("q");
    if (veiled) this.out.push(`/${this.resources.opacity(stroke.opacity ?? 1)} gs`);
    if (stroke.fill !== undefined) this.out.push(`${this.color(stroke.fill)} rg`);
    if (stroke.stroke !== undefined) this.out.push(`${this.color(stroke.stroke)} RG ${round(stroke.strokeWidth ?? 1)} w${dashed ? ` [${stroke.dash?.join(" ")}] 0 d` : ""}`);
    this.out.push(ops, paints === 2 ? "S" : `${paints === 1 ? "f" : "B"}${evenOdd ? "*" : ""}`);
    if (veiled || dashed) this.out.push("Q");
  }

  private color(paint: Paint): string {
    let known = this.colors.get(paint);
    if (known === undefined) {
      known = channels(paintOf(this.theme, paint));
      this.colors.set(paint, known);
    }
    return known;
  }
}

/** ISO 32000-1, 14.9.4. */
function spanned(says: string | undefined, ops: string): string {
  return says === undefined ? ops : `/Span <</ActualText ${says}>> BDC ${ops} EMC`;
}

function channels(hex: string): string {
  return [1, 3, 5].map((start) => number4(Number.parseInt(hex.slice(start, start + 2), 16) / 255)).join(" ");
}

function number4(value: number): number {
  return Math.round(value * 10000) / 10000;
}

function at(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

function rectOps({ x, y, width, height, radius = 0 }: Pick<RectPrimitive, "x" | "y" | "width" | "height" | "radius">): string {
  const r = Math.min(radius, width / 2, height / 2), k = r * (1 - ARC), right = x + width, bottom = y + height;
  if (r <= 0) return `${at(x, y)} ${round(width)} ${round(height)} re`;
  return [
    `${at(x + r, y)} m ${at(right - r, y)} l ${at(right - k, y)} ${at(right, y + k)} ${at(right, y + r)} c`,
    `${at(right, bottom - r)} l ${at(right, bottom - k)} ${at(right - k, bottom)} ${at(right - r, bottom)} c`,
    `${at(x + r, bottom)} l ${at(x + k, bottom)} ${at(x, bottom - k)} ${at(x, bottom - r)} c`,
    `${at(x, y + r)} l ${at(x, y + k)} ${at(x + k, y)} ${at(x + r, y)} c h`,
  ].join(" ");
}

function pathOps(data: string): string {
  return pathSteps(data).map((step) => {
    switch (step.type) {
      case "move": return `${at(step.x, step.y)} m`;
      case "line": return `${at(step.x, step.y)} l`;
      case "curve": return `${at(step.x1, step.y1)} ${at(step.x2, step.y2)} ${at(step.x, step.y)} c`;
      case "close": return "h";
    }
  }).join(" ");
}

const iconCache = new Map<string, string>();

function iconOps(name: IconPrimitive["name"]): string {
  const known = iconCache.get(name) ?? pathOps(ICONS[name]);
  iconCache.set(name, known);
  return known;
}
