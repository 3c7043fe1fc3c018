/** Summing pairs up to one cell, as the analysis sums VMs up to tenants. Pure. */
import type { MatrixPair, Verdict } from "../../shared/analysis/result";
import { listServices, parseServices, subtractServices } from "../../shared/model/services";
import { compareIds } from "../../shared/model/topology";

export const WORSE: Readonly<Record<Verdict, number>> = { isolated: 0, permitted: 1, unknown: 2, violating: 3 };

/** The worst verdict, everything that passes between any of them, and the absent fields where the sum is unknown. `pairs` is not empty. */
export function mergePairs(from: string, to: string, pairs: readonly MatrixPair[]): MatrixPair {
  let verdict: Verdict = "isolated";
  let layer: 2 | 3 = 3;
  let frames: "both" | "one" | undefined;
  const passing = new Set<string>(), injected = new Set<string>(), missing = new Set<string>();
  for (const pair of pairs) {
    if (WORSE[pair.verdict] > WORSE[verdict]) verdict = pair.verdict;
    if (pair.layer === 2) layer = 2;
    if (pair.frames !== undefined && frames !== "both") frames = pair.frames;
    for (const service of pair.services) passing.add(service);
    for (const service of pair.oneWay) injected.add(service);
    for (const field of pair.missing ?? []) missing.add(field);
  }
  const services = parseServices([...passing]);
  return {
    from, to, layer, ...(frames === undefined ? {} : { frames }),
    services: listServices(services), oneWay: listServices(subtractServices(parseServices([...injected]), services)), verdict,
    ...(verdict === "unknown" && missing.size > 0 ? { missing: [...missing].sort(compareIds) } : {}),
  };
}
