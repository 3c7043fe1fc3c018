/**
 * `npm run test:lab [-- --count N] [--seed FIRST] [--only SEED] [--jobs N]`: the analyzer against real switches. Random topologies are
 * built from Open vSwitch, Linux and nftables, and every ordered pair is measured and compared. See docs/laboratory.md.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatTopology } from "../shared/model/canonical";
import { ROOT } from "./bundles";
import { generate } from "./lab/generate";
import { measureAll, type Result } from "./lab/laboratory";
import { whyNot } from "./lab/possible";

const RESULTS = join(ROOT, "test-results");
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000" }, seed: { type: "string", default: "1" }, only: { type: "string" }, jobs: { type: "string" },
    /** For `npm test`: where the laboratory cannot run, say so and pass. */
    "if-possible": { type: "boolean", default: false },
  },
});

const obstacle = await whyNot();
mkdirSync(RESULTS, { recursive: true });
if (obstacle !== undefined) {
  process.stdout.write(`The laboratory was not run: ${obstacle}.\n`);
  writeFileSync(join(RESULTS, "laboratory.json"), JSON.stringify({ passed: 0, failed: 0, skipped: Number(values.count) }));
  process.exit(values["if-possible"] ? 0 : 1);
}

const first = Number(values.only ?? values.seed);
const count = values.only === undefined ? Number(values.count) : 1;
const jobs = Number(values.jobs ?? Math.min(2, availableParallelism()));
const startedAt = Date.now();
const results: Result[] = [];
await measureAll(Array.from({ length: count }, (_, at) => first + at), jobs, report);

const sum = (of: (result: Result) => number): number => results.reduce((total, result) => total + of(result), 0);
const failed = results.filter(({ disagreements }) => disagreements.length > 0);
const skipped = results.filter((result) => result.skipped !== undefined);
writeFileSync(join(RESULTS, "laboratory.json"), JSON.stringify({ passed: results.length - failed.length - skipped.length, failed: failed.length, skipped: skipped.length }));
if (skipped.length > 0) process.stdout.write(`Not measured: ${skipped.map((result) => `seed ${result.seed} (${result.skipped ?? ""})`).join(", ")}\n`);
process.stdout.write(
  `Seeds ${first} to ${first + count - 1}: ${results.length - skipped.length} topologies, ${sum(({ pairs }) => pairs)} ordered pairs, ${sum(({ answers }) => answers)} answers, ` +
  `${sum(({ probes }) => probes)} conversations tried, ${sum(({ disagreements }) => disagreements.length)} disagreements in ${((Date.now() - startedAt) / 1000).toFixed(0)} s\n`,
);
process.exit(failed.length === 0 ? 0 : 1);

function report(result: Result): void {
  results.push(result);
  const { seed, disagreements } = result;
  if (disagreements.length > 0) {
    const file = join(RESULTS, `laboratory-${seed}.bulkhead.json`);
    writeFileSync(file, formatTopology(generate(seed)));
    process.stdout.write(`Seed ${seed} disagrees; again with: npm run test:lab -- --only ${seed}\n  the document: ${file}\n`);
    for (const line of disagreements.slice(0, 12)) process.stdout.write(`  ${line}\n`);
    if (disagreements.length > 12) process.stdout.write(`  and ${disagreements.length - 12} more\n`);
  }
  if (results.length % 50 === 0) process.stdout.write(`${results.length} of ${count} topologies, ${results.filter((one) => one.disagreements.length > 0).length} with disagreements\n`);
}
