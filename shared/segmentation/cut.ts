/** Flows that passed, needed no entry of the policy, and pass no more: what a person should know before the rest is denied. */
import type { MatrixPair } from "../analysis/result";
import { compareIds } from "../model/topology";
import { FlowChanges } from "../network/flow-changes";
import type { Network } from "../network/compiled-network";
import type { Cut } from "./segmentation";

/** So many changed pairs are looked at; beyond that the counts are of these. */
const MOST_PAIRS = 100_000;

/** By tenant and for management, sorted. */
export function cutBetween(before: Network, after: Network): Cut[] {
  const changes = new FlowChanges(before, after);
  const groups = new Map<string, { pairs: number; example: Cut["example"] }>();
  let seen = 0;
  for (const outcome of ["gone", "isolated", "permitted"] as const) {
    for (const { from, to, before: was, after: now } of changes.ending(outcome)) {
      if (++seen > MOST_PAIRS) break;
      const within = was?.verdict !== "permitted" || !lost(was, now) || before.allowed(from, to).length > 0 ? undefined : placeOf(before, from, to);
      if (within === undefined) continue;
      const group = groups.get(within);
      if (group === undefined) groups.set(within, { pairs: 1, example: { from, to } });
      else group.pairs += 1;
    }
  }
  return [...groups].sort(([a], [b]) => compareIds(a, b)).map(([within, { pairs, example }]) => ({ within, pairs, example }));
}

function lost(was: MatrixPair, now: MatrixPair | undefined): boolean {
  return was.services.length > 0 && JSON.stringify(was.services) !== JSON.stringify(now?.services);
}

function placeOf(network: Network, from: string, to: string): string | undefined {
  const [source, target] = [network.party(from), network.party(to)];
  if (source?.kind === "vm") return target?.tenant === source.tenant ? source.tenant : undefined;
  return source?.kind === "managementInterface" || source?.kind === "bmc" ? "management" : undefined;
}
