// `npm run -s bulkhead -- COMMAND …`: the command line from the checkout, bundled first if its sources are newer.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isStale, OUTPUTS } from "./freshness.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INTERNAL_FAULT = 3;

if (isStale(root, "cli")) {
  const built = spawnSync(process.execPath, ["--import", "tsx", join(root, "scripts/build.ts"), "cli"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) {
    process.stderr.write(`bulkhead: the command line could not be built:\n${built.error?.message ?? built.stderr}\n`);
    process.exit(INTERNAL_FAULT);
  }
}
const program = join(root, OUTPUTS.cli.file);
// As if Node had been started with it: files lie beside it.
process.argv[1] = program;
await import(pathToFileURL(program).href);
