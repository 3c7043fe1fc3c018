import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, LARGEST_BYTES } from "./json-text";

function message(input: string | Uint8Array): string {
  const decoded = decodeText(input);
  return decoded.ok ? "" : decoded.problem.message;
}

describe("decoding a document", () => {
  it("drops a byte order mark", () => {
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b))).toEqual({ ok: true, text: "{" });
    expect(decodeText("\ufeff{")).toEqual({ ok: true, text: "{" });
  });

  it.each([
    [[0x7b, 0xff], "not UTF-8: byte 0xff at offset 1"],
    [[0x22, 0xc3, 0x28], "not UTF-8: byte 0xc3 at offset 1"],
    [[0xc0, 0x80], "not UTF-8: byte 0xc0 at offset 0"],
    [[0xe0, 0x80, 0x80], "not UTF-8: byte 0xe0 at offset 0"],
    [[0xed, 0xa0, 0x80], "not UTF-8: byte 0xed at offset 0"],
    [[0xf4, 0x90, 0x80, 0x80], "not UTF-8: byte 0xf4 at offset 0"],
    [[0x61, 0xe2, 0x82], "not UTF-8: byte 0xe2 at offset 1"],
    [[0xff, 0xfe, 0x7b, 0x00], "not UTF-8: byte 0xff at offset 0"],
  ])("refuses %j", (bytes, expected) => {
    expect(message(Uint8Array.from(bytes))).toBe(expected);
  });

  it("finds the bad byte wherever it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(message(Uint8Array.from([...bytes, 0x80, 0x61]))).toBe(`not UTF-8: byte 0x80 at offset ${bytes.length}`);
    }));
  });

  it("refuses over 512 MiB without reading it", () => {
    expect(message({ length: LARGEST_BYTES + 1 } as Uint8Array)).toBe("over 512 MiB");
  });
});
