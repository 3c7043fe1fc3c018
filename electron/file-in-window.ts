/** The file that a window goes on with: followed, so that its page hears when another program has changed it. */
import type { Handle, OpenResult } from "../shared/ipc";
import type { Desk } from "./desk";
import { changedOnDisk, fileName } from "./document-files";
import type { DocumentWindow } from "./document-window";
import { follow } from "./follow";
import { sendFileChange } from "./ipc";
import { fingerprint, readDocument } from "./read-document";

/** The window goes on with this file, or with none. */
export function goOnWith(desk: Desk, window: DocumentWindow, handle: Handle | null): void {
  window.handle = handle;
  desk.files.give(window.id, handle);
  window.stopFile?.();
  const file = desk.files.find(handle, window.id);
  window.stopFile = file === undefined ? undefined : follow(file.path, () => {
    void changedOnDisk(file).then((changed) => {
      // Saved over, or another file, in the meantime.
      if (desk.files.find(file.handle, window.id) === file) sendFileChange(window, { handle: file.handle, name: fileName(file), changed });
    });
  });
}

/** What the file holds now. From here on saving takes that for what was read last. */
export async function readAgain(desk: Desk, from: DocumentWindow, handle: Handle): Promise<OpenResult> {
  const file = desk.files.find(handle, from.id);
  if (file === undefined) return { status: "cancelled" };
  const read = await readDocument(file.path);
  if (read.status !== "read") return read;
  file.savedAs = fingerprint(read.bytes);
  return { status: "opened", journal: from.journalId, file: { handle, name: fileName(file), bytes: read.bytes, recovered: false } };
}
