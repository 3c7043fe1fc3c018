/** Documents and exports. */
import { importFiles, newDocument, openDocumentDialog, saveDocument, saveDocumentAs } from "../files/files";
import { attempt } from "../store/attempt";
import { openDialog, useSession } from "../store/session";
import { tableView } from "../store/table";
import type { Handler } from "./command";

export const FILE_COMMANDS = {
  "file.new": { run: () => attempt(newDocument(), "No new document could be begun") },
  "file.newFrom": { run: () => openDialog({ type: "gallery" }) },
  "file.open": { run: () => attempt(openDocumentDialog(), "The document could not be opened") },
  "file.import": { run: () => attempt(importFiles(), "Nothing was imported") },
  "file.save": { run: () => attempt(saveDocument(), "The document was not saved and is still here") },
  "file.saveAs": { run: () => attempt(saveDocumentAs(), "The document was not saved and is still here") },
  "file.export": { run: () => openDialog({ type: "export" }) },
  "file.print": { run: () => openDialog({ type: "print" }) },
  "file.exportCsv": { run: () => tableView()?.exportCsv(), enabled: () => useSession.getState().view === "table" },
} as const satisfies Readonly<Record<string, Handler>>;
