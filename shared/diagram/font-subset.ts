/**
 * TrueType fonts, read and cut down to what is in use, for files that carry their letters with them. Tables as the OpenType specification
 * describes them; those that substitute and kern are left out of what is cut, because texts are measured without.
 */

interface Table {
  readonly offset: number;
  readonly length: number;
}

/** As they are; those that a font need not have are left out where it has none. */
const DRAWN = ["cvt ", "fpgm", "prep"] as const, KEPT = ["OS/2", ...DRAWN, "gasp", "name"] as const;

/** Flags of a composite glyph's components. */
const WORDS = 0x1, SCALE = 0x8, MORE = 0x20, TWO_SCALES = 0x40, MATRIX = 0x80;

/**
 * The file of a font with the glyphs of these characters only, and the empty one. Characters that it has no glyph for are left out, so
 * that another font sets them. Throws where the file is no TrueType font with a map of all of Unicode.
 */
export function subsetFont(file: Uint8Array, characters: ReadonlySet<number>): Uint8Array {
  const font = new TrueType(file);
  const glyphOf = new Map([...characters].sort((a, b) => a - b).map((code) => [code, font.glyphAt(code)] as const).filter(([, glyph]) => glyph !== 0));
  const { tables, place } = cut(font, glyphOf.values(), KEPT);
  tables.set("cmap", characterMap([...glyphOf].map(([code, glyph]) => [code, place.get(glyph) as number])));
  return assembled(tables);
}

/** The file of a font with these glyphs only, without a map of characters, as a PDF embeds it; and the number that each glyph has in it. */
export function subsetGlyphs(font: TrueType, glyphs: Iterable<number>): { readonly file: Uint8Array; readonly place: ReadonlyMap<number, number> } {
  const { tables, place } = cut(font, glyphs, DRAWN);
  return { file: assembled(tables), place };
}

function cut(font: TrueType, glyphs: Iterable<number>, copied: readonly string[]): { readonly tables: Map<string, Uint8Array>; readonly place: ReadonlyMap<number, number> } {
  const kept = font.withComponents(glyphs);
  const { glyf, loca } = font.outlines(kept);
  const tables = new Map<string, Uint8Array>(copied.filter((tag) => font.has(tag)).map((tag) => [tag, font.copy(tag)]));
  tables.set("glyf", glyf).set("loca", loca).set("hmtx", font.metrics(kept));
  tables.set("head", patched(font.copy("head"), (view) => (view.setUint32(8, 0), view.setInt16(50, LONG))));
  tables.set("hhea", patched(font.copy("hhea"), (view) => view.setUint16(34, kept.length)));
  tables.set("maxp", patched(font.copy("maxp"), (view) => view.setUint16(4, kept.length)));
  // Version 3: without names of glyphs.
  tables.set("post", patched(font.copy("post").slice(0, 32), (view) => view.setUint32(0, 0x30000)));
  return { tables, place: new Map(kept.map((glyph, at) => [glyph, at])) };
}

/** Offsets of glyphs are written as four bytes each. */
const LONG = 1;

/** How far a font's letters go, in ems. */
export interface Extents {
  readonly ascent: number;
  readonly descent: number;
  /** Left, bottom, right, top of all its glyphs. */
  readonly box: readonly [number, number, number, number];
}

/** Throws where the file is no TrueType font. */
export class TrueType {
  private readonly view: DataView;
  private readonly tables = new Map<string, Table>();
  /** Where the map of characters stands, once it has been looked for. */
  private map: number | undefined;
  private readonly unitsPerEm: number;

  constructor(private readonly file: Uint8Array) {
    this.view = viewOf(file);
    if (file.length < 12 || this.view.getUint32(0) !== 0x10000) throw new Error("not a TrueType font");
    for (let at = 12; at < 12 + this.view.getUint16(4) * 16; at += 16) {
      this.tables.set(String.fromCharCode(...file.subarray(at, at + 4)), { offset: this.view.getUint32(at + 8), length: this.view.getUint32(at + 12) });
    }
    this.unitsPerEm = this.view.getUint16(this.table("head").offset + 18);
  }

