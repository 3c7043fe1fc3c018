/** Runs topologies through sandboxes, and says where the analyzer and the switches disagree. */
import { Air } from "./air";
import { compare, type Comparison } from "./compare";
import { measureConfigured } from "./configured";
import { Sandbox } from "./driver";
import { generate } from "./generate";
import { measureHostile } from "./hostile";
import { planFor } from "./plan";
import { TooLarge } from "./stations";

export interface Result {
  readonly seed: number;
  /** Ordered pairs of parties compared. */
  readonly pairs: number;
  /** Answers compared: services of pairs, and whether frames pass. */
  readonly answers: number;
  readonly probes: number;
  readonly disagreements: readonly string[];
  /** Why there is no measurement. */
  readonly skipped?: string;
}

/** How often what disagrees is measured: on a machine that is busy with other things packets get lost. */
const TIMES = 3;

/** Measures one seed. What disagrees is measured again, from nothing: only what disagrees every time counts. */
export async function measure(seed: number, sandbox: Sandbox): Promise<Result> {
  let result = await attempt(seed, sandbox);
  for (let time = 1; time < TIMES && result.disagreements.length > 0; time += 1) {
    const next = await attempt(seed, sandbox);
    const again = new Set(next.disagreements);
    result = { ...next, disagreements: result.disagreements.filter((line) => again.has(line)) };
  }
  return result;
}

/** A fault of the laboratory itself counts as a disagreement, so that it does not end the run. */
async function attempt(seed: number, sandbox: Sandbox): Promise<Result> {
  try {
    return await measureOnce(seed, sandbox);
  } catch (error) {
    if (error instanceof TooLarge) return { seed, pairs: 0, answers: 0, probes: 0, disagreements: [], skipped: error.message };
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { seed, pairs: 0, answers: 0, probes: 0, disagreements: [`the laboratory failed: ${reason}`] };
  }
}

async function measureOnce(seed: number, sandbox: Sandbox): Promise<Result> {
  const topology = generate(seed);
  const plan = planFor(topology);
  const heard = await sandbox.build(plan.order);
  const air = new Air(heard, plan.stations, plan.teams);
  const hostile = await measureHostile(plan, air, sandbox);
  const comparisons = [compare(topology, "hostile", plan.stations, air, hostile)];
  const configured = await measureConfigured(plan, heard, sandbox);
  if (configured !== undefined) comparisons.push(compare(topology, "configured", plan.stations, configured.air, configured, configured.pairs));
  const sum = (of: (comparison: Comparison) => number): number => comparisons.reduce((total, comparison) => total + of(comparison), 0);
  return {
    seed, pairs: sum(({ pairs }) => pairs), answers: sum(({ answers }) => answers), probes: hostile.probes + (configured?.probes ?? 0),
    disagreements: comparisons.flatMap(({ disagreements }) => disagreements),
  };
}

/** Measures the seeds with several sandboxes side by side; `report` is called as results come in. */
export async function measureAll(seeds: readonly number[], jobs: number, report: (result: Result) => void): Promise<void> {
  const waiting = [...seeds];
  await Promise.all(Array.from({ length: Math.min(jobs, seeds.length) }, async () => {
    const sandbox = new Sandbox();
    try {
      await sandbox.ready();
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) report(await measure(seed, sandbox));
    } finally {
      sandbox.close();
    }
  }));
}
