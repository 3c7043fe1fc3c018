import { clipboard } from "electron";
import { FRAGMENT_PREFIX, type SaveResult } from "../shared/ipc";
import { copyPicture } from "./copy-picture";
import type { Desk } from "./desk";
import { chooseDocument } from "./dialogs";
import type { DocumentWindow } from "./document-window";
import { openDropped, pickImport } from "./importing";
import { sendAwaited, sendCommand, type Handlers } from "./ipc";
import { readAgain } from "./file-in-window";
import { newDocument, openPath, openRecovered, openSampleFor, place } from "./opening";
import { fingerprint, readDocument } from "./read-document";
import { printPages } from "./printing";
import { rulesBeside } from "./rules-beside";
import { listSamples, readSample } from "./samples";
import { save, saveAs, saveExport } from "./saving";
import { keepSnapshot } from "./snapshots";
import { showState } from "./window";
import { runMainCommand } from "./main-commands";

/** What main answers to each call of shared/ipc.ts. */
export function handlersFor(desk: Desk): Handlers {
  return { ...openingHandlers(desk), ...savingHandlers(desk), ...windowHandlers(desk) };
}

type Opening = "pickComparison" | "initialDocument" | "newDocument" | "openDocument" | "openSample" | "openRecent" | "openDroppedPaths" | "pickImport" | "recentFiles" | "samples" | "readSample" | "recovered" | "openRecovered" | "discardRecovery" | "rulesBeside" | "readAgain" | "giveUpAwaited";

function openingHandlers(desk: Desk): Pick<Handlers, Opening> {
  return {
    initialDocument: async (from) => {
      from.started = true;
      from.firstJournalId = from.journalId;
      // After the answer, so that the document is there first.
      setImmediate(() => {
        if (from.window.isDestroyed()) return;
        for (const command of from.awaited.splice(0)) sendCommand(from, command);
        sendAwaited(from, desk.awaitedFiles.names);
      });
      return from.start;
    },
    newDocument: async (from, template) => place(desk, from, { ...newDocument(), ...(template === undefined ? {} : { template }) }),
    openDocument: async (from) => {
      const path = await chooseDocument(from.window, "Open");
      return path === undefined ? { status: "cancelled" } : openPath(desk, path, from);
    },
    pickComparison: async (from) => {
      const path = await chooseDocument(from.window, "Compare with");
      if (path === undefined) return { status: "cancelled" };
      const read = await readDocument(path);
      return read.status === "read" ? { ...read, status: "picked" } : read;
    },
    openSample: (from, name) => openSampleFor(desk, name, from),
    openRecent: async (from, index) => {
      const path = desk.recent.pathAt(index);
      return path === undefined ? { status: "cancelled" } : openPath(desk, path, from);
    },
    openDroppedPaths: (from, paths) => openDropped(desk, from, paths),
    pickImport: (from) => pickImport(desk, from),
    recentFiles: async () => desk.recent.list(),
    samples: () => listSamples(desk.samplesFolder),
    readSample: (_from, name) => readSample(desk.samplesFolder, name),
    rulesBeside: (from, handle) => rulesBeside(desk, from, handle),
    readAgain: (from, handle) => readAgain(desk, from, handle),
    giveUpAwaited: async () => desk.awaitedFiles.giveUp(),
    recovered: () => desk.journals.list(),
    openRecovered: (from, id) => openRecovered(desk, id, from),
    discardRecovery: async (_from, id) => {
      if (desk.journals.isLeftBehind(id)) await desk.journals.discard(id);
    },
  };
}

function savingHandlers(desk: Desk): Pick<Handlers, "save" | "saveAs" | "saveExport" | "holdsText" | "printPages" | "setExportChoices" | "autosave"> {
  return {
    save: async (from, handle, text, name) => closeIfAsked(desk, from, await save(desk, from, handle, text, name)),
    saveAs: async (from, handle, text, name) => closeIfAsked(desk, from, await saveAs(desk, from, handle, text, name)),
    saveExport: (from, name, bytes) => saveExport(desk, from, name, bytes),
    holdsText: async (from, handle, text) => desk.files.find(handle, from.id)?.savedAs === fingerprint(text),
    printPages,
    setExportChoices: async (_from, choices) => desk.settings.setExporting(choices),
    autosave: (from, journal, handle, text, name) => keepSnapshot(desk, from, journal, handle, text, name),
  };
}

/** Ends a close that began with "Save": the window goes if the document is safe, and stays otherwise. */
function closeIfAsked(desk: Desk, from: DocumentWindow, result: SaveResult): SaveResult {
  if (!from.closesAfterSave) return result;
  from.closesAfterSave = false;
  if (result.status === "saved") {
    from.mayClose = true;
    setImmediate(() => from.window.close());
  } else {
    desk.leaving = false;
  }
  return result;
}

function windowHandlers(desk: Desk): Pick<Handlers, "setDocumentState" | "settings" | "setToured" | "runInMain" | "editText" | "copyFragment" | "copyPicture" | "pasteFragment"> {
  return {
    setDocumentState: async (from, state) => {
      from.state = state;
      showState(from);
      if (desk.windows.current === from) desk.refreshMenu();
    },
    settings: async () => desk.settings.value,
    setToured: async (_from, toured) => desk.settings.setToured(toured),
    runInMain: async (from, id) => runMainCommand(desk, id, from),
    editText: async (from, action) => {
      // The clipboard may hold what is none of the page's business.
      if (action === "paste" && !from.gesture.use()) throw new Error("editText: nothing is pasted unless the user asks for it");
      from.window.webContents[action]();
    },
    copyFragment: async (_from, text) => clipboard.writeText(text),
    copyPicture: (_from, picture) => copyPicture(picture),
    pasteFragment: async () => {
      const text = await clipboard.readText();
      return text.startsWith(FRAGMENT_PREFIX) ? text : null;
    },
  };
}
