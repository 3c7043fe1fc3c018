/** Documents and exports on their way to the disk. */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ExportResult, Handle, SaveResult } from "../shared/ipc";
import type { Desk } from "./desk";
import { askAboutChangedFile, askAboutReplacing, chooseDocumentTarget, chooseExportTarget, tell } from "./dialogs";
import { changedOnDisk, fileName, writeDocument, type OpenFile } from "./document-files";
import type { DocumentWindow } from "./document-window";
import { goOnWith } from "./file-in-window";
import { checkDocument, explainSystemError, readDocument } from "./read-document";

const EXTENSION = ".bulkhead.json";

/** Writes the document to its file, or asks for a place if it has none. */
export async function save(desk: Desk, from: DocumentWindow, handle: Handle | null, text: string, suggested: string): Promise<SaveResult> {
  const invalid = refuseInvalid(text);
  if (invalid !== undefined) return invalid;
  const file = desk.files.find(handle, from.id);
  if (file === undefined) return saveAs(desk, from, null, text, suggested);
  if (await changedOnDisk(file)) {
    const answer = await askAboutChangedFile(from.window, fileName(file));
    if (answer === "cancel") return { status: "cancelled" };
    if (answer === "save as") return saveAs(desk, from, handle, text, suggested);
  }
  return finish(desk, from, file, text);
}

/** Asks for a place and writes the document there; the window goes on with that file. */
export async function saveAs(desk: Desk, from: DocumentWindow, handle: Handle | null, text: string, suggested: string): Promise<SaveResult> {
  const invalid = refuseInvalid(text);
  if (invalid !== undefined) return invalid;
  const present = desk.files.find(handle, from.id);
  const start = present === undefined ? withExtension(safeName(suggested)) : present.path;
  const path = await chooseTarget(desk, from, start);
  if (path === undefined) return { status: "cancelled" };
  const file = path === present?.path ? present : await desk.files.register(path, "");
  return finish(desk, from, file, text);
}

/** A document that could not be opened again is never written: what is on the disk is worth more. */
function refuseInvalid(text: string): SaveResult | undefined {
  const check = checkDocument("document", new TextEncoder().encode(text));
  return check.status === "refused" ? { status: "invalid", problems: check.problems } : undefined;
}

/** Asks until the place is one that may be written, or the user gives up. */
async function chooseTarget(desk: Desk, from: DocumentWindow, start: string): Promise<string | undefined> {
  for (;;) {
    const chosen = await chooseDocumentTarget(from.window, start);
    if (chosen === undefined) return undefined;
    const path = withExtension(chosen);
    const exists = (await stat(path).catch(() => undefined)) !== undefined;
    // The dialog has asked about the name typed, not about the one with the extension added.
    if (path !== chosen && exists && !(await askAboutReplacing(from.window, basename(path)))) continue;
    const objection = exists ? await objectionTo(desk, from, path) : undefined;
    if (objection === undefined) return path;
    await tell(from.window, `“${basename(path)}” was not overwritten.`, objection);
  }
}

async function objectionTo(desk: Desk, from: DocumentWindow, path: string): Promise<string | undefined> {
  const shownBy = await desk.files.windowShowing(path);
  if (shownBy !== undefined && shownBy !== from.id) return "It is open in another window. Choose another name.";
  const present = await readDocument(path);
  if (present.status === "refused") return "It is not a document that Bulkhead can read, and such a file is never overwritten. Choose another name.";
  return present.status === "failed" ? `It could not be read: ${present.message}. Choose another name.` : undefined;
}

async function finish(desk: Desk, from: DocumentWindow, file: OpenFile, text: string): Promise<SaveResult> {
  const problem = await writeDocument(desk.writes, file, text);
  if (problem !== undefined) return { status: "failed", name: fileName(file), message: problem };
  goOnWith(desk, from, file.handle);
  desk.recent.add(file.path);
  desk.refreshMenu();
  await desk.journals.discard(from.journalId);
  return { status: "saved", handle: file.handle, name: fileName(file) };
}

/** Asks for a place and writes an export there. */
export async function saveExport(desk: Desk, from: DocumentWindow, suggested: string, bytes: Uint8Array): Promise<ExportResult> {
  const path = await chooseExportTarget(from.window, safeName(suggested));
  if (path === undefined) return { status: "cancelled" };
  if (path.endsWith(EXTENSION)) {
    return { status: "failed", name: basename(path), message: `an export never takes the place of a document (${EXTENSION})` };
  }
  try {
    await desk.writes.write(path, bytes);
    return { status: "saved", name: basename(path) };
  } catch (error) {
    return { status: "failed", name: basename(path), message: explainSystemError(error) };
  }
}

/** A name as suggested by the page, without anything that could make it a path. */
function safeName(suggested: string): string {
  const name = suggested.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, " ").trim().replace(/^\.+/, "");
  return name === "" ? "untitled" : name;
}

function withExtension(path: string): string {
  if (path.endsWith(EXTENSION)) return path;
  return path.endsWith(".json") ? path : join(dirname(path), basename(path) + EXTENSION);
}
