import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { UnfinishedWrites } from "./unfinished-writes";

let folder: string, notes: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bulkhead-unfinished-"));
  notes = join(folder, "notes");
  mkdirSync(notes);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("writes a file and leaves nothing else, neither beside it nor in the profile", async () => {
  await new UnfinishedWrites(notes).write(join(folder, "a.bulkhead.json"), "{}");
  expect(readFileSync(join(folder, "a.bulkhead.json"), "utf8")).toBe("{}");
  expect(readdirSync(folder).sort()).toEqual(["a.bulkhead.json", "notes"]);
  expect(readdirSync(notes)).toEqual([]);
});

it("leaves no note of a write that failed", async () => {
  await expect(new UnfinishedWrites(notes).write(join(folder, "none/a"), "{}")).rejects.toThrow("ENOENT");
  expect(readdirSync(notes)).toEqual([]);
});

it("takes away at the start what a kill left beside a file", () => {
  const half = join(folder, ".0a1b2c3d-0000-4000-8000-0123456789ab.tmp");
  writeFileSync(half, "{");
  writeFileSync(join(notes, "1.unfinished"), half);
  new UnfinishedWrites(notes);
  expect(readdirSync(folder)).toEqual(["notes"]);
  expect(readdirSync(notes)).toEqual([]);
});

it("takes nothing away that it has not made, whatever a note says, nor a half that no note names", () => {
  writeFileSync(join(folder, "plan.json"), "mine");
  writeFileSync(join(folder, ".0a1b2c3d-0000-4000-8000-0123456789ab.tmp"), "another's");
  writeFileSync(join(notes, "1.unfinished"), join(folder, "plan.json"));
  writeFileSync(join(notes, "2.unfinished"), ".0a1b2c3d-0000-4000-8000-0123456789ab.tmp");
  new UnfinishedWrites(notes);
  expect(readdirSync(folder).sort()).toEqual([".0a1b2c3d-0000-4000-8000-0123456789ab.tmp", "notes", "plan.json"]);
});
