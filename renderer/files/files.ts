/** New, open, save, import: what the file menu does. Main holds the paths; this side holds the document. */
import type { SaveResult } from "../../shared/ipc";
import { toId } from "../../shared/model/ids";
import { documentText } from "../analysis/client";
import { attempt } from "../store/attempt";
import { documentSaved, useDocument } from "../store/document";
import { openDialog, setChangedFile, toast } from "../store/session";
import { readRulesAgain, showResult } from "./current";

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
      setChangedFile(undefined);
      return attempt(readRulesAgain(), "The document was saved, but not the rules beside it read again");
    case "invalid":
      return openDialog({ type: "refused", name: "This document", problems: result.problems, total: result.problems.length });
    case "failed":
      return toast(`${result.name} was not saved: ${result.message}. The file is as it was, and the document is still here: Save As… puts it elsewhere.`, "error");
    case "cancelled":
  }
}

/** Makes a document of inventory files: here if this window holds nothing that would be lost, else in a new one. */
export async function importFiles(): Promise<void> {
  await showResult(await window.bulkhead.pickImport());
}
