/**
 * Starts the program as a user would, with a profile of its own, and drives its native menus and dialogs. Everything happens
 * from outside: the program has no switch for tests.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserWindow } from "electron";
import { _electron, expect, test as base, type ElectronApplication, type Page } from "@playwright/test";
import type { CommandId } from "../shared/commands";
import { switchesForThisUser } from "../scripts/electron-switches";

export { expect };

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

export interface LaunchOptions {
  /** The program's own arguments: files, `--sample=NAME`. */
  readonly args?: readonly string[];
  /** The user's profile; by default a fresh one per test. Start twice on one for recovery and recent files. */
  readonly profile?: string;
  /** The user has not had the tour yet. */
  readonly tour?: boolean;
  /** Paths with this in them are opened only once a file `PATH.go` lies beside them, as on a disk that does not answer. */
  readonly deadDisk?: string;
}

/** A running program and its first window. */
export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
}

export interface Journey {
  /** A folder for the test's files, removed afterwards. */
  folder: string;
  /** The user's profile that `launch` uses. */
  profile: string;
  /** Starts the program; whatever is still running at the end is ended. */
  launch(options?: LaunchOptions): Promise<Running>;
}

export const test = base.extend<Journey, { readonly display: undefined }>({
  // An X server has one clipboard and one focus: journeys that run beside one another must not share it.
  display: [async ({}, use) => {
    const server = process.env["BULKHEAD_E2E_XVFB"] === undefined ? undefined : await startXServer();
    await use(undefined);
    server?.kill();
  }, { scope: "worker", auto: true }],
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "bulkhead-e2e-"));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },
  profile: async ({ folder }, use) => {
    const profile = join(folder, "profile");
    mkdirSync(profile);
    await use(profile);
  },
  launch: async ({ profile }, use) => {
    const running: ElectronApplication[] = [];
    await use(async (options = {}) => {
      const app = await startProgram({ profile, ...options });
      running.push(app);
      const page = await app.firstWindow();
      await ready(app, page);
      return { app, page };
    });
    for (const app of running) await kill(app);
  },
});

/** Resolves when a window shows its document: its page has then told main the name for the title. */
export async function ready(app: ElectronApplication, page: Page): Promise<void> {
  const window = await steady(() => app.browserWindow(page));
  await expect.poll(() => steady(() => window.evaluate((shown: BrowserWindow) => shown.getTitle()))).toMatch(/ — Bulkhead$/);
}

/** Starts an X server for the programs that this process starts. Without -noreset it would start over whenever its last window closes, and a program that starts just then finds none. */
async function startXServer(): Promise<ChildProcess> {
  const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1000x24", "-noreset", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const number = await new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`Xvfb ended with status ${code ?? "none"}`)));
    server.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
  });
  process.env["DISPLAY"] = `:${number}`;
  return server;
}

/** The program under test: the built checkout, or a package when the run is about that. */
function program({ args = [], profile = "", deadDisk }: LaunchOptions): { executablePath: string; args: string[]; env: Record<string, string> } {
  const packaged = process.env["BULKHEAD_E2E_PACKAGE"];
  const executablePath = packaged ?? process.env["BULKHEAD_E2E_ELECTRON"];
  if (executablePath === undefined) throw new Error("run the journeys with: npm run test:e2e");
  return {
    executablePath,
    args: [...switchesForThisUser(), ...(packaged === undefined ? [deadDisk === undefined ? ROOT : join(ROOT, "e2e/dead-disk")] : []), ...args],
    // Electron keeps the profile where the desktop's conventions say.
    env: { ...definedEnvironment(), XDG_CONFIG_HOME: profile, HOME: profile, ...(deadDisk === undefined ? {} : { BULKHEAD_E2E_DEAD: deadDisk }) },
  };
}

/** Marks the profile as one of a user who has had the tour, unless it has settings already. */
function tookTheTour(profile: string): void {
  const settings = join(profile, "Bulkhead/settings.json");
  if (existsSync(settings)) return;
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify({ theme: "system", toured: true }));
}

async function startProgram(options: LaunchOptions): Promise<ElectronApplication> {
  if (options.tour !== true && options.profile !== undefined) tookTheTour(options.profile);
  const start = (): Promise<ElectronApplication> => _electron.launch({
    ...program(options),
    // The program chooses between light and dark, not Playwright.
    colorScheme: null,
    timeout: LONGEST_START,
  });
  const app = await start().catch((error: unknown) => {
    if (!timedOut(error)) throw error;
    // Told, so that a program which really hangs at its start is seen.
    process.stderr.write(`a start did not answer within ${LONGEST_START / 1000} s and is made once more\n`);
    return start();
  });
  processes.set(app, app.process());
  return app;
}

