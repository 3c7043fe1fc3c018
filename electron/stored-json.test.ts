import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { RecentFiles } from "./recent";
import { StoredJson } from "./stored-json";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bulkhead-profile-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("StoredJson", () => {
  it("keeps the last value set", async () => {
    const stored = new StoredJson(join(folder, "a.json"), z.number(), 0);
    for (let value = 1; value <= 5; value += 1) stored.set(value);
    expect(stored.value).toBe(5);
    await stored.flush();
    expect(new StoredJson(join(folder, "a.json"), z.number(), 0).value).toBe(5);
  });

  it.each(["", "{", '"text"', "[]"])("reads %j as the default", (content) => {
    writeFileSync(join(folder, "a.json"), content);
    expect(new StoredJson(join(folder, "a.json"), z.number(), 7).value).toBe(7);
  });
});

describe("RecentFiles", () => {
  it("lists the latest first, each once, and at most ten", () => {
    const recent = new RecentFiles(folder);
    for (let index = 0; index < 12; index += 1) recent.add(`/nets/${index}.bulkhead.json`);
    recent.add("/nets/5.bulkhead.json");
    const names = recent.list().map(({ name }) => name);
    expect(names).toHaveLength(10);
    expect(names.slice(0, 3)).toEqual(["5.bulkhead.json", "11.bulkhead.json", "10.bulkhead.json"]);
  });

  it("shows folders as people know them and outlives the program", async () => {
    const recent = new RecentFiles(folder);
    recent.add(join(homedir(), "nets/a.bulkhead.json"));
    await recent.flush();
    expect(new RecentFiles(folder).list()).toEqual([{ name: "a.bulkhead.json", folder: "~/nets" }]);
    expect(readFileSync(join(folder, "recent.json"), "utf8")).toContain(homedir());
  });
});
