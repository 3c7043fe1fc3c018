/** What `bench.ts` bundles and runs: measures, prints the table, and writes it unless this is a quick run. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { fullOverParse, growth, partsOverParse, type Results, type Size } from "./analysis-ratios";
import { checkOverNode } from "./command-line";
import { edits } from "./edits";
import { againstNetworkx } from "./layer2-peer";
import { againstNaive } from "./naive";
import { againstZ3 } from "./query-peer";
import { writeResults } from "./results-file";
import { figureTable, replaceFigures } from "./table";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false }, retained: { type: "string", default: "" } } });
const { quick } = options;
const PAGE = "docs/performance.md";
const rounds = quick ? 3 : 5;
const sizes: readonly Size[] = quick ? ["100", "1k", "10k"] : ["100", "1k", "10k", "40k"];

const results: Results = {};
const startedAt = Date.now();
const loadBefore = loadavg()[0] ?? 0;
measure("full analysis", () => fullOverParse(sizes, 3 * rounds));
if (!quick) {
  measure("growth", () => growth(rounds));
  measure("parts", () => partsOverParse(rounds));
  measure("edits", () => edits(250));
  measure("memory", retained);
}
measure("networkx", () => againstNetworkx("bench/networkx_components.py", rounds));
measure("z3", () => againstZ3("bench/z3_query.py", rounds));
measure("naive search", () => againstNaive(rounds));
measure("command line", () => checkOverNode("dist/cli/bulkhead.js", "assets/samples/three-tier.bulkhead.json", 4 * rounds));

const load = (loadBefore + (loadavg()[0] ?? 0)) / 2;
const table = figureTable(results);
process.stdout.write(`\n${table}\nLoad average ${load.toFixed(1)}, ${Math.round((Date.now() - startedAt) / 1000)} s.\n`);
if (!quick) {
  writeResults({ ...results, loadAverage: load }, "analysis");
  writeFileSync(PAGE, replaceFigures(readFileSync(PAGE, "utf8"), `${table}\nMeasured at a load average of ${load.toFixed(1)}.`));
}

function measure(title: string, work: () => Results): void {
  process.stderr.write(`${title}…\n`);
  Object.assign(results, work());
}

/** In a process of its own, where nothing else is kept. */
function retained(): Results {
  const { status, stdout, error } = spawnSync(process.execPath, ["--expose-gc", options.retained], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error("measuring memory failed");
  return z.record(z.string(), z.number()).parse(JSON.parse(stdout));
}
