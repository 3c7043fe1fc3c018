/** Texts as outlines, for what draws text only in the fonts that it was given and sets no other beside them. */
import { create, type Font } from "@cantoo/fontkit";
import { fontOf, isInvisible, type FontFiles } from "./fonts";
import { shareBefore, type Primitive, type TextPrimitive } from "./primitives";
import { round } from "./geometry";
import type { FontName, Typesetter } from "./typesetter";

export class Outliner {
  private readonly fonts = new Map<FontName, Font>();

  constructor(private readonly files: FontFiles, private readonly typesetter: Typesetter) {}

  /** The primitives with each text that is not in Inter alone drawn as it is set. */
  outlined(primitives: readonly Primitive[]): readonly Primitive[] {
    return primitives.map((primitive): Primitive => {
      if (primitive.type === "group") return { ...primitive, children: this.outlined(primitive.children) };
      return primitive.type === "text" && Array.from(primitive.text).some(isOther) ? this.drawn(primitive) : primitive;
    });
  }

  private drawn(primitive: TextPrimitive): Primitive {
    const { text, size, weight, x, y, fill, opacity } = primitive;
    const runs = this.typesetter.set(text, weight), width = runs.reduce((sum, { glyphs }) => glyphs.reduce((all, { advance }) => all + advance, sum), 0);
    let pen = x - shareBefore(primitive) * width * size, d = "";
    for (const { font, glyphs } of runs) {
      for (const { id, advance, dx, dy } of glyphs) {
        d += this.outline(font, id, size, pen + dx * size, y - dy * size);
        pen += advance * size;
      }
    }
    return { type: "path", d, fill, ...(opacity === undefined ? {} : { opacity }) };
  }

  private outline(name: FontName, id: number, size: number, x: number, y: number): string {
    const font = this.font(name), scale = size / font.unitsPerEm;
    return font.getGlyph(id)?.path.scale(scale, -scale).translate(x, y).commands.map(({ command, args }) => `${LETTER[command]}${args.map(round).join(" ")}`).join("") ?? "";
  }

  private font(name: FontName): Font {
    let font = this.fonts.get(name);
    if (font === undefined) {
      const read = create((name === "regular" || name === "semibold" ? this.files[name] : this.files.others?.get(name)) as Uint8Array);
      if (read === null || "fonts" in read) throw new Error(`${name} is not one font`);
      this.fonts.set(name, (font = read));
    }
    return font;
  }
}

const LETTER = { moveTo: "M", lineTo: "L", quadraticCurveTo: "Q", bezierCurveTo: "C", closePath: "Z" } as const;

function isOther(character: string): boolean {
  const code = character.codePointAt(0) as number, font = fontOf(code);
  return font !== undefined && font !== "inter" && !isInvisible(code);
}
