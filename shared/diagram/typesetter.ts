/** Texts as glyphs: each character in the font that has it, in the order in which they stand on the line. */
import bidiFactory, { type Bidi } from "bidi-js";
import { hasRightToLeft } from "./directions";
import { fontOf, isInvisible, isJoined, type FontFiles, type OtherFont } from "./fonts";
import { TrueType } from "./font-subset";
import type { FontWeight } from "./primitives";
import type { ShapedGlyph, Shaper, ShapingFont } from "./shaper";
import { printable } from "./shapes/shape";

export type FontName = "regular" | "semibold" | OtherFont;

/** Lengths are in ems. */
export interface SetGlyph {
  /** In its font. */
  readonly id: number;
  /** What it stands for, as it is read; empty where a neighbour says it. */
  readonly text: string;
  readonly advance: number;
  /** How far from its place it is drawn: to the right, and up. */
  readonly dx: number;
  readonly dy: number;
}

/** Glyphs of one font, from left to right. */
export interface SetRun {
  readonly font: FontName;
  readonly glyphs: readonly SetGlyph[];
}

/** Characters of one font and direction. */
interface Piece {
  readonly font: FontName;
  /** Even: from left to right (UAX #9). */
  readonly level: number;
  text: string;
}

const MARK = /^\p{M}$/u;
const NO_GLYPH = 0;

export class Typesetter {
  private readonly fonts: ReadonlyMap<FontName, TrueType>;
  private readonly shaping = new Map<FontName, ShapingFont>();
  private bidi: Bidi | undefined;

  /** @param shaper needed where the files have a font whose letters join */
  constructor(private readonly files: FontFiles, private readonly shaper?: Shaper) {
    this.fonts = new Map([...filesByName(files)].map(([name, file]) => [name, new TrueType(file)]));
  }

  font(name: FontName): TrueType {
    return this.fonts.get(name) as TrueType;
  }

  set(text: string, weight: FontWeight): readonly SetRun[] {
    return this.inVisualOrder(this.pieces(printable(text), weight)).map(({ font, level, text: piece }) => ({ font, glyphs: this.glyphs(font, piece, level % 2 === 1) }));
  }

  /** The font that sets a character; undefined where none has it. */
  fontFor(code: number, weight: FontWeight): FontName | undefined {
    return fontFor(code, weight, this.files, (name, asked) => this.fonts.get(name)?.glyphAt(asked) ?? NO_GLYPH);
  }

  private pieces(text: string, weight: FontWeight): Piece[] {
    const levels = hasRightToLeft(text) ? (this.bidi ??= bidiFactory()).getEmbeddingLevels(text, "ltr").levels : undefined;
    const pieces: Piece[] = [];
    let at = 0;
    for (const character of text) {
      const code = character.codePointAt(0) as number, level = levels?.[at] ?? 0, last = pieces.at(-1), found = isInvisible(code) ? undefined : this.fontFor(code, weight);
      const clings = isInvisible(code) || (MARK.test(character) && last !== undefined && last.font !== "regular" && last.font !== "semibold" && isJoined(last.font));
      const font = clings ? last?.font : found;
      if (font !== undefined && last?.font === font && (last.level === level || clings)) last.text += character;
      else if (font !== undefined) pieces.push({ font, level, text: character });
      at += character.length;
    }
    return pieces;
  }

  /** From the highest level down, what stands together at a level or above is turned round (UAX #9, L2). */
  private inVisualOrder(pieces: Piece[]): Piece[] {
    const order = [...pieces];
    for (let level = Math.max(0, ...pieces.map((piece) => piece.level)); level > 0; level -= 1) {
      for (let start = 0; start < order.length; start += 1) {
        let end = start;
        while (end < order.length && (order[end] as Piece).level >= level) end += 1;
        if (end > start) order.splice(start, end - start, ...order.slice(start, end).reverse());
        start = Math.max(start, end - 1);
      }
    }
    return order;
  }

  private glyphs(name: FontName, text: string, isRightToLeft: boolean): readonly SetGlyph[] {
    return name !== "regular" && name !== "semibold" && isJoined(name) ? this.joined(name, text, isRightToLeft) : this.single(name, text, isRightToLeft);
  }

  /** A glyph a character. */
  private single(name: FontName, text: string, isRightToLeft: boolean): readonly SetGlyph[] {
    const font = this.font(name);
    const glyphs = Array.from(text).flatMap((character): SetGlyph[] => {
      if (isInvisible(character.codePointAt(0) as number)) return [];
      const mirrored = isRightToLeft ? (this.bidi?.getMirroredCharacter(character) ?? character) : character;
      const id = font.glyphAt(mirrored.codePointAt(0) as number);
      return [{ id, text: character, advance: font.advance(id), dx: 0, dy: 0 }];
    });
    return isRightToLeft ? glyphs.reverse() : glyphs;
  }

  private joined(name: OtherFont, text: string, isRightToLeft: boolean): readonly SetGlyph[] {
    let shaping = this.shaping.get(name);
    if (shaping === undefined) {
      if (this.shaper === undefined) throw new Error("texts whose letters join need the shaper");
      this.shaping.set(name, (shaping = this.shaper(this.files.others?.get(name) as Uint8Array)));
    }
    const shaped = shaping.shape(text, isRightToLeft), starts = [...new Set(shaped.map(({ cluster }) => cluster))].sort((a, b) => a - b);
    // Of a letter that is drawn in parts the widest says it: a reader that finds nothing said where there is room takes it for a blank.
    const widest = new Map<number, ShapedGlyph>();
    for (const glyph of shaped) if (glyph.advance > (widest.get(glyph.cluster)?.advance ?? -1)) widest.set(glyph.cluster, glyph);
    return shaped.map((glyph) => {
      const { id, cluster, advance, dx, dy } = glyph, words = widest.get(cluster) === glyph ? text.slice(cluster, starts[starts.indexOf(cluster) + 1]) : "";
      return { id, text: [...words].filter((character) => !isInvisible(character.codePointAt(0) as number)).join(""), advance, dx, dy };
    });
  }
}

function filesByName({ regular, semibold, others = new Map() }: FontFiles): ReadonlyMap<FontName, Uint8Array> {
  return new Map<FontName, Uint8Array>([["regular", regular], ["semibold", semibold], ...others]);
}

/** @param glyphAt the number of a character's glyph in a font; 0 where it has none */
export function fontFor(code: number, weight: FontWeight, { others }: FontFiles, glyphAt: (font: OtherFont, code: number) => number): FontName | undefined {
  const font = fontOf(code);
  if (font === undefined) return undefined;
  if (font === "inter") return weight === 400 ? "regular" : "semibold";
  if (font === "chinese" && others?.has("japanese") === true && glyphAt("japanese", code) !== NO_GLYPH) return "japanese";
  return others?.has(font) === true ? font : undefined;
}
