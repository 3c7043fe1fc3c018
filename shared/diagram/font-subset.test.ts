import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fontkit, { type Font } from "@cantoo/fontkit";
import { describe, expect, it } from "vitest";
import { subsetFont } from "./font-subset";

const inter = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf")));
const codes = (text: string): ReadonlySet<number> => new Set(Array.from(text, (character) => character.codePointAt(0) as number));

function read(file: Uint8Array): Font {
  const font = fontkit.create(file);
  if (!("glyphForCodePoint" in font)) throw new Error("a collection");
  return font;
}

/** What is drawn for a character: its outline and how wide it is. */
function drawn(file: Uint8Array, character: string): { readonly outline: string; readonly width: number } {
  const glyph = read(file).glyphForCodePoint(character.codePointAt(0) as number);
  if (glyph === null) throw new Error(`no glyph for ${character}`);
  return { outline: glyph.path.toSVG(), width: glyph.advanceWidth };
}

describe("a font cut down to some characters", () => {
  const text = "Ünïcode → é…0149azAZ §Ω";
  const small = subsetFont(inter, codes(text));

  it("draws each of them as the whole font does, those put together from others too, and is a fraction of it", () => {
    for (const character of text) expect(drawn(small, character), character).toEqual(drawn(inter, character));
    expect(drawn(small, "é").outline).not.toBe("");
    expect(small.length).toBeLessThan(inter.length / 20);
  });

  it("has no other, and leaves out what the font itself lacks", () => {
    const has = read(small);
    expect(has.hasGlyphForCodePoint("b".codePointAt(0) as number)).toBe(false);
    const without = subsetFont(inter, codes("a漢"));
    expect(read(without).hasGlyphForCodePoint("漢".codePointAt(0) as number)).toBe(false);
    expect(subsetFont(inter, codes("a"))).toEqual(without);
  });

  it("is the same whatever the order of the characters", () => {
    expect(subsetFont(inter, codes([...text].reverse().join("")))).toEqual(small);
  });

  it("has the checksums that a strict reader asks for", () => {
    const view = new DataView(small.buffer, small.byteOffset, small.byteLength);
    let sum = 0;
    for (let at = 0; at < small.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });

  it("refuses what is no such font", () => {
    expect(() => subsetFont(new Uint8Array([1, 2, 3]), codes("a"))).toThrow("not a TrueType font");
    expect(() => subsetFont(inter.slice(0, 12), codes("a"))).toThrow();
  });
});
