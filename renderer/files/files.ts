/** New, open, save, import: what the file menu does. Main holds the paths; this side holds the document. */
import type { SaveResult } from "../../shared/ipc";
import { toId } from "../../shared/model/ids";
import { ask, documentText } from "../analysis/client";
import { attempt } from "../store/attempt";
import { documentSaved, isDocumentDirty, UNTITLED, useDocument } from "../store/document";
import { openDialog, toast } from "../store/session";
import { readRulesAgain, showResult, showTopology } from "./current";

export async function newDocument(): Promise<void> {
  await showResult(await window.bulkhead.newDocument());
}

export async function openDocumentDialog(): Promise<void> {
  await showResult(await window.bulkhead.openDocument());
}

/** `acme-hosting.bulkhead.json`. */
export function fileNameFor(name: string, ending: string): string {
  return `${toId(name === "" ? "network" : name).slice(0, 80)}.${ending}`;
}

export async function saveDocument(): Promise<void> {
  const { file } = useDocument.getState();
  await save((text, name) => window.bulkhead.save(file.handle, text, name));
}

export async function saveDocumentAs(): Promise<void> {
  const { file } = useDocument.getState();
  await save((text, name) => window.bulkhead.saveAs(file.handle, text, name));
}

async function save(write: (text: string, suggestedName: string) => Promise<SaveResult>): Promise<void> {
  const { topology, generation } = useDocument.getState();
  const result = await write(await documentText(topology), fileNameFor(topology.name, "bulkhead.json"));
  switch (result.status) {
    case "saved":
      if (useDocument.getState().generation !== generation) return;
      documentSaved(topology, { handle: result.handle, name: result.name });
      return attempt(readRulesAgain(), "The document was saved, but not the rules beside it read again");
    case "invalid":
      return openDialog({ type: "refused", name: "This document", problems: result.problems, total: result.problems.length });
    case "failed":
      return toast(`${result.name} was not saved: ${result.message}. The file is as it was, and the document is still here.`, "error");
    case "cancelled":
  }
}

/** Reads inventory files into a new document. What this window holds must be saved first. */
export async function importFiles(): Promise<void> {
  if (isDocumentDirty()) return toast("Save this document first, or import from a new window: the import takes its place.", "warning");
  const picked = await window.bulkhead.pickImport();
  if (picked.status === "failed") return toast(`${picked.name} could not be read: ${picked.message}`, "error");
  if (picked.status === "cancelled") return;
  const first = picked.files[0]?.name ?? "import";
  const result = await ask("import", { files: picked.files }).catch((error: unknown) => ({ ok: false as const, problems: [String(error)] }));
  if (!result.ok) return openDialog({ type: "refused", name: first, problems: result.problems, total: result.problems.length });
  showTopology(result.topology, UNTITLED, false);
  openDialog({ type: "import-report", name: picked.files.length === 1 ? first : `${picked.files.length} files`, report: result.report });
}
