import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RecoveryJournals, type Journal } from "./recovery";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "bulkhead-recovery-")), "recovery");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const journal = (text: string, changedAt = 1): Journal => ({ name: "network", path: "/home/x/network.bulkhead.json", savedAs: "abc", changedAt, text });

describe("RecoveryJournals", () => {
  it("offers to the next run what this one kept, latest first, and reads it whole", async () => {
    const first = new RecoveryJournals(folder);
    await first.keep("one", journal("a\nb\n", 1));
    await first.keep("two", journal("{}\n", 2));
    expect(await first.list()).toEqual([]);
    const second = new RecoveryJournals(folder);
    expect((await second.list()).map(({ id }) => id)).toEqual(["two", "one"]);
    expect(await second.read("one")).toEqual(journal("a\nb\n", 1));
  });

  it("keeps the latest of a burst and writes no more than it must", async () => {
    const journals = new RecoveryJournals(folder);
    const kept = Array.from({ length: 50 }, (_, index) => journals.keep("one", journal(`edit ${index}`)));
    await Promise.all(kept);
    expect((await journals.read("one"))?.text).toBe("edit 49");
  });

  it("forgets a document that is saved, also while a snapshot of it is being written", async () => {
    const journals = new RecoveryJournals(folder);
    void journals.keep("one", journal("edit"));
    await journals.discard("one");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("no longer offers what a window has taken up, but keeps it until that window is done", async () => {
    await new RecoveryJournals(folder).keep("one", journal("edit"));
    const journals = new RecoveryJournals(folder);
    journals.adopt("one");
    expect(await journals.list()).toEqual([]);
    expect(journals.isLeftBehind("one")).toBe(false);
    expect((await journals.read("one"))?.text).toBe("edit");
  });

  it("does not offer what is damaged", async () => {
    new RecoveryJournals(folder);
    writeFileSync(join(folder, "bad.journal"), "no line end");
    writeFileSync(join(folder, "worse.journal"), '{"name":1}\ntext');
    expect(await new RecoveryJournals(folder).list()).toEqual([]);
  });

  it("lets nobody else read the documents", async () => {
    const journals = new RecoveryJournals(folder);
    await journals.keep("one", journal("edit"));
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "one.journal")).mode & 0o077).toBe(0);
  });
});
