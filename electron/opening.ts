/** Documents on their way into a window. */
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { isInventory } from "../shared/formats/choose";
import type { OpenResult } from "../shared/ipc";
import type { Desk } from "./desk";
import { canonicalPath } from "./document-files";
import type { DocumentWindow } from "./document-window";
import { goOnWith } from "./file-in-window";
import { sendOpen } from "./ipc";
import { checkDocument, fingerprint, readDocument, readInventories } from "./read-document";
import { openSample } from "./samples";

/**
 * Shows a result where it belongs: in the window that asked if that holds nothing worth keeping, else in a new one. A refusal
 * goes back to whoever asked.
 */
export function place(desk: Desk, from: DocumentWindow, result: OpenResult): OpenResult {
  if (result.status !== "opened" && result.status !== "new" && result.status !== "import") return result;
  if (from.isPristine) {
    take(desk, from, result);
    return result;
  }
  take(desk, desk.createWindow(result), result);
  return { status: "elsewhere" };
}

/** An empty document. */
export function newDocument(): OpenResult {
  return { status: "new", journal: randomUUID() };
}

/** The window goes on with this document. */
export function take(desk: Desk, window: DocumentWindow, result: OpenResult): void {
  window.start = result;
  if ("journal" in result) window.journalId = result.journal;
  window.holdsRecovered = result.status === "opened" && result.file.recovered;
  goOnWith(desk, window, result.status === "opened" ? result.file.handle : null);
}

/** The last opening of each file that is under way. */
const underWay = new Map<string, Promise<unknown>>();

/** Openings of one file wait for one another: asked for twice at once it is shown once. Those of others do not: a disk may never answer. */
async function inTurn<T>(path: string, open: () => Promise<T>): Promise<T> {
  const file = await canonicalPath(path);
  const mine = (underWay.get(file) ?? Promise.resolve()).then(open);
  const settled = mine.then(() => undefined, () => undefined);
  underWay.set(file, settled);
  void settled.then(() => { if (underWay.get(file) === settled) underWay.delete(file); });
  return mine;
}

/** Opens a file for a window. */
export async function openPath(desk: Desk, path: string, from: DocumentWindow): Promise<OpenResult> {
  const opened = await desk.awaitedFiles.follow(basename(path), (isWanted) => inTurn(path, async (): Promise<OpenResult> => {
    if (await focusIfShown(desk, path)) return { status: "elsewhere" };
    const result = await readFile(desk, path);
    return isWanted() ? place(desk, from, result) : { status: "cancelled" };
  }));
  return opened ?? { status: "cancelled" };
}

/** Opens inventories together for a window. */
export async function openInventories(desk: Desk, paths: readonly string[], from: DocumentWindow): Promise<OpenResult> {
  const opened = await desk.awaitedFiles.follow(paths.map((path) => basename(path)).join(", "), async (isWanted): Promise<OpenResult> => {
    const result = await readInventories(paths);
    return isWanted() ? place(desk, from, result) : { status: "cancelled" };
  });
  return opened ?? { status: "cancelled" };
}

/** Opens a file that a start of the program, the desktop or a second start named. */
export async function openFromOutside(desk: Desk, path: string): Promise<void> {
  await desk.awaitedFiles.follow(basename(path), (isWanted) => inTurn(path, () => openFromDesktop(desk, path, isWanted)));
}

async function openFromDesktop(desk: Desk, path: string, isWanted: () => boolean): Promise<void> {
  if (await focusIfShown(desk, path)) return;
  const result = await readFile(desk, path);
  if (!isWanted()) return;
  const current = desk.windows.current;
  if (current === undefined) {
    take(desk, desk.createWindow(result), result);
    return;
  }
  const placed = place(desk, current, result);
  if (placed.status === "elsewhere") return;
  if (current.started) sendOpen(current, placed);
  else current.start = placed;
  current.window.focus();
}

/** Opens a document of an earlier run that ended badly; it goes on with the journal that kept it. */
export async function openRecovered(desk: Desk, id: string, from: DocumentWindow): Promise<OpenResult> {
  // At once: asked for twice it is shown once.
  const journal = desk.journals.adopt(id) ? await desk.journals.read(id) : undefined;
  if (journal === undefined) return { status: "failed", name: "recovered document", message: "it is not there any more" };
  const bytes = new TextEncoder().encode(journal.text);
  const read = checkDocument(journal.name, bytes);
  if (read.status !== "read") {
    desk.journals.leave(id);
    return read;
  }
  const handle = journal.path === null ? null : (await desk.files.register(journal.path, journal.savedAs ?? "")).handle;
  return place(desk, from, { status: "opened", journal: id, file: { handle, name: journal.name, bytes, recovered: true } });
}

export async function openSampleFor(desk: Desk, name: string, from: DocumentWindow): Promise<OpenResult> {
  return place(desk, from, await openSample(desk.samplesFolder, name));
}

/** What a page shows that was started anew after a crash: the journal if there is one, else the file, else what it began with. */
export async function afterCrash(desk: Desk, window: DocumentWindow): Promise<OpenResult> {
  const journal = await desk.journals.read(window.journalId);
  const file = desk.files.find(window.handle, window.id);
  if (journal !== undefined) {
    const bytes = new TextEncoder().encode(journal.text);
    return { status: "opened", journal: window.journalId, file: { handle: window.handle, name: journal.name, bytes, recovered: true } };
  }
  if (file === undefined) return window.start;
  const read = await readDocument(file.path);
  if (read.status !== "read") return read;
  return { status: "opened", journal: window.journalId, file: { handle: file.handle, name: read.name, bytes: read.bytes, recovered: false } };
}

async function readFile(desk: Desk, path: string): Promise<OpenResult> {
  if (isInventory(path)) return readInventories([path]);
  const read = await readDocument(path);
  if (read.status !== "read") {
    if (read.status === "failed") desk.recent.remove(path);
    desk.refreshMenu();
    return read;
  }
  const file = await desk.files.register(path, fingerprint(read.bytes));
  desk.recent.add(file.path);
  desk.refreshMenu();
  return { status: "opened", journal: randomUUID(), file: { handle: file.handle, name: basename(file.path), bytes: read.bytes, recovered: false } };
}

async function focusIfShown(desk: Desk, path: string): Promise<boolean> {
  const shown = await desk.files.windowShowing(path);
  const window = shown === undefined ? undefined : desk.windows.get(shown)?.window;
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
  return window !== undefined;
}
