/** Text inside PNG files (W3C PNG, 11.3.3.4 iTXt): one chunk after the header, which viewers ignore. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_END = 8 + 12 + 13;

/** A copy of the image that carries `text` (ASCII) under `keyword`. */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8), view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, HEADER_END));
  out.set(chunk, HEADER_END);
  out.set(png.subarray(HEADER_END), HEADER_END + chunk.length);
  return out;
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** The uncompressed text under `keyword`; undefined where there is none or the file is damaged. */
export function textOf(png: Uint8Array, keyword: string): string | undefined {
  if (!isPng(png)) return undefined;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength), decoder = new TextDecoder();
  for (let at = 8; at + 12 <= png.length;) {
    const length = view.getUint32(at), type = decoder.decode(png.subarray(at + 4, at + 8));
    if (at + 12 + length > png.length) return undefined;
    if (type === "iTXt") {
      const data = png.subarray(at + 8, at + 8 + length), prefix = `${keyword}\0\0\0\0\0`;
      if (decoder.decode(data.subarray(0, prefix.length)) === prefix) {
        return crc32(png.subarray(at + 4, at + 8 + length)) === view.getUint32(at + 8 + length) ? decoder.decode(data.subarray(prefix.length)) : undefined;
      }
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
