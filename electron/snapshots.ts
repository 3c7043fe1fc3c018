import type { Handle } from "../shared/ipc";
import type { Desk } from "./desk";
import type { DocumentWindow } from "./document-window";
import { goOnWith } from "./file-in-window";

/** Keeps what a window holds unsaved, or forgets it when `text` is null. */
export async function keepSnapshot(desk: Desk, from: DocumentWindow, journal: string | null, handle: Handle | null, text: string | null, name: string): Promise<void> {
  // The page does not show yet what has been opened in it, and speaks of the document before.
  if ((journal ?? from.firstJournalId) !== from.journalId) return;
  // What was opened could not be shown.
  if (handle === null && from.handle !== null) goOnWith(desk, from, null);
  if (text === null) return desk.journals.discard(from.journalId);
  const file = desk.files.find(handle, from.id);
  return desk.journals.keep(from.journalId, { name, path: file?.path ?? null, savedAs: file?.savedAs ?? null, changedAt: Date.now(), text });
}
