/** The main process: puts the parts together and starts them in the order that Electron wants. */
import { join, resolve } from "node:path";
import { app } from "electron";
import { isMainCommand } from "../shared/commands";
import type { MenuCommand, Sample } from "../shared/ipc";
import { registerAppScheme, serveApp } from "./app-protocol";
import type { Desk } from "./desk";
import { AwaitedFiles, PATIENCE_MS } from "./awaited-files";
import { DocumentFiles } from "./document-files";
import { DocumentWindows, EMPTY_STATE } from "./document-window";
import { handlersFor } from "./handlers";
import { answerCalls, sendAwaited, sendCommand } from "./ipc";
import { runMainCommand } from "./main-commands";
import { MenuBar } from "./menu";
import { newDocument, openFromOutside, take } from "./opening";
import { optimizeLater } from "./optimizing";
import { APP_ORIGIN, developmentServer, ownOrigins } from "./origins";
import { RecentFiles } from "./recent";
import { RecoveryJournals } from "./recovery";
import { listSamples, openSample } from "./samples";
import { lockDown, sandboxEverything } from "./security";
import { SettingsStore } from "./settings";
import { readStartArguments } from "./start-arguments";
import { UnfinishedWrites } from "./unfinished-writes";
import { createDocumentWindow } from "./window";

/** What a first start shows. */
const FIRST_SAMPLE = "flawed-scenario";
const dist = resolve(import.meta.dirname, "..");
const windowOptions = {
  preload: join(dist, "electron/preload.cjs"),
  page: `${developmentServer ?? APP_ORIGIN}/index.html`,
  icon: join(dist, "../assets/icon.png"),
};

app.setName("Bulkhead");
app.setAboutPanelOptions({
  applicationName: "Bulkhead",
  copyright: "MIT. Contains ELK, the Eclipse Layout Kernel (elkjs 0.12.1, Eclipse Public License 2.0, source: github.com/kieler/elkjs). All notices are in the files third-party-notices.txt of the program.",
});
sandboxEverything();
optimizeLater();
registerAppScheme();

if (app.requestSingleInstanceLock()) {
  const pending: string[] = [];
  const keep = (event: { preventDefault(): void }, path: string): void => {
    event.preventDefault();
    pending.push(path);
  };
  // macOS names the file that was double-clicked before the program is ready.
  app.on("open-file", keep);
  // Awaiting this at the top level would keep the program from ever being ready.
  void app.whenReady().then(async () => {
    app.off("open-file", keep);
    await start(pending);
  });
} else {
  app.quit();
}

async function start(pending: readonly string[]): Promise<void> {
  lockDown();
  serveApp(join(dist, "renderer"));
  const samples = await listSamples(join(dist, "samples"));
  const desk = createDesk(samples);
  answerCalls(handlersFor(desk), {
    trustedOrigins: ownOrigins(developmentServer),
    windowOf: (contentsId) => desk.windows.list().find(({ window }) => window.webContents.id === contentsId),
  });
  leaveInOrder(desk);
  app.on("activate", () => {
    if (desk.windows.current === undefined) desk.createWindow(newDocument());
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void openFromOutside(desk, path);
  });
  app.on("second-instance", (_event, argv, folder) => void secondStart(desk, argv, folder));
  await firstWindows(desk, pending);
}

function createDesk(samples: readonly Sample[]): Desk {
  const profile = app.getPath("userData");
  const run = (command: MenuCommand): void => {
    const target = desk.windows.current;
    target?.gesture.made();
    if (command.id !== "file.openRecent" && command.id !== "help.openSample" && isMainCommand(command.id)) runMainCommand(desk, command.id, target);
    else sendCommand(target ?? desk.createWindow(newDocument()), command);
  };
  const menu = new MenuBar(() => ({
    platform: process.platform,
    state: desk.windows.current?.state ?? EMPTY_STATE,
    settings: desk.settings.value,
    recent: desk.recent.list(),
    samples,
    run,
  }));
  const desk: Desk = {
    windows: new DocumentWindows(),
    files: new DocumentFiles(),
    recent: new RecentFiles(profile),
    journals: new RecoveryJournals(join(profile, "recovery")),
    writes: new UnfinishedWrites(join(profile, "recovery")),
    settings: new SettingsStore(profile),
    awaitedFiles: new AwaitedFiles((names) => { for (const to of desk.windows.list()) sendAwaited(to, names); }),
    samplesFolder: join(dist, "samples"),
    leaving: false,
    createWindow: (start) => createDocumentWindow(desk, windowOptions, start),
    refreshMenu: () => menu.refresh(),
  };
  desk.refreshMenu();
  return desk;
}

/**
 * The windows of a start: the files named, else the sample asked for, else a sample for newcomers and an empty document for others.
 * Where no file has been read after a while, a window is shown that says so; what is read later takes its place.
 */
async function firstWindows(desk: Desk, pending: readonly string[]): Promise<void> {
  const asked = readStartArguments(process.argv, app.isPackaged, process.cwd());
  const files = [...pending, ...asked.files];
  await Promise.race([openAll(desk, files), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  if (desk.windows.current !== undefined) return;
  const sample = files.length > 0 ? undefined : asked.sample ?? (desk.recent.list().length === 0 ? FIRST_SAMPLE : undefined);
  const result = sample === undefined ? undefined : await openSample(desk.samplesFolder, sample);
  const start = result?.status === "opened" ? result : newDocument();
  take(desk, desk.createWindow(start), start);
}

/** Each as soon as it is read: none waits for the disk of another. */
async function openAll(desk: Desk, files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => openFromOutside(desk, file)));
}

async function secondStart(desk: Desk, argv: readonly string[], folder: string): Promise<void> {
  const { files } = readStartArguments(argv, app.isPackaged, folder);
  if (files.length > 0) return openAll(desk, files);
  const window = desk.windows.current?.window;
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

/** Leaving asks every window first and ends when what is still to be written is on the disk. */
function leaveInOrder(desk: Desk): void {
  let flushed = false;
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("before-quit", () => {
    desk.leaving = true;
  });
  app.on("will-quit", (event) => {
    if (flushed) return;
    event.preventDefault();
    void Promise.all([desk.journals.flush(), desk.recent.flush(), desk.settings.flush()]).then(() => {
      flushed = true;
      app.quit();
    });
  });
}
