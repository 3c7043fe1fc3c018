/**
 * `npm run test:e2e [-- --package] [PLAYWRIGHT ARGUMENT…]`: builds what is out of date and runs the journeys in a real Electron;
 * with `--package` on the packages that `npm run package` and `npm run package -- --test` have made.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildStale, DESKTOP_PARTS } from "./build";
import { ROOT } from "./bundles";
import { ensureDebianPackages } from "./debian-packages";
import { electronRuntime } from "./electron-runtime";
import { hasDisplay } from "./electron-switches";
import { PACKAGED_EXECUTABLE, RELEASE_EXECUTABLE } from "./package";

const args = process.argv.slice(2).filter((argument) => argument !== "--package");
const onPackage = process.argv.includes("--package");

if (!ensureDebianPackages("headless")) process.exit(1);
const env = { ...process.env };
if (onPackage) {
  if (!existsSync(PACKAGED_EXECUTABLE) || !existsSync(RELEASE_EXECUTABLE)) {
    process.stderr.write("There are no packages to test. Run: npm run package && npm run package -- --test\n");
    process.exit(1);
  }
  env["BULKHEAD_E2E_PACKAGE"] = PACKAGED_EXECUTABLE;
  env["BULKHEAD_E2E_RELEASE"] = RELEASE_EXECUTABLE;
} else {
  const runtime = await electronRuntime();
  process.stderr.write(`Electron: ${runtime.reason}.\n`);
  await buildStale(DESKTOP_PARTS);
  env["BULKHEAD_E2E_ELECTRON"] = runtime.executable;
}
// Without a display each worker starts an X server of its own (e2e/fixtures.ts).
if (!hasDisplay()) env["BULKHEAD_E2E_XVFB"] = "1";
const result = spawnSync(process.execPath, [join(ROOT, "node_modules/@playwright/test/cli.js"), "test", ...args], { cwd: ROOT, env, stdio: "inherit" });
process.exit(result.status ?? 1);
