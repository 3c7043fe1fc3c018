import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explainSystemError, readDocument, readText } from "./read-document";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bulkhead-read-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("readDocument", () => {
  it("hands over the bytes of a document as they are, byte order mark included", async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('{"format":"bulkhead/1","name":"x"}')]);
    writeFileSync(join(folder, "a.bulkhead.json"), bytes);
    expect(await readDocument(join(folder, "a.bulkhead.json"))).toEqual({ status: "read", name: "a.bulkhead.json", bytes });
  });

  it("refuses what is no document, with all problems and their number", async () => {
    writeFileSync(join(folder, "a.json"), '{"format":"bulkhead/1","vms":[],"nmae":1}');
    const read = await readDocument(join(folder, "a.json"));
    expect(read).toMatchObject({ status: "refused", name: "a.json" });
    expect(read.status === "refused" ? read.total : 0).toBeGreaterThanOrEqual(3);
    expect(read.status === "refused" ? read.problems.join("\n") : "").toContain("$.nmae");
  });

  it("refuses a file over the limit without reading it", async () => {
    writeFileSync(join(folder, "huge.json"), "");
    truncateSync(join(folder, "huge.json"), 512 * 1024 * 1024 + 1);
    expect(await readDocument(join(folder, "huge.json"))).toMatchObject({ status: "refused", problems: [expect.stringContaining("512 MiB")] });
  });

  it("says in words why the system would not give a file", async () => {
    expect(await readDocument(join(folder, "none.json"))).toEqual({ status: "failed", name: "none.json", message: "it does not exist" });
    expect(await readDocument(folder)).toMatchObject({ status: "failed", message: "it is not a regular file" });
  });

  it.skipIf(process.platform === "win32")("does not wait at a pipe that nobody writes to", async () => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(await readDocument(join(folder, "pipe"))).toMatchObject({ status: "failed", message: "it is not a regular file" });
  });
});

describe("readText", () => {
  it("replaces what is not UTF-8", async () => {
    writeFileSync(join(folder, "a.xml"), new Uint8Array([0x61, 0xff, 0x62]));
    expect(await readText(join(folder, "a.xml"))).toBe("a\ufffdb");
  });
});

describe("explainSystemError", () => {
  it("never repeats a path", () => {
    const error = Object.assign(new Error("EIO: i/o error, open '/home/secret'"), { code: "EIO" });
    expect(explainSystemError(error)).toBe("the system says EIO");
  });
});