/** Milliseconds; the start itself takes about one second. */
const LONGEST_START = 20_000;

/** The inspector was listening, and an answer of it never came: now and then one is lost (see `steady`). The process is gone then. */
function timedOut(error: unknown): boolean {
  return error instanceof Error && error.message.includes("electron.launch: Timeout");
}

/** Starts the program while it is running already, as a double click on a file does. Resolves when this second one has ended. */
export async function startAgain(options: LaunchOptions): Promise<void> {
  const { executablePath, args, env } = program(options);
  const second = spawn(executablePath, args, { env, stdio: "ignore" });
  await new Promise((resolve) => second.once("exit", resolve));
}

/** Of each program started: once it has ended, Playwright no longer tells. */
const processes = new WeakMap<ElectronApplication, ChildProcess>();

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Ends the program at once, as a power cut does. Resolves when it is gone. */
export async function kill(app: ElectronApplication): Promise<void> {
  const child = processes.get(app);
  if (child === undefined) throw new Error("not started here");
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  // The program and its helpers are a process group of their own.
  if (child.pid === undefined || process.platform === "win32") child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
  await gone;
}

/**
 * Asks the main process again where the inspector lost the answer ("Resulting promise was garbage collected": V8 may drop it
 * when memory is short). Only for what may be done twice.
 */
async function steady<T>(evaluate: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await evaluate();
    } catch (error) {
      if (tries === 3 || !answerWasLost(error)) throw error;
    }
  }
}

function answerWasLost(error: unknown): boolean {
  return error instanceof Error && error.message.includes("Resulting promise was garbage collected");
}

/** Chooses a command in the native menu bar, once it can be chosen: the menu hears of the document a moment after the window. */
export async function choose(app: ElectronApplication, id: CommandId | `file.openRecent.${number}`): Promise<void> {
  await expect.poll(async () => (await menuItem(app, id))?.enabled, { message: `menu item ${id} is enabled` }).toBe(true);
  try {
    await app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      if (item === null || item === undefined) throw new Error(`no menu item ${wanted}`);
      if (!item.enabled) throw new Error(`menu item ${wanted} is disabled`);
      item.click();
    }, id);
  } catch (error) {
    // The click itself was done before there was an answer to lose.
    if (!answerWasLost(error)) throw error;
  }
}

/** The text and state of a command in the native menu bar. */
export async function menuItem(app: ElectronApplication, id: string): Promise<{ label: string; enabled: boolean; checked: boolean } | undefined> {
  return steady(() => app.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    return item === null || item === undefined ? undefined : { label: item.label, enabled: item.enabled, checked: item.checked };
  }, id));
}

/** The next open dialogs answer with these files; none means that the user cancels. */
export async function answerOpenDialog(app: ElectronApplication, ...filePaths: string[]): Promise<void> {
  await steady(() => app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = async () => ({ canceled: paths.length === 0, filePaths: paths });
  }, filePaths));
}

/** The next save dialogs answer with these places in turn, the last for ever; nothing given means that the user cancels. */
export async function answerSaveDialog(app: ElectronApplication, ...filePaths: string[]): Promise<void> {
  await steady(() => app.evaluate(({ dialog }, paths) => {
    const left = [...paths];
    dialog.showSaveDialog = async () => {
      const filePath = (left.length > 1 ? left.shift() : left[0]) ?? "";
      return { canceled: filePath === "", filePath };
    };
  }, filePaths));
}

/** The next message boxes are answered with these buttons in turn, the last for ever; `questions` tells what they asked. */
export async function answerMessageBox(app: ElectronApplication, ...buttons: string[]): Promise<void> {
  await steady(() => app.evaluate(({ dialog }, answers) => {
    const left = [...answers];
    const asked: string[] = [];
    Object.assign(globalThis, { askedByProgram: asked });
    // The first parameter is the window; this program asks no question without one.
    const answer = async (_window: unknown, options: { message: string; buttons?: string[] }) => {
      asked.push(options.message);
      const button = (left.length > 1 ? left.shift() : left[0]) ?? "";
      const response = options.buttons?.indexOf(button) ?? -1;
      if (response < 0) throw new Error(`“${options.message}” has no button “${button}”`);
      return { response, checkboxChecked: false };
    };
    Object.assign(dialog, { showMessageBox: answer });
  }, buttons));
}

/** What the message boxes have asked since `answerMessageBox`. */
export async function questions(app: ElectronApplication): Promise<string[]> {
  return steady(() => app.evaluate(() => {
    const asked: unknown = Object.getOwnPropertyDescriptor(globalThis, "askedByProgram")?.value;
    return Array.isArray(asked) ? asked.map(String) : [];
  }));
}

/** The titles of the open windows. */
export async function titles(app: ElectronApplication): Promise<string[]> {
  return steady(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle())));
}
