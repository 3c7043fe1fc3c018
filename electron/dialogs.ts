/** Every question that main asks, in one place. */
import { dialog, type BrowserWindow, type FileFilter } from "electron";
import type { Importer } from "../shared/formats/importer";
import { IMPORTERS } from "../shared/formats/index";

const DOCUMENTS: FileFilter[] = [
  { name: "Bulkhead documents", extensions: ["bulkhead.json", "json"] },
  { name: "All files", extensions: ["*"] },
];

const withoutDot = ({ extensions }: Importer): string[] => extensions.map((extension) => extension.slice(1));
const FORMATS = Object.values<Importer>(IMPORTERS);
const INVENTORIES: FileFilter[] = [
  ...(FORMATS.length > 1 ? [{ name: "All inventories", extensions: [...new Set(FORMATS.flatMap(withoutDot))] }] : []),
  ...FORMATS.map((importer) => ({ name: importer.label, extensions: withoutDot(importer) })),
  { name: "All files", extensions: ["*"] },
];

/** The document chosen to open, or to compare with; or nothing. */
export async function chooseDocument(window: BrowserWindow, title: "Open" | "Compare with"): Promise<string | undefined> {
  const chosen = await dialog.showOpenDialog(window, { title, filters: DOCUMENTS, properties: ["openFile"] });
  return chosen.canceled ? undefined : chosen.filePaths[0];
}

export async function chooseDocumentTarget(window: BrowserWindow, suggested: string): Promise<string | undefined> {
  const chosen = await dialog.showSaveDialog(window, { title: "Save As", defaultPath: suggested, filters: DOCUMENTS, properties: ["showOverwriteConfirmation", "createDirectory"] });
  return chosen.canceled || chosen.filePath === "" ? undefined : chosen.filePath;
}

export async function chooseInventory(window: BrowserWindow): Promise<string[]> {
  const chosen = await dialog.showOpenDialog(window, { title: "Import", buttonLabel: "Import", filters: INVENTORIES, properties: ["openFile", "multiSelections"] });
  return chosen.canceled ? [] : chosen.filePaths;
}

export async function chooseExportTarget(window: BrowserWindow, suggested: string): Promise<string | undefined> {
  const extension = /\.([a-z0-9]+)$/i.exec(suggested)?.[1];
  const filters: FileFilter[] = extension === undefined ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }];
  const chosen = await dialog.showSaveDialog(window, { title: "Export", defaultPath: suggested, buttonLabel: "Export", filters, properties: ["showOverwriteConfirmation", "createDirectory"] });
  return chosen.canceled || chosen.filePath === "" ? undefined : chosen.filePath;
}

/** Asks with the last button as the one for Escape, the first for Enter. Returns the place of the button. */
async function ask(window: BrowserWindow, message: string, detail: string, buttons: string[]): Promise<number> {
  const answer = await dialog.showMessageBox(window, { type: "warning", message, detail, buttons, defaultId: 0, cancelId: buttons.length - 1, noLink: true });
  return answer.response;
}

export async function askAboutUnsaved(window: BrowserWindow, name: string): Promise<"save" | "discard" | "cancel"> {
  const answer = await ask(window, `Save the changes to “${name}”?`, "Without saving, the changes since the last save are lost.", ["Save", "Don’t Save", "Cancel"]);
  return (["save", "discard", "cancel"] as const)[answer] ?? "cancel";
}

export async function askAboutChangedFile(window: BrowserWindow, name: string): Promise<"save as" | "overwrite" | "cancel"> {
  const answer = await ask(
    window,
    `“${name}” has changed on disk since it was opened.`,
    "Another program has written it. Overwriting loses what that program wrote; your own changes are safe here until you decide.",
    ["Save As…", "Overwrite", "Cancel"],
  );
  return (["save as", "overwrite", "cancel"] as const)[answer] ?? "cancel";
}

export async function askAboutReplacing(window: BrowserWindow, name: string): Promise<boolean> {
  return (await ask(window, `“${name}” exists already. Replace it?`, "Its present content is lost.", ["Replace", "Cancel"])) === 0;
}

/** After a crash of a page: true to go on with the document. */
export async function askAboutCrash(window: BrowserWindow): Promise<boolean> {
  const answer = await ask(window, "This window has stopped working.", "Your document was kept as it was up to a second before. Reload the window to go on with it.", ["Reload", "Close"]);
  return answer === 0;
}

/** Says why something was not done. */
export async function tell(window: BrowserWindow, message: string, detail: string): Promise<void> {
  await dialog.showMessageBox(window, { type: "warning", message, detail, buttons: ["OK"], noLink: true });
}