  has(tag: string): boolean {
    return this.tables.has(tag);
  }

  /** Of its own, so that it may be changed. */
  copy(tag: string): Uint8Array<ArrayBuffer> {
    const { offset, length } = this.table(tag);
    // Not `slice`: a Buffer of Node's would give its own bytes.
    return new Uint8Array(this.file.subarray(offset, offset + length));
  }

  /** The number of a character's glyph; 0 where there is none. Throws where the font has no map of all of Unicode. */
  glyphAt(code: number): number {
    const map = (this.map ??= this.findMap());
    // Groups are in order: the last that begins no later than this.
    let low = 0, high = this.view.getUint32(map + 12);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.view.getUint32(map + 16 + middle * 12) <= code) low = middle + 1;
      else high = middle;
    }
    const at = map + 16 + (low - 1) * 12;
    return low > 0 && code <= this.view.getUint32(at + 4) ? this.view.getUint32(at + 8) + code - this.view.getUint32(at) : 0;
  }

  /** How wide a glyph is, in ems. */
  advance(glyph: number): number {
    const count = this.view.getUint16(this.table("hhea").offset + 34);
    return this.view.getUint16(this.table("hmtx").offset + Math.min(glyph, count - 1) * 4) / this.unitsPerEm;
  }

  extents(): Extents {
    const hhea = this.table("hhea").offset, head = this.table("head").offset, ems = (at: number): number => this.view.getInt16(at) / this.unitsPerEm;
    return { ascent: ems(hhea + 4), descent: ems(hhea + 6), box: [ems(head + 36), ems(head + 38), ems(head + 40), ems(head + 42)] };
  }

  /** These glyphs, those that they are put together from, and the first of the font, in order. */
  withComponents(glyphs: Iterable<number>): number[] {
    const found = new Set([0, ...glyphs]);
    for (const glyph of found) for (const at of this.components(glyph)) found.add(this.view.getUint16(at));
    return [...found].sort((a, b) => a - b);
  }

  /** The outlines of these glyphs, which name one another by their places in the list, and where each begins. */
  outlines(kept: readonly number[]): { readonly glyf: Uint8Array; readonly loca: Uint8Array } {
    const place = new Map(kept.map((glyph, at) => [glyph, at]));
    const pieces: Uint8Array[] = [], loca = viewOf(new Uint8Array((kept.length + 1) * 4));
    let length = 0;
    kept.forEach((glyph, at) => {
      const { start, end } = this.spanOf(glyph);
      const piece = new Uint8Array(Math.ceil((end - start) / 4) * 4), view = viewOf(piece);
      piece.set(this.file.subarray(start, end));
      for (const component of this.components(glyph)) view.setUint16(component - start, place.get(this.view.getUint16(component)) as number);
      pieces.push(piece);
      length += piece.length;
      loca.setUint32((at + 1) * 4, length);
    });
    return { glyf: joined(pieces), loca: bytesOf(loca) };
  }

  /** How wide each of these glyphs is, and where it begins. */
  metrics(kept: readonly number[]): Uint8Array {
    const { offset } = this.table("hmtx"), count = this.view.getUint16(this.table("hhea").offset + 34);
    const found = viewOf(new Uint8Array(kept.length * 4));
    kept.forEach((glyph, at) => {
      // From some glyph on, all are as wide as the last that says so.
      const bearing = glyph < count ? offset + glyph * 4 + 2 : offset + count * 4 + (glyph - count) * 2;
      found.setUint16(at * 4, this.view.getUint16(offset + Math.min(glyph, count - 1) * 4));
      found.setInt16(at * 4 + 2, this.view.getInt16(bearing));
    });
    return bytesOf(found);
  }

  private table(tag: string): Table {
    const found = this.tables.get(tag);
    if (found === undefined) throw new Error(`the font has no table ${tag}`);
    return found;
  }

  private spanOf(glyph: number): { readonly start: number; readonly end: number } {
    const { offset } = this.table("glyf"), loca = this.table("loca").offset;
    const isLong = this.view.getInt16(this.table("head").offset + 50) === LONG;
    const at = (index: number): number => offset + (isLong ? this.view.getUint32(loca + index * 4) : this.view.getUint16(loca + index * 2) * 2);
    return { start: at(glyph), end: at(glyph + 1) };
  }

  /** Where in the file the numbers of the glyphs stand that this one is put together from. */
  private components(glyph: number): number[] {
    const { start, end } = this.spanOf(glyph), found: number[] = [];
    if (start === end || this.view.getInt16(start) >= 0) return found;
    for (let at = start + 10; ;) {
      const flags = this.view.getUint16(at);
      found.push(at + 2);
      if ((flags & MORE) === 0) return found;
      at += 4 + ((flags & WORDS) === 0 ? 2 : 4) + ((flags & SCALE) !== 0 ? 2 : (flags & TWO_SCALES) !== 0 ? 4 : (flags & MATRIX) !== 0 ? 8 : 0);
    }
  }

  /** Where the map of all of Unicode stands: format 12. */
  private findMap(): number {
    const { offset } = this.table("cmap");
    for (let at = offset + 4; at < offset + 4 + this.view.getUint16(offset + 2) * 8; at += 8) {
      const map = offset + this.view.getUint32(at + 4);
      if (this.view.getUint16(map) === 12) return map;
    }
    throw new Error("the font has no map of all of Unicode");
  }
}

