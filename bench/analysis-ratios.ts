/** Full analysis against JSON.parse of the same document, against other sizes and other numbers of rules. */
import { compileLayer2 } from "../shared/network/layer2";
import { parse, textOf } from "./documents";
import { analyseFully, compile } from "./full-analysis";
import type { Settings } from "./generate";
import { always, interleave, median, medianRatio, work, type Work } from "./statistics";

export type Results = Record<string, number>;

/** By number of VMs. */
export const SIZES = { "100": 100, "1k": 1000, "10k": 10_000, "40k": 40_000 } as const;
export type Size = keyof typeof SIZES;

/** `fullDenyOverParse…` and `fullAllowOverParse…`. */
export function fullOverParse(sizes: readonly Size[], rounds: number): Results {
  const results: Results = {};
  for (const size of sizes) results[`fullDenyOverParse${size}`] = ratioToParse({ vms: SIZES[size], defaultAction: "deny" }, rounds);
  for (const size of sizes) {
    if (size !== "100") results[`fullAllowOverParse${size}`] = ratioToParse({ vms: SIZES[size], defaultAction: "allow" }, rounds);
  }
  return results;
}

function ratioToParse(settings: Settings, rounds: number): number {
  const text = textOf(settings);
  const times = interleave(rounds, { parse: always(() => parse(text)), full: fullAnalysis(text) });
  return medianRatio(times.full, times.parse);
}

/** Each time of a document that nobody has looked at yet: what has been found out about one is kept with it. */
function fullAnalysis(text: string): Work {
  return work(() => parse(text), analyseFully);
}

/** Four times the VMs, and ten times the distributed rules. */
export function growth(rounds: number): Results {
  const [small, large, ruled] = [
    textOf({ vms: SIZES["10k"], defaultAction: "deny" }),
    textOf({ vms: SIZES["40k"], defaultAction: "deny" }),
    textOf({ vms: SIZES["40k"], defaultAction: "deny", distributedRules: 100_000 }),
  ];
  const times = interleave(rounds, { small: fullAnalysis(small), large: fullAnalysis(large), ruled: fullAnalysis(ruled) });
  return { growth10kTo40k: medianRatio(times.large, times.small), rules100kOver10k: medianRatio(times.ruled, times.large) };
}

/** Layer 2 alone, and one pair and one trace without the matrix. */
export function partsOverParse(rounds: number): Results {
  const text = textOf({ vms: SIZES["40k"], defaultAction: "deny" });
  const [from, to, elsewhere] = ["vm-17", "vm-20011", "vm-31007"];
  const times = interleave(rounds, {
    parse: always(() => parse(text)),
    layer2: work(() => parse(text), (document) => compileLayer2(document).segments),
    pair: work(() => parse(text), (document) => compile(document).pair(from, to)),
  });
  const traces: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const network = compile(parse(text));
    for (const target of [to, elsewhere, "vm-18"]) {
      const startedAt = performance.now();
      network.trace([from], [target]);
      traces.push(performance.now() - startedAt);
    }
  }
  return {
    l2OverParse40k: medianRatio(times.layer2, times.parse),
    tracePairOverParse40k: medianRatio(times.pair, times.parse),
    traceMs40k: median(traces),
  };
}
