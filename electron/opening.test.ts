import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { OpenResult } from "../shared/ipc";
import type { Desk } from "./desk";
import { AwaitedFiles } from "./awaited-files";
import { DocumentFiles } from "./document-files";
import { DocumentWindow, DocumentWindows } from "./document-window";
import { newDocument, openFromOutside, openPath, openRecovered } from "./opening";
import type * as ReadDocument from "./read-document";
import { RecoveryJournals } from "./recovery";

vi.mock("electron", () => ({ ipcMain: {} }));
vi.mock("./read-document", async (original) => {
  const real = await original<typeof ReadDocument>();
  return { ...real, readDocument: (path: string) => (path.includes("dead") ? new Promise(() => undefined) : real.readDocument(path)) };
});

const document = (name: string): string => JSON.stringify({ format: "bulkhead/1", name });

let folder: string;
let desk: Desk;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "bulkhead-opening-")));
  let lastId = 0;
  const windows = new DocumentWindows();
  const createWindow = (start: OpenResult): DocumentWindow => {
    lastId += 1;
    const opened = new DocumentWindow({ id: lastId, isMinimized: () => false, focus: () => undefined } as unknown as BrowserWindow, start);
    windows.add(opened);
    return opened;
  };
  const none = { add: () => undefined, remove: () => undefined };
  desk = { windows, files: new DocumentFiles(), awaitedFiles: new AwaitedFiles(() => undefined), recent: none, journals: undefined, createWindow, refreshMenu: () => undefined } as unknown as Desk;
});
afterEach(() => {
  for (const window of desk.windows.list()) window.stopFile?.();
  rmSync(folder, { recursive: true, force: true });
});

const names = (): (string | undefined)[] => desk.windows.list().map(({ start }) => (start.status === "opened" ? start.file.name : start.status));

it("opens a file though the one asked for before lies on a disk that does not answer", async () => {
  const dead = join(folder, "dead.bulkhead.json"), alive = join(folder, "alive.bulkhead.json");
  for (const path of [dead, alive]) writeFileSync(path, document("x"));
  void openFromOutside(desk, dead);
  await openFromOutside(desk, alive);
  expect(names()).toEqual(["alive.bulkhead.json"]);
});

it("shows a file once that is asked for twice at once", async () => {
  const path = join(folder, "one.bulkhead.json");
  writeFileSync(path, document("x"));
  const from = desk.createWindow(newDocument());
  const results = await Promise.all([openPath(desk, path, from), openPath(desk, path, from)]);
  expect(results.map(({ status }) => status)).toEqual(["opened", "elsewhere"]);
  expect(names()).toEqual(["one.bulkhead.json"]);
});

it("gives each recovered document a window of its own, however quickly they are asked for, and shows none twice", async () => {
  for (const id of ["first", "second"]) writeFileSync(join(folder, `${id}.journal`), `${JSON.stringify({ name: id, path: null, savedAs: null, changedAt: 1 })}\n${document(id)}`);
  desk = { ...desk, journals: new RecoveryJournals(folder) };
  const from = desk.createWindow(newDocument());
  const results = await Promise.all(["first", "second", "first"].map((id) => openRecovered(desk, id, from)));
  expect(results.map(({ status }) => status).sort()).toEqual(["elsewhere", "failed", "opened"]);
  expect(names().sort()).toEqual(["first", "second"]);
  expect(new Set(desk.windows.list().map(({ journalId }) => journalId))).toEqual(new Set(["first", "second"]));
});
