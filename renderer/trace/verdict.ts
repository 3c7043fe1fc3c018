/** What the policy says about a traced path. Pure. */
import type { Hop, Matrix, Verdict } from "../../shared/analysis/result";
import { ownerOf } from "../../shared/model/ids";

/** The verdict on the parties at both ends of a path; isolated where the matrix does not list them. */
export function pairVerdict({ rows, pairs }: Matrix, hops: readonly Hop[]): Verdict {
  const parties = new Set(rows);
  const from = partyOf(parties, hops[0]), to = partyOf(parties, hops.at(-1));
  return pairs.find((pair) => pair.from === from && pair.to === to)?.verdict ?? "isolated";
}

/** `a-web/eth0` is its VM's; `host-1/bmc` is a party of its own. */
function partyOf(parties: ReadonlySet<string>, hop: Hop | undefined): string | undefined {
  return hop === undefined || parties.has(hop.at) ? hop?.at : ownerOf(hop.at);
}