/** Format 12, for the platform that every reader knows. */
function characterMap(entries: readonly (readonly [code: number, glyph: number])[]): Uint8Array {
  const map = viewOf(new Uint8Array(12 + 16 + entries.length * 12));
  map.setUint16(2, 1);
  map.setUint16(4, 3);
  map.setUint16(6, 10);
  map.setUint32(8, 12);
  map.setUint16(12, 12);
  map.setUint32(16, 16 + entries.length * 12);
  map.setUint32(24, entries.length);
  entries.forEach(([code, glyph], index) => {
    map.setUint32(28 + index * 12, code);
    map.setUint32(32 + index * 12, code);
    map.setUint32(36 + index * 12, glyph);
  });
  return bytesOf(map);
}

/** Where the checksum of the whole file stands in `head`, and what that and the checksum add up to. */
const ADJUSTMENT = 8, WHOLE = 0xb1b0afba;

function assembled(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const tags = [...tables.keys()].sort(), most = 2 ** Math.floor(Math.log2(tags.length));
  const header = viewOf(new Uint8Array(12 + tags.length * 16));
  header.setUint32(0, 0x10000);
  header.setUint16(4, tags.length);
  header.setUint16(6, most * 16);
  header.setUint16(8, Math.log2(most));
  header.setUint16(10, (tags.length - most) * 16);
  const pieces: Uint8Array[] = [bytesOf(header)];
  let offset = header.byteLength, head = 0;
  tags.forEach((tag, index) => {
    const table = tables.get(tag) as Uint8Array, padded = new Uint8Array(Math.ceil(table.length / 4) * 4);
    padded.set(table);
    for (let at = 0; at < 4; at += 1) header.setUint8(12 + index * 16 + at, tag.charCodeAt(at));
    header.setUint32(16 + index * 16, checksum(padded));
    header.setUint32(20 + index * 16, offset);
    header.setUint32(24 + index * 16, table.length);
    if (tag === "head") head = offset;
    pieces.push(padded);
    offset += padded.length;
  });
  const file = joined(pieces);
  viewOf(file).setUint32(head + ADJUSTMENT, (WHOLE - checksum(file)) >>> 0);
  return file;
}

/** @param bytes a multiple of four */
function checksum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function patched(table: Uint8Array<ArrayBuffer>, change: (view: DataView) => unknown): Uint8Array {
  change(viewOf(table));
  return table;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
