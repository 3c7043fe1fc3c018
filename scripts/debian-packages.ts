/** The system libraries that Electron needs, the X server for runs without a display, and what the benchmark compares with. Debian and its relatives only. */
import { spawnSync } from "node:child_process";
import { isMain } from "./is-main";

/** Each with its names: releases since 2024 carry "t64" in some. */
const LIBRARIES: readonly (readonly string[])[] = [
  ["libgtk-3-0t64", "libgtk-3-0"],
  ["libnss3"],
  ["libasound2t64", "libasound2"],
  ["libgbm1"],
];
const HEADLESS: readonly (readonly string[])[] = [["xvfb"], ["xauth"]];
/** What the laboratory builds networks from. Whether Open vSwitch's own daemons run does not matter: it starts others, inside. */
const LABORATORY: readonly (readonly string[])[] = [["openvswitch-switch"], ["iproute2"], ["nftables"], ["python3"]];

/** What the benchmark is compared with. */
const PEERS: readonly (readonly string[])[] = [["python3-networkx"], ["python3-z3"]];

/** What is installed for: a window on a display that is there, or also one in memory; networks of the laboratory; the benchmark. */
export type Purpose = "display" | "headless" | "laboratory" | "bench";

const WANTED: Readonly<Record<Purpose, readonly (readonly string[])[]>> = { display: LIBRARIES, headless: [...HEADLESS, ...LIBRARIES], laboratory: LABORATORY, bench: PEERS };

/**
 * Makes sure that the packages are there: installs them if this is the superuser, else says which line does. Returns false if
 * any is still missing. On systems without dpkg it takes them for granted.
 */
export function ensureDebianPackages(purpose: Purpose): boolean {
  if (process.platform !== "linux" || !exists("dpkg-query")) return true;
  const missing = WANTED[purpose].filter((names) => !names.some(isInstalled));
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0 || !exists("apt-get")) {
    process.stderr.write(`Packages are missing. Run: sudo apt-get install --yes ${available(missing).join(" ")}\n`);
    return false;
  }
  process.stderr.write("Updating the list of Debian packages…\n");
  if (!run("apt-get", ["update", "--quiet=2"])) return false;
  const names = available(missing);
  process.stderr.write(`Installing Debian packages: ${names.join(" ")}…\n`);
  return run("apt-get", ["install", "--yes", "--quiet=2", "--no-install-recommends", ...names]);
}

function isInstalled(name: string): boolean {
  const answer = spawnSync("dpkg-query", ["-W", "-f=${db:Status-Status}", name], { encoding: "utf8" });
  return answer.status === 0 && answer.stdout === "installed";
}

/** Of each package's names the first that this release has. */
function available(packages: readonly (readonly string[])[]): string[] {
  return packages.flatMap((names) => names.find(isOffered) ?? names.at(-1) ?? []);
}

/** A name without a version of its own is virtual: apt would refuse it or choose something else. */
function isOffered(name: string): boolean {
  const answer = spawnSync("apt-cache", ["policy", name], { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  return answer.status === 0 && /Candidate: (?!\(none\))/.test(answer.stdout);
}

function exists(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

function run(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const result = spawnSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  if (result.status !== 0) process.stderr.write(`${command} ${args[0] ?? ""} failed.\n`);
  return result.status === 0;
}

if (isMain(import.meta.url)) {
  // Without these the laboratory says why it does not run; only the superuser could run it.
  if (process.getuid?.() === 0) ensureDebianPackages("laboratory");
  process.exit(ensureDebianPackages("headless") ? 0 : 1);
}
