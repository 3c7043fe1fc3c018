/**
 * `npm run typecheck`: the compiler in every folder that has a tsconfig, each with the library that its code may use.
 * What each run found is kept beside the packages, so the next looks only at what changed.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { ROOT } from "./bundles";

const projects = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .flatMap(({ name }) => ["tsconfig.json", "tsconfig.test.json"].map((file) => join(name, file)))
  .filter((file) => existsSync(join(ROOT, file)));

const results: boolean[] = [];
const waiting = [...projects];
// Two at a time: each takes a core and half a gibibyte.
await Promise.all([worker(), worker()]);
process.stdout.write(`${results.filter(Boolean).length} of ${projects.length} projects type-check.\n`);
process.exit(results.every(Boolean) ? 0 : 1);

async function worker(): Promise<void> {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) results.push(await check(project));
}

function check(project: string): Promise<boolean> {
  return new Promise((resolve) => {
    const kept = join(ROOT, "node_modules/.cache/typecheck", `${project.replaceAll(sep, "-")}.tsbuildinfo`);
    const compiler = spawn(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", project, "--incremental", "--tsBuildInfoFile", kept], { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    compiler.on("exit", (code) => resolve(code === 0));
  });
}
