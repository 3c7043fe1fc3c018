/** `npm start [FILE]`: builds what is out of date and opens the designer on a file, or on the sample network. */
import { spawn } from "node:child_process";
import { buildStale, DESKTOP_PARTS } from "./build";
import { ROOT } from "./bundles";
import { ensureDebianPackages } from "./debian-packages";
import { electronRuntime } from "./electron-runtime";
import { hasDisplay, switchesForThisUser } from "./electron-switches";

const SAMPLE = "flawed-scenario";

if (!hasDisplay()) {
  process.stderr.write(
    "There is no display, so no window can open. Without one: npm run -s bulkhead -- check assets/samples/flawed-scenario.bulkhead.json (and trace, matrix, fix, export …).\n",
  );
  process.exit(1);
}
if (!ensureDebianPackages("display")) process.exit(1);

try {
  const runtime = await electronRuntime();
  process.stderr.write(`Electron: ${runtime.reason}.\n`);
  await buildStale(DESKTOP_PARTS);
  const switches = switchesForThisUser();
  if (switches.length > 0) process.stderr.write("Started as root: Chromium runs without its sandbox. Use an ordinary user for real work.\n");
  const named = process.argv.slice(2);
  const child = spawn(runtime.executable, [...switches, ROOT, ...(named.length === 0 ? [`--sample=${SAMPLE}`] : named)], { stdio: "inherit" });
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code) => process.exit(code ?? 1));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

function fail(message: string): void {
  process.stderr.write(`The designer could not be started: ${message}\n`);
  process.exit(1);
}
