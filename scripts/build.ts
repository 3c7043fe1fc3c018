/** `npm run build [main|preload|renderer|cli]…`: bundles into dist/; all parts without an argument. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type InlineConfig } from "vite";
import { cliBundle, mainBundle, preloadBundle, rendererBundle, ROOT } from "./bundles";
import { isStale, OUTPUTS } from "./freshness.mjs";
import { isMain } from "./is-main";

export type Part = keyof typeof OUTPUTS;

const BUNDLES: Readonly<Record<Part, (folder: string) => InlineConfig>> = {
  main: mainBundle,
  preload: preloadBundle,
  renderer: rendererBundle,
  cli: cliBundle,
};
export const DESKTOP_PARTS: readonly Part[] = ["main", "preload", "renderer"];
const ALL_PARTS: readonly Part[] = [...DESKTOP_PARTS, "cli"];

/** Builds the parts into dist/. Throws at the first error of the bundler. */
export async function buildParts(parts: readonly Part[]): Promise<void> {
  for (const part of parts) await buildPart(part);
  if (parts.includes("main")) copySamples();
  if (parts.includes("cli")) keepCompiledCode();
}

/** Builds those of the parts that are older than their sources. */
export async function buildStale(parts: readonly Part[]): Promise<void> {
  await buildParts(parts.filter((part) => isStale(ROOT, part)));
}

/** Bundles beside dist/ and moves the result there, so that whoever runs the program meanwhile never meets half a file. */
async function buildPart(part: Part): Promise<void> {
  const startedAt = new Date();
  const output = join(ROOT, OUTPUTS[part].file);
  mkdirSync(dirname(output), { recursive: true });
  const work = mkdtempSync(join(ROOT, "dist/.building-"));
  try {
    await build(BUNDLES[part](work));
    if (part === "renderer") {
      rmSync(dirname(output), { recursive: true, force: true });
      renameSync(work, dirname(output));
      chmodSync(dirname(output), 0o755);
    } else {
      for (const name of readdirSync(work)) renameSync(join(work, name), join(dirname(output), name));
    }
    // A source that was changed while the bundler ran counts as newer.
    utimesSync(output, startedAt, startedAt);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Runs the command line on a sample, so that it leaves its compiled code beside itself (`cli/launcher.cjs`). */
function keepCompiledCode(): void {
  const sample = join(ROOT, "assets/samples/three-tier.bulkhead.json");
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, OUTPUTS.cli.file), "check", sample, "--fail-on", "none"], { env: { ...process.env, BULKHEAD_KEEP_CODE: "1" }, encoding: "utf8" });
  if (status !== 0) throw new Error(`the command line does not run: ${stderr}`);
}

/** The samples that the program offers under Help stand beside its code. */
function copySamples(): void {
  const target = join(ROOT, "dist/samples");
  const source = join(ROOT, "assets/samples");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  if (!existsSync(source)) return;
  for (const name of readdirSync(source)) {
    if (name.endsWith(".bulkhead.json")) cpSync(join(source, name), join(target, name));
  }
}

function isPart(name: string): name is Part {
  return Object.hasOwn(OUTPUTS, name);
}

if (isMain(import.meta.url)) {
  const named = process.argv.slice(2);
  const unknown = named.find((name) => !isPart(name));
  if (unknown !== undefined) {
    process.stderr.write(`unknown part ${unknown}; the parts are ${ALL_PARTS.join(", ")}\n`);
    process.exit(2);
  }
  const startedAt = Date.now();
  try {
    await buildParts(named.length === 0 ? ALL_PARTS : named.filter(isPart));
    process.stderr.write(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
