/** Documents and exports. */
import { importFiles, newDocument, openDocumentDialog, saveDocument, saveDocumentAs } from "../files/files";
import { openDialog } from "../store/session";
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
} as const satisfies Readonly<Record<string, Handler>>;
