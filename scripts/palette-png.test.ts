import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32 } from "../shared/diagram/png-chunks";
import { decode, toPalette } from "./palette-png";

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]), length = Buffer.alloc(4), sum = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, sum]);
}

/** A PNG of RGBA lines, each with its filter byte first. */
function png(width: number, lines: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.from(lines.flat()))), chunk("IEND", Buffer.alloc(0))]);
}

describe("screenshots with a palette", () => {
  it("reads the five filters of PNG", () => {
    const lines = [[0, 10, 20, 30, 255, 40, 50, 60, 255], [1, 1, 2, 3, 255, 4, 5, 6, 0], [2, 1, 1, 1, 0, 1, 1, 1, 0], [3, 2, 2, 2, 0, 2, 2, 2, 0], [4, 3, 3, 3, 0, 3, 3, 3, 0]];
    expect([...decode(png(2, lines)).rgb]).toEqual([10, 20, 30, 40, 50, 60, 1, 2, 3, 5, 7, 9, 2, 3, 4, 6, 8, 10, 3, 3, 4, 6, 7, 9, 6, 6, 7, 9, 10, 12]);
  });

  it("keeps a picture of few colours to the pixel, and refuses what is no PNG", () => {
    const written = toPalette(png(2, [[0, 1, 2, 3, 255, 250, 9, 9, 255], [0, 250, 9, 9, 255, 1, 2, 3, 255]]));
    expect(Buffer.from(written).toString("latin1")).toContain("PLTE");
    expect(Buffer.from(written).readUInt32BE(16)).toBe(2);
    expect(() => decode(Buffer.from("no picture at all, though long enough"))).toThrow("not a PNG");
  });
});
