/**
 * `npm run package [-- --test] [ELECTRON-BUILDER ARGUMENT…]`: builds the program and packs it, by default into a folder. With
 * `--test` the package lets Playwright attach (the inspector fuse stays on); it is for the journeys and never shipped.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildParts, buildStale, DESKTOP_PARTS } from "./build";
import { ROOT } from "./bundles";
import { electronRuntime } from "./electron-runtime";
import { isMain } from "./is-main";

const OUTPUT = { release: "release", test: "dist/test-package" } as const;

/** What `npm run package -- --test` makes on Linux x64, where the journeys run on it. */
export const PACKAGED_EXECUTABLE = join(ROOT, OUTPUT.test, "linux-unpacked/bulkhead-designer");
/** What `npm run package` makes there. */
export const RELEASE_EXECUTABLE = join(ROOT, OUTPUT.release, "linux-unpacked/bulkhead-designer");

/** Packs what is built. Returns electron-builder's exit status. */
export async function makePackage(kind: keyof typeof OUTPUT, targets: readonly string[] = ["--dir"]): Promise<number> {
  const runtime = await electronRuntime();
  process.stderr.write(`Electron: ${runtime.reason}.\n`);
  const args = [
    join(ROOT, "node_modules/electron-builder/cli.js"),
    ...targets,
    "--publish=never",
    `-c.directories.output=${OUTPUT[kind]}`,
    // The official binary is fetched for the platform that is packed for; any other can only be packed as it is.
    ...(runtime.source === "official" ? [] : [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`]),
    ...(kind === "test" ? ["-c.electronFuses.enableNodeCliInspectArguments=true"] : []),
  ];
  const result = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  return result.status ?? 1;
}

if (isMain(import.meta.url)) {
  const args = process.argv.slice(2);
  const targets = args.filter((argument) => argument !== "--test");
  if (args.includes("--test")) await buildStale([...DESKTOP_PARTS, "cli"]);
  else await buildParts([...DESKTOP_PARTS, "cli"]);
  process.exit(await makePackage(args.includes("--test") ? "test" : "release", targets.length === 0 ? ["--dir"] : targets));
}
