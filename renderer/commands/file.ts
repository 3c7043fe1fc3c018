/** Documents and exports. */
import { importFiles, newDocument, openDocumentDialog, saveDocument, saveDocumentAs } from "../files/files";
import { openDialog, useSession } from "../store/session";
import { tableView } from "../store/table";
import type { Handler } from "./command";

export const FILE_COMMANDS = {
  "file.new": { run: () => void newDocument() },
  "file.newFrom": { run: () => openDialog({ type: "gallery" }) },
  "file.open": { run: () => void openDocumentDialog() },
  "file.import": { run: () => void importFiles() },
  "file.save": { run: () => void saveDocument() },
  "file.saveAs": { run: () => void saveDocumentAs() },
  "file.exportPdf": { run: () => openDialog({ type: "export", format: "pdf" }) },
  "file.exportSvg": { run: () => openDialog({ type: "export", format: "svg" }) },
  "file.exportPng": { run: () => openDialog({ type: "export", format: "png" }) },
  "file.exportCsv": { run: () => tableView()?.exportCsv(), enabled: () => useSession.getState().view === "table" },
} as const satisfies Readonly<Record<string, Handler>>;
