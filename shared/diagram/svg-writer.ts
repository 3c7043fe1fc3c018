/** Primitives as SVG text. Every value is an attribute; text is escaped; the same primitives give the same bytes. */
import { OTHER_FAMILIES, type OtherFont } from "./fonts";
import { round, type Box } from "./geometry";
import { ICONS } from "./icons";
import type { GroupPrimitive, Primitive, Stroke } from "./primitives";
import { printable } from "./shapes/shape";
import { paintOf, type Paint, type Theme } from "./theme";

/** A list as CSS has it: Inter, those beside it, and what a viewer may have. */
export function fontFamily(others: readonly OtherFont[] = []): string {
  return ["Inter", ...others.map((font) => `'${OTHER_FAMILIES[font]}'`), "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"].join(", ");
}

export interface SvgDocument {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly theme: Theme;
  readonly primitives: readonly Primitive[];
  /** XML to put before the drawing (`<metadata>`); must be well-formed. */
  readonly metadata?: string;
  /** CSS to put before the drawing: the fonts that it brings. */
  readonly faces?: string;
  /** The fonts beside Inter that its texts are set in. */
  readonly others?: readonly OtherFont[];
  /** Begins every id: for one of several drawings in a page. */
  readonly ids?: string;
}

export function writeSvg(document: SvgDocument): string {
  const writer = new SvgWriter(document.theme, document.ids ?? "");
  const body = document.primitives.map((primitive) => writer.write(primitive)).join("\n");
  const width = round(document.width), height = round(document.height);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(fontFamily(document.others))}" role="img">
<title>${escapeXml(document.title)}</title>
${document.metadata ?? ""}${document.faces === undefined || document.faces === "" ? "" : `<style>${document.faces}</style>\n`}${writer.definitions()}${body}
</svg>
`;
}

/** `&`, `<`, `>` and quotes as entities; what XML 1.0 cannot hold (control characters, lone surrogates) as blanks. */
export function escapeXml(text: string): string {
  return printable(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#39;");
}

class SvgWriter {
  private readonly clips: string[] = [];

  constructor(private readonly theme: Theme, private readonly ids: string) {}

  definitions(): string {
    return this.clips.length === 0 ? "" : `<defs>${this.clips.join("")}</defs>\n`;
  }

  write(primitive: Primitive): string {
    switch (primitive.type) {
      case "rect": return `<rect${box(primitive)}${number("rx", primitive.radius)}${this.paint(primitive)}/>`;
      case "path": return `<path d="${primitive.d}"${this.paint(primitive, true)}/>`;
      case "line": return `<line x1="${round(primitive.x1)}" y1="${round(primitive.y1)}" x2="${round(primitive.x2)}" y2="${round(primitive.y2)}"${this.paint(primitive)}/>`;
      case "circle": return `<circle cx="${round(primitive.cx)}" cy="${round(primitive.cy)}" r="${round(primitive.r)}"${this.paint(primitive)}/>`;
      case "icon": {
        const scale = round(primitive.size / 24 * 1000) / 1000;
        return `<path d="${ICONS[primitive.name]}" transform="translate(${round(primitive.x)} ${round(primitive.y)}) scale(${scale})" fill="none" stroke="${this.color(primitive.stroke)}" stroke-width="${round(1.4 / scale)}" stroke-linecap="round" stroke-linejoin="round"${number("opacity", primitive.opacity)}/>`;
      }
      case "text": {
        const anchor = primitive.anchor === undefined || primitive.anchor === "start" ? "" : ` text-anchor="${primitive.anchor}"`;
        return `<text x="${round(primitive.x)}" y="${round(primitive.y)}" font-size="${round(primitive.size)}"${primitive.weight === 400 ? "" : ' font-weight="600"'}${anchor} fill="${this.color(primitive.fill)}"${number("opacity", primitive.opacity)}>${escapeXml(primitive.text)}</text>`;
      }
      case "group": return this.group(primitive);
    }
  }

  private group(group: GroupPrimitive): string {
    const moves = [
      (group.x ?? 0) !== 0 || (group.y ?? 0) !== 0 ? `translate(${round(group.x ?? 0)} ${round(group.y ?? 0)})` : "",
      group.scale !== undefined && group.scale !== 1 ? `scale(${round(group.scale * 10000) / 10000})` : "",
    ].filter((move) => move !== "").join(" ");
    const title = group.title === undefined ? "" : `<title>${escapeXml(group.title)}</title>`;
    const inside = group.children.map((child) => this.write(child)).join("");
    const clipped = group.clip === undefined ? inside : `<g clip-path="url(#${this.clip(group.clip)})">${inside}</g>`;
    return `<g${group.id === undefined ? "" : ` data-id="${escapeXml(group.id)}"`}${moves === "" ? "" : ` transform="${moves}"`}${number("opacity", group.opacity)}>${title}${clipped}</g>`;
  }

  private clip(area: Box): string {
    const id = `${this.ids}clip-${this.clips.length + 1}`;
    this.clips.push(`<clipPath id="${id}"><rect${box(area)}/></clipPath>`);
    return id;
  }

  private paint(stroke: Stroke, evenOdd = false): string {
    return (stroke.fill === undefined ? ' fill="none"' : ` fill="${this.color(stroke.fill)}"${evenOdd ? ' fill-rule="evenodd"' : ""}`)
      + (stroke.stroke === undefined ? "" : ` stroke="${this.color(stroke.stroke)}"`)
      + (stroke.stroke === undefined || stroke.strokeWidth === undefined || stroke.strokeWidth === 1 ? "" : ` stroke-width="${round(stroke.strokeWidth)}"`)
      + (stroke.dash === undefined ? "" : ` stroke-dasharray="${stroke.dash.join(" ")}"`)
      + number("opacity", stroke.opacity);
  }

  private color(paint: Paint): string {
    return paintOf(this.theme, paint);
  }
}

function box(area: Box): string {
  return ` x="${round(area.x)}" y="${round(area.y)}" width="${round(area.width)}" height="${round(area.height)}"`;
}

function number(name: string, value: number | undefined): string {
  return value === undefined || (name === "opacity" && value === 1) ? "" : ` ${name}="${round(value)}"`;
}
