import { app } from "electron";
import type { MainCommandId } from "../shared/commands";
import type { Desk } from "./desk";
import type { DocumentWindow } from "./document-window";

/** Runs one of the commands that main carries out itself. */
export function runMainCommand(desk: Desk, id: MainCommandId, from: DocumentWindow | undefined): void {
  const run: Readonly<Record<MainCommandId, () => void>> = {
    "file.close": () => from?.window.close(),
    "app.quit": () => app.quit(),
    "view.theme.system": () => desk.settings.setTheme("system"),
    "view.theme.light": () => desk.settings.setTheme("light"),
    "view.theme.dark": () => desk.settings.setTheme("dark"),
    "view.text.larger": () => resize(desk, 1),
    "view.text.smaller": () => resize(desk, -1),
    "view.text.normal": () => resize(desk, 0),
    "view.fullScreen": () => from?.window.setFullScreen(!from.window.isFullScreen()),
    "help.about": () => app.showAboutPanel(),
  };
  run[id]();
  desk.refreshMenu();
}

/** All windows show text of one size. */
function resize(desk: Desk, step: 1 | 0 | -1): void {
  const size = desk.settings.setTextSize(step);
  for (const { window } of desk.windows.list()) window.webContents.setZoomFactor(size / 100);
}
