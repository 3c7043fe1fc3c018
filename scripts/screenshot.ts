/**
 * A picture of the built program, for judging its look:
 *
 *   npx tsx scripts/screenshot.ts OUT.png [--document FILE | --sample NAME] [--size 1440x900] [--theme light|dark] [--tour yes]
 *     [--click SELECTOR] [--right-click SELECTOR] [--double-click SELECTOR] [--hover SELECTOR] [--press KEYS] [--type TEXT]
 *     [--drag FROM-SELECTOR=>X,Y] [--command ID] [--wait MS] …
 *
 * The steps are taken in the order given; a selector is one of Playwright's (`text=Findings`, `[data-id=a-web]`). Without a
 * display it runs in Xvfb. Console errors of the page go to standard error.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { buildStale, DESKTOP_PARTS } from "./build";
import { ROOT } from "./bundles";
import { electronRuntime } from "./electron-runtime";
import { hasDisplay, switchesForThisUser } from "./electron-switches";

interface Step {
  readonly name: string;
  readonly value: string;
}

const DEFAULT_SIZE = "1440x900";
const SETTLE_MS = 1200;

const [output, ...rest] = process.argv.slice(2);
if (output === undefined || output.startsWith("--") || rest.length % 2 !== 0) {
  process.stderr.write("usage: npx tsx scripts/screenshot.ts OUT.png [--OPTION VALUE]…   (see the head of the script)\n");
  process.exit(2);
}
if (hasDisplay()) await takePicture(resolve(output), steps(rest));
else process.exit(inXvfb());

function inXvfb(): number {
  const self = [process.execPath, "--import", "tsx", ...process.argv.slice(1)];
  return spawnSync("xvfb-run", ["--auto-servernum", "--server-args=-screen 0 2560x1600x24 -noreset", ...self], { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}

function steps(args: readonly string[]): Step[] {
  return args.flatMap((name, index) => (index % 2 === 0 ? [{ name: name.replace(/^--/, ""), value: args[index + 1] ?? "" }] : []));
}

function option(given: readonly Step[], name: string): string | undefined {
  return given.findLast((step) => step.name === name)?.value;
}

async function takePicture(path: string, given: readonly Step[]): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "bulkhead-screenshot-"));
  if (!given.some(({ name }) => name === "tour")) {
    mkdirSync(join(profile, "Bulkhead"));
    writeFileSync(join(profile, "Bulkhead/settings.json"), JSON.stringify({ theme: "system", toured: true }));
  }
  const runtime = await electronRuntime();
  await buildStale(DESKTOP_PARTS);
  const file = option(given, "document");
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...switchesForThisUser(), ROOT, file === undefined ? `--sample=${option(given, "sample") ?? "flawed-scenario"}` : resolve(file)],
    env: { ...environment(), XDG_CONFIG_HOME: profile },
    // Playwright would have the page light whatever the program wants.
    colorScheme: null,
  });
  try {
    const page = await app.firstWindow();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") process.stderr.write(`page: ${message.text()}\n`);
    });
    page.on("pageerror", (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
    await prepare(app, page, given);
    for (const step of given) await take(app, page, step);
    await page.screenshot({ path });
  } finally {
    const program = app.process();
    const ended = once(program, "exit");
    program.kill("SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

async function prepare(app: ElectronApplication, page: Page, given: readonly Step[]): Promise<void> {
  const [width = 0, height = 0] = (option(given, "size") ?? DEFAULT_SIZE).split("x").map(Number);
  const theme = option(given, "theme") === "dark" ? "dark" : "light";
  await app.evaluate(
    ({ BrowserWindow, nativeTheme }, wanted) => {
      nativeTheme.themeSource = wanted.theme;
      BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height);
    },
    { width, height, theme } as const,
  );
  await page.waitForLoadState("load");
  await page.waitForTimeout(SETTLE_MS);
}

async function take(app: ElectronApplication, page: Page, { name, value }: Step): Promise<void> {
  if (["document", "sample", "size", "theme", "tour"].includes(name)) return;
  if (name === "click") await page.locator(value).first().click();
  else if (name === "right-click") await page.locator(value).first().click({ button: "right" });
  else if (name === "double-click") await page.locator(value).first().dblclick();
  else if (name === "hover") await page.locator(value).first().hover();
  else if (name === "press") await page.keyboard.press(value);
  else if (name === "type") await page.keyboard.type(value);
  else if (name === "wait") await page.waitForTimeout(Number(value));
  else if (name === "drag") await drag(page, value);
  else if (name === "command") await app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), value);
  else throw new Error(`unknown step --${name}`);
  await page.waitForTimeout(250);
}

/** `SELECTOR=>X,Y`: drags the middle of an element to a place in the window. */
async function drag(page: Page, value: string): Promise<void> {
  const [selector = "", place = ""] = value.split("=>");
  const [x = 0, y = 0] = place.split(",").map(Number);
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`nothing to drag at ${selector}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 12 });
  await page.mouse.up();
}
