/** `bench/results.json`: one flat object of numbers, to which several benchmarks contribute; each replaces its own keys only. */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const RESULTS = "bench/results.json";
/** Keys of the benchmark of the canvas begin so; the others belong to `bench.ts`. */
const CANVAS = "canvas";

export type Results = Readonly<Record<string, number>>;

export function merged(before: Results, fresh: Results, of: "canvas" | "analysis"): Results {
  const isOwn = (key: string): boolean => key.startsWith(CANVAS) === (of === "canvas");
  const kept = Object.entries(before).filter(([key]) => !isOwn(key));
  const own = Object.entries(fresh).map(([key, value]) => [key, Number(value.toPrecision(4))] as const);
  return Object.fromEntries(of === "analysis" ? [...own, ...kept] : [...kept, ...own]);
}

export function writeResults(fresh: Results, of: "canvas" | "analysis"): void {
  const before = z.record(z.string(), z.number()).parse(JSON.parse(readFileSync(RESULTS, "utf8")));
  writeFileSync(RESULTS, `${JSON.stringify(merged(before, fresh, of), null, 2)}\n`);
}
