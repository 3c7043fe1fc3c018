/**
 * `npm run bench`: measures what docs/performance.md promises, prints one table and writes it there and to bench/results.json.
 * `-- --quick`: without the 40,000 VMs, in fewer rounds; writes nothing.
 *
 * Bundled first, so that nothing of a loader is measured.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { buildStale } from "../scripts/build";
import { nodeBundle, ROOT } from "../scripts/bundles";
import { ensureDebianPackages } from "../scripts/debian-packages";

const folder = join(ROOT, ".cache/bench");
mkdirSync(folder, { recursive: true });
// What is missing then is left out, and said so.
ensureDebianPackages("bench");
for (const name of ["run", "retained"]) await build(nodeBundle({ entry: `bench/${name}.ts`, folder, file: `${name}.js`, format: "es" }));
await buildStale(["cli"]);
const { status } = spawnSync(process.execPath, ["--expose-gc", join(folder, "run.js"), "--retained", join(folder, "retained.js"), ...process.argv.slice(2)], { cwd: ROOT, stdio: "inherit" });
process.exitCode = status ?? 1;
