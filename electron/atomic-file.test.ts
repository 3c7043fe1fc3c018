import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeAtomically } from "./atomic-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bulkhead-atomic-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("writeAtomically", () => {
  it("makes a file of the mode asked for", async () => {
    await writeAtomically(join(folder, "a"), "content", 0o600);
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("content");
    expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o600);
  });

  it("keeps the mode of the file it replaces, whatever the umask", async () => {
    writeFileSync(join(folder, "a"), "old");
    chmodSync(join(folder, "a"), 0o666);
    await writeAtomically(join(folder, "a"), "new", 0o600);
    expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o666);
  });

  it("gives readers who have the old file open the old content to its end", async () => {
    writeFileSync(join(folder, "a"), "old");
    const before = statSync(join(folder, "a")).ino;
    await writeAtomically(join(folder, "a"), new Uint8Array([110, 101, 119]));
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("new");
    expect(statSync(join(folder, "a")).ino).not.toBe(before);
  });

  it("writes what a symbolic link names and leaves the link", async () => {
    writeFileSync(join(folder, "a"), "old");
    symlinkSync("a", join(folder, "link"));
    await writeAtomically(join(folder, "link"), "new");
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["a", "link"]);
  });

  it("leaves nothing behind when it fails", async () => {
    await expect(writeAtomically(folder, "content")).rejects.toThrow();
    expect(readdirSync(join(folder, "..")).filter((name) => name.endsWith(".tmp") && name.startsWith(".") && name.length === 41)).toEqual([]);
    await expect(writeAtomically(join(folder, "none/a"), "content")).rejects.toThrow("ENOENT");
    expect(readdirSync(folder)).toEqual([]);
  });
});
