import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStale, OUTPUTS } from "./freshness.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bulkhead-freshness-"));
  put("cli/commands/check.ts", 100);
  put("shared/model/parse.ts", 100);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes a file as changed at a time; its folders count as older. */
function put(path: string, seconds: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  utimesSync(file, seconds, seconds);
  for (let folder = dirname(file); folder !== root; folder = dirname(folder)) utimesSync(folder, 50, 50);
}

describe("isStale", () => {
  it("is true of what was never built", () => {
    expect(isStale(root, "cli")).toBe(true);
  });

  it("is false of what is newer than all its sources", () => {
    put(OUTPUTS.cli.file, 200);
    expect(isStale(root, "cli")).toBe(false);
  });

  it("is true after a change of a source, however deep", () => {
    put(OUTPUTS.cli.file, 200);
    put("shared/model/parse.ts", 300);
    expect(isStale(root, "cli")).toBe(true);
  });

  it("is true after a source was removed", () => {
    put(OUTPUTS.cli.file, 200);
    rmSync(join(root, "cli/commands/check.ts"));
    expect(isStale(root, "cli")).toBe(true);
  });

  it("does not mind a change elsewhere", () => {
    put(OUTPUTS.cli.file, 200);
    put("renderer/main.tsx", 300);
    expect(isStale(root, "cli")).toBe(false);
  });
});
