import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bundled files and what they are made from. Plain JavaScript, because `bulkhead.mjs` has to know it before anything is built. */
export const OUTPUTS = {
  main: { file: "dist/electron/main.js", sources: ["electron", "shared", "assets/samples"] },
  preload: { file: "dist/electron/preload.cjs", sources: ["electron", "shared/ipc.ts", "shared/commands.ts"] },
  renderer: { file: "dist/renderer/index.html", sources: ["renderer", "shared", "electron/content-security-policy.ts"] },
  cli: { file: "dist/cli/bulkhead.js", sources: ["cli", "shared", "scripts/launched-program.ts", "scripts/packed-files.ts"] },
};
const ALWAYS = ["package-lock.json", "scripts/bundles.ts", "scripts/build.ts"];

/**
 * True if the bundle is missing or older than one of its sources.
 * @param {string} root the folder of package.json
 * @param {keyof typeof OUTPUTS} part
 * @returns {boolean}
 */
export function isStale(root, part) {
  const { file, sources } = OUTPUTS[part];
  const built = modifiedAt(join(root, file));
  return built === 0 || [...sources, ...ALWAYS].some((source) => newest(join(root, source)) > built);
}

/**
 * The latest change in a file or folder; a folder counts itself, so that a removed file shows. 0 if there is nothing.
 * @param {string} path
 * @returns {number} milliseconds since 1970
 */
function newest(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), status.mtimeMs);
}

/**
 * @param {string} path
 * @returns {number}
 */
function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
