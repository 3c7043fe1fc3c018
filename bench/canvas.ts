/**
 * `npm run bench:canvas`: Bulkhead's canvas against cytoscape.js and React Flow as they come, in one run, in windows of a real Electron.
 * Prints one table, and writes it to docs/performance.md and its figures to bench/results.json. `-- --quick`: 5,000 things, one round, writes nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { buildStale, DESKTOP_PARTS } from "../scripts/build";
import { nodeBundle, ROOT } from "../scripts/bundles";
import { ensureDebianPackages } from "../scripts/debian-packages";
import { electronRuntime } from "../scripts/electron-runtime";
import { hasDisplay } from "../scripts/electron-switches";
import { costs, type Gesture } from "./canvas-gestures";
import { formatTopology } from "../shared/model/canonical";
import { makePackage, RELEASE_EXECUTABLE } from "../scripts/package";
import { given, openBulkhead, openSubject, type SubjectName } from "./canvas-subjects";
import { CANVAS_FIGURES } from "./figures";
import { generate } from "./generate";
import { writeResults, type Results } from "./results-file";
import { startToPaint } from "./start";
import { median } from "./statistics";
import { figureTable, replaceFigures } from "./table";
import type { Drawn } from "./peers/picture";

const PEERS = join(ROOT, ".cache/bench-peers");
const PAGE = "docs/performance.md";
const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 1 : 5;

/** React Flow as it comes is compared by nodes and first draw: it does not pan this many. */
const GESTURES: Readonly<Record<SubjectName, readonly Gesture[]>> = { bulkhead: ["farPan", "nearPan", "nearDrag"], cytoscape: ["farPan", "nearPan", "nearDrag"], reactFlow: [] };

if (hasDisplay()) await run();
else process.exitCode = inXvfb();

