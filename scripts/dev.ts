/** `npm run dev`: the designer with live reload. The page is served from its sources; main and preload are rebuilt and restarted. */
import { spawn, type ChildProcess } from "node:child_process";
import { watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, createServer } from "vite";
import { buildParts } from "./build";
import { mainBundle, rendererBundle, ROOT } from "./bundles";
import { ensureDebianPackages } from "./debian-packages";
import { electronRuntime } from "./electron-runtime";
import { hasDisplay, switchesForThisUser } from "./electron-switches";

const SETTLE_MS = 150;
const APPLICATION = join(ROOT, "dist/development");

if (!hasDisplay() || !ensureDebianPackages("display")) {
  process.stderr.write("npm run dev needs a display; npm run test:unit and npm run -s bulkhead work without one.\n");
  process.exit(1);
}
const runtime = await electronRuntime();
process.stderr.write(`Electron: ${runtime.reason}.\n`);
const server = await createServer({ ...rendererBundle(join(ROOT, "dist/renderer")), logLevel: "info", server: { host: "127.0.0.1", fs: { allow: [ROOT] } } });
await server.listen();
const address = server.resolvedUrls?.local[0]?.replace(/\/$/, "");
if (address === undefined) throw new Error("the development server has no address");

let electron: ChildProcess | undefined;
let restarting = false;
await restart();
let timer: NodeJS.Timeout | undefined;
for (const source of ["electron", "shared/ipc.ts", "shared/commands.ts"]) {
  watch(join(ROOT, source), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void restart(), SETTLE_MS);
  });
}

/** Rebuilds main and preload and starts Electron anew. A build that fails is told, and the running one stays. */
async function restart(): Promise<void> {
  if (restarting) return;
  restarting = true;
  try {
    await buildParts(["preload"]);
    // Into a folder of its own: what `npm start` and the tests run must never look for this server.
    await build(mainBundle(APPLICATION, address));
    writeFileSync(join(APPLICATION, "package.json"), JSON.stringify({ name: "bulkhead", version: "0.0.0", type: "module", main: "main.js" }));
    electron?.removeAllListeners("exit");
    electron?.kill();
    electron = spawn(runtime.executable, [...switchesForThisUser(), APPLICATION, ...process.argv.slice(2)], { stdio: "inherit" });
    electron.on("exit", (code) => void server.close().then(() => process.exit(code ?? 0)));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    restarting = false;
  }
}
