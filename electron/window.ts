import { app, BrowserWindow, nativeTheme } from "electron";
import type { OpenResult } from "../shared/ipc";
import type { Desk } from "./desk";
import { askAboutCrash, askAboutUnsaved } from "./dialogs";
import { DocumentWindow } from "./document-window";
import { sendCommand } from "./ipc";
import { afterCrash } from "./opening";
import { offerTextMenu } from "./text-menu";

const LIGHT_GROUND = "#f4f5f7";
const DARK_GROUND = "#15181d";
/** Each further window stands a little lower, as desktops do it. */
const CASCADE_PX = 28;

export interface WindowOptions {
  readonly preload: string;
  /** Address of the page. */
  readonly page: string;
  readonly icon: string;
}

/** Opens a document window; `start` is what its page asks for first. */
export function createDocumentWindow(desk: Desk, options: WindowOptions, start: OpenResult): DocumentWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    ...cascade(desk),
    show: false,
    title: "Bulkhead",
    icon: options.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? DARK_GROUND : LIGHT_GROUND,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      enableWebSQL: false,
      navigateOnDragDrop: false,
      zoomFactor: desk.settings.value.textSize / 100,
    },
  });
  const opened = new DocumentWindow(window, start);
  desk.windows.add(opened);
  follow(desk, opened);
  offerTextMenu(window);
  void window.loadURL(options.page);
  return opened;
}

function cascade(desk: Desk): { x: number; y: number } | object {
  const [x, y] = desk.windows.current?.window.getPosition() ?? [];
  return x === undefined || y === undefined ? {} : { x: x + CASCADE_PX, y: y + CASCADE_PX };
}

function follow(desk: Desk, opened: DocumentWindow): void {
  const { window } = opened;
  const { id } = opened;
  window.once("ready-to-show", () => window.show());
  window.on("page-title-updated", (event) => event.preventDefault());
  window.on("focus", () => {
    desk.windows.focused(id);
    desk.refreshMenu();
  });
  window.on("close", (event) => {
    if (opened.mayClose || !opened.state.dirty) return;
    event.preventDefault();
    void settleUnsaved(desk, opened);
  });
  window.on("closed", () => {
    opened.stopRules?.();
    opened.stopFile?.();
    if (!opened.keepsJournal) void desk.journals.discard(opened.journalId);
    desk.files.give(id, null);
    desk.windows.remove(id);
    desk.refreshMenu();
    if (desk.leaving) app.quit();
  });
  window.webContents.on("input-event", (_event, { type }) => opened.gesture.saw(type));
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit" && !window.isDestroyed()) void reviveOrClose(desk, opened);
  });
}

/** Asks what becomes of unsaved changes; the window closes now, after a save, or not at all. */
async function settleUnsaved(desk: Desk, opened: DocumentWindow): Promise<void> {
  const answer = await askAboutUnsaved(opened.window, opened.state.title);
  if (answer === "cancel") {
    desk.leaving = false;
    return;
  }
  if (answer === "discard") {
    opened.mayClose = true;
    opened.window.close();
    return;
  }
  opened.closesAfterSave = true;
  sendCommand(opened, { id: "file.save" });
}

async function reviveOrClose(desk: Desk, opened: DocumentWindow): Promise<void> {
  if (await askAboutCrash(opened.window)) {
    opened.start = await afterCrash(desk, opened);
    opened.started = false;
    opened.window.webContents.reload();
    return;
  }
  opened.mayClose = true;
  opened.keepsJournal = true;
  opened.window.close();
}

/** Puts the document's name and whether it is saved into the title. */
export function showState({ window, state }: DocumentWindow): void {
  window.setTitle(`${state.dirty ? "• " : ""}${state.title} — Bulkhead`);
  window.setDocumentEdited(state.dirty);
}
