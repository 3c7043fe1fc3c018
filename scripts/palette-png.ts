/** Screenshots as PNGs of 256 colours: a third of the size, and nobody sees the difference in a window of flat colours. */
import { deflateSync, inflateSync } from "node:zlib";
import { crc32 } from "../shared/diagram/png-chunks";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/** Pixels, row by row, three bytes each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** The same picture with at most 256 colours. Takes PNGs as browsers write them: 8 bits, RGB or RGBA, not interlaced; throws on others. */
export function toPalette(png: Uint8Array): Uint8Array {
  return encodePalette(decode(png));
}

export function decode(bytes: Uint8Array): Pixels {
  const png = Buffer.from(bytes), width = png.readUInt32BE(16), height = png.readUInt32BE(20), kind = png[25];
  const channels = kind === 6 ? 4 : kind === 2 ? 3 : 0;
  if (!png.subarray(0, 8).equals(SIGNATURE) || png[24] !== 8 || channels === 0 || png[28] !== 0) throw new Error("not a PNG of 8-bit RGB or RGBA");
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length; at += 12 + png.readUInt32BE(at)) if (png.toString("latin1", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(data)), stride = width * channels, rgb = new Uint8Array(width * height * 3);
  let before = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const line = unfilter(raw[y * (stride + 1)] ?? 0, raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)), before, channels);
    for (let x = 0; x < width; x += 1) rgb.set(line.subarray(x * channels, x * channels + 3), (y * width + x) * 3);
    before = line;
  }
  return { width, height, rgb };
}

/** One line of pixels from its filtered bytes (PNG, 9.2). */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(line.length);
  for (let index = 0; index < line.length; index += 1) {
    const left = out[index - step] ?? 0, up = above[index] ?? 0, corner = index < step ? 0 : (above[index - step] ?? 0);
    const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
    out[index] = (line[index] ?? 0) + guess;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner, [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function encodePalette({ width, height, rgb }: Pixels): Uint8Array {
  const counts = new Map<number, number>();
  const colourAt = (index: number): number => ((rgb[index] ?? 0) << 16) | ((rgb[index + 1] ?? 0) << 8) | (rgb[index + 2] ?? 0);
  for (let index = 0; index < rgb.length; index += 3) counts.set(colourAt(index), (counts.get(colourAt(index)) ?? 0) + 1);
  const palette = choosePalette(counts);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = places.get(colourAt((y * width + x) * 3)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

/** Half are the most frequent colours; the others those that the palette so far would show worst, so that a small mark keeps its hue. */
function choosePalette(counts: ReadonlyMap<number, number>): number[] {
  const colours = [...counts].sort(([a, many], [b, few]) => few - many || a - b);
  const palette = colours.slice(0, COLOURS / 2).map(([colour]) => colour);
  const errors = colours.map(([colour]) => Math.min(...palette.map((other) => distance(colour, other))));
  while (palette.length < Math.min(COLOURS, colours.length)) {
    let worst = 0;
    const weight = (index: number): number => (errors[index] ?? 0) * Math.sqrt(colours[index]?.[1] ?? 0);
    for (let index = 1; index < errors.length; index += 1) if (weight(index) > weight(worst)) worst = index;
    const chosen = colours[worst]?.[0] ?? 0;
    palette.push(chosen);
    colours.forEach(([colour], index) => { errors[index] = Math.min(errors[index] ?? 0, distance(colour, chosen)); });
  }
  return palette;
}

/** As different as two colours look, roughly. */
function distance(a: number, b: number): number {
  const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)];
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (let index = 1; index < palette.length; index += 1) if (distance(palette[index] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = index;
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]), out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}
