/** Text inside PNG files (W3C PNG, 11.3.3): chunks that viewers ignore. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_END = 8 + 12 + 13, TRAILER = 12;
const encoder = new TextEncoder(), decoder = new TextDecoder();

/** A copy of the image that carries `text` (ASCII) under `keyword` in an `iTXt` chunk. */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  return withChunk(png, "iTXt", encoder.encode(`${textPrefix(keyword)}${text}`), "first");
}

function textPrefix(keyword: string): string {
  return `${keyword}\0\0\0\0\0`;
}

/** A copy with one more chunk, after the header or before the end. */
export function withChunk(png: Uint8Array, type: string, data: Uint8Array, place: "first" | "last"): Uint8Array {
  const chunk = new Uint8Array(data.length + 12), view = new DataView(chunk.buffer), at = place === "first" ? HEADER_END : png.length - TRAILER;
  view.setUint32(0, data.length);
  chunk.set(encoder.encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, at));
  out.set(chunk, at);
  out.set(png.subarray(at), at + chunk.length);
  return out;
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** The uncompressed text under `keyword`; undefined where there is none or the file is damaged. */
export function textOf(png: Uint8Array, keyword: string): string | undefined {
  const data = chunkOf(png, "iTXt", textPrefix(keyword));
  return data === undefined ? undefined : decoder.decode(data);
}

/** What follows `prefix` in the first chunk of the type that begins with it; undefined where there is none or it is damaged. */
export function chunkOf(png: Uint8Array, type: string, prefix: string): Uint8Array | undefined {
  const found = find(png, type, prefix);
  return found === undefined || !found.sound ? undefined : found.data.subarray(prefix.length);
}

/** Whether there is such a chunk, sound or damaged. */
export function hasText(png: Uint8Array, keyword: string): boolean {
  return find(png, "iTXt", textPrefix(keyword)) !== undefined;
}

/** A copy without the first such chunk. */
export function withoutChunk(png: Uint8Array, type: string, prefix: string): Uint8Array {
  const found = find(png, type, prefix);
  if (found === undefined) return png;
  const end = found.at + 12 + found.data.length, out = new Uint8Array(png.length - (end - found.at));
  out.set(png.subarray(0, found.at));
  out.set(png.subarray(end), found.at);
  return out;
}

function find(png: Uint8Array, wanted: string, prefix: string): { readonly at: number; readonly data: Uint8Array; readonly sound: boolean } | undefined {
  if (!isPng(png)) return undefined;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at + 12 <= png.length;) {
    const length = view.getUint32(at);
    if (at + 12 + length > png.length) return undefined;
    const data = png.subarray(at + 8, at + 8 + length);
    if (decoder.decode(png.subarray(at + 4, at + 8)) === wanted && decoder.decode(data.subarray(0, prefix.length)) === prefix) {
      return { at, data, sound: crc32(png.subarray(at + 4, at + 8 + length)) === view.getUint32(at + 8 + length) };
    }
    at += 12 + length;
  }
  return undefined;
}

/** CRC-32 of ISO 3309, as PNG asks for. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const TABLE: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
