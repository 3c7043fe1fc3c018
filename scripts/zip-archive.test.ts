import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { zipEntries } from "./zip-archive";

interface Given {
  readonly path: string;
  readonly content?: string;
  readonly mode?: number;
}

/** A ZIP archive with deflated entries, written by the book. */
function archive(entries: readonly Given[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content = "", mode = 0o100644 } of entries) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    locals.push(local, name, packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(Buffer.byteLength(content), 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, name);
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

describe("zipEntries", () => {
  it("reads files with their content and mode and passes over folders", () => {
    const entries = [...zipEntries(archive([{ path: "a/" }, { path: "a/run", content: "hello", mode: 0o100755 }]))];
    expect(entries.map(({ path, mode, read }) => [path, mode, read().toString()])).toEqual([["a/run", 0o755, "hello"]]);
  });

  it.each(["../a", "/a", "a/../../b", "a\\b"])("refuses the path %s", (path) => {
    expect(() => [...zipEntries(archive([{ path }]))]).toThrow("unsafe path");
  });

  it("refuses symbolic links", () => {
    expect(() => [...zipEntries(archive([{ path: "a", mode: 0o120777 }]))]).toThrow("not a regular file");
  });

  it("refuses what is no archive and what is damaged", () => {
    expect(() => [...zipEntries(Buffer.from("nothing"))]).toThrow("not a ZIP archive");
    const damaged = archive([{ path: "a", content: "hello hello hello" }]);
    damaged.fill(0xff, 32, 40);
    expect(() => [...zipEntries(damaged)].map(({ read }) => read())).toThrow();
  });
});