function inXvfb(): number {
  if (!ensureDebianPackages("headless")) return 1;
  const self = [process.execPath, "--import", "tsx", ...process.argv.slice(1)];
  return spawnSync("xvfb-run", ["--auto-servernum", "--server-args=-screen 0 1600x1000x24 -noreset", ...self], { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}

async function run(): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  const runtime = await electronRuntime();
  process.stderr.write(`Electron: ${runtime.reason}.\n`);
  await buildStale(DESKTOP_PARTS);
  await buildPeers();
  const results: Record<string, number> = {};
  for (const [size, things] of quick ? [["5k", 5000] as const] : [["5k", 5000] as const, ["10k", 10_000] as const]) Object.assign(results, await compare(size, things, runtime.executable));
  if (!quick) Object.assign(results, { canvasOpenMs40k: await openingOfLargest(runtime.executable), canvasStartMs: await startOfPackage() });
  const load = (loadBefore + (loadavg()[0] ?? 0)) / 2;
  const table = figureTable(results, CANVAS_FIGURES);
  process.stdout.write(`\n${table}\nLoad average ${load.toFixed(1)}.\n`);
  if (quick) return;
  writeResults({ ...results, canvasLoadAverage: load }, "canvas");
  writeFileSync(PAGE, replaceFigures(readFileSync(PAGE, "utf8"), `${table}\nMeasured at a load average of ${load.toFixed(1)}.`, "npm run bench:canvas"));
}

/** Of a vCenter at its documented maximum. */
async function openingOfLargest(executable: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  const file = join(folder, "40k.bulkhead.json");
  writeFileSync(file, formatTopology(generate({ vms: 40_000, defaultAction: "deny" })));
  try {
    return await medianOf("40k VMs opened", async () => {
      const { opening = NaN, close } = await openBulkhead(executable, file);
      await close();
      return opening;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOfPackage(): Promise<number> {
  if (await makePackage("release") !== 0) throw new Error("the package could not be made");
  return medianOf("package started", () => startToPaint(RELEASE_EXECUTABLE));
}

async function medianOf(what: string, measure: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) measured.push(await measure());
  process.stderr.write(`${what}: ${measured.map(Math.round).join(", ")} ms\n`);
  return median(measured);
}

async function buildPeers(): Promise<void> {
  mkdirSync(PEERS, { recursive: true });
  await build({
    configFile: false, publicDir: false, logLevel: "error", root: join(ROOT, "bench/peers"), base: "./",
    build: { outDir: PEERS, emptyOutDir: true, target: "chrome130", minify: true, modulePreload: { polyfill: false }, rolldownOptions: { input: join(ROOT, "bench/peers/peer.html") } },
  });
  await build(nodeBundle({ entry: "bench/peers/main.ts", folder: PEERS, file: "main.js", format: "es" }));
  writeFileSync(join(PEERS, "package.json"), JSON.stringify({ name: "peers", version: "1.0.0", type: "module", main: "main.js" }));
}

interface Round {
  readonly drawn: Drawn;
  readonly opening: number;
  readonly nodes: number;
  readonly costs: Awaited<ReturnType<typeof costs>>;
}

/** Each in turn, again and again, so that what slows the machine for a while slows all. */
async function compare(size: string, things: number, executable: string): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  const data = given(things, folder);
  const rounds: Record<SubjectName, Round[]> = { bulkhead: [], cytoscape: [], reactFlow: [] };
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const name of ["bulkhead", "cytoscape", "reactFlow"] as const) {
        const opened = await openSubject(name, { executable, peers: PEERS }, data);
        try {
          const measured = await costs(opened, GESTURES[name]);
          const nodes = await opened.page.evaluate(() => document.querySelectorAll("*").length);
          rounds[name].push({ drawn: opened.drawn, opening: opened.opening ?? 0, nodes, costs: measured });
          process.stderr.write(`${size}, round ${round}, ${name}: boxes ${Math.round(opened.drawn.first)} ms, whole ${Math.round(opened.drawn.whole)} ms${opened.opening === undefined ? "" : `, opened ${Math.round(opened.opening)} ms`}, ${nodes} nodes; ${Object.entries(measured).map(([gesture, cost]) => `${gesture} ${cost.framesPerSecond.toFixed(0)} of ${cost.refreshesPerSecond.toFixed(0)} fps, ${cost.processorPerFrame.toFixed(1)} ms`).join("; ")}\n`);
        } finally {
          await opened.close();
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return figuresOf(size, rounds);
}

function figuresOf(size: string, { bulkhead, cytoscape, reactFlow }: Readonly<Record<SubjectName, readonly Round[]>>): Results {
  const ratio = (over: readonly Round[], under: readonly Round[], of: (round: Round) => number): number => median(over.map((round, index) => of(round) / of(under[index] ?? round)));
  const middle = (all: readonly Round[], of: (round: Round) => number): number => median(all.map(of));
  const results: Record<string, number> = {};
  for (const gesture of GESTURES.bulkhead) {
    const name = `${gesture.charAt(0).toUpperCase()}${gesture.slice(1)}`;
    results[`canvas${name}OverCytoscape${size}`] = ratio(cytoscape, bulkhead, (round) => round.costs[gesture]?.processorPerFrame ?? 0);
    results[`canvas${name}PerRefreshOverCytoscape${size}`] = ratio(cytoscape, bulkhead, (round) => round.costs[gesture]?.processorPerRefresh ?? 0);
    results[`canvas${name}Fps${size}`] = middle(bulkhead, (round) => round.costs[gesture]?.framesPerSecond ?? 0);
    results[`canvas${name}FpsCytoscape${size}`] = middle(cytoscape, (round) => round.costs[gesture]?.framesPerSecond ?? 0);
  }
  results[`canvasNodes${size}`] = middle(bulkhead, (round) => round.nodes);
  results[`canvasNodesOverReactFlow${size}`] = ratio(bulkhead, reactFlow, (round) => round.nodes);
  results[`canvasOpenMs${size}`] = middle(bulkhead, (round) => round.opening);
  for (const [name, of] of [["First", (round: Round) => round.drawn.first], ["Whole", (round: Round) => round.drawn.whole]] as const) {
    results[`canvas${name}DrawMs${size}`] = middle(bulkhead, of);
    results[`canvas${name}DrawOverCytoscape${size}`] = ratio(bulkhead, cytoscape, of);
    results[`canvas${name}DrawOverReactFlow${size}`] = ratio(bulkhead, reactFlow, of);
  }
  return results;
}
