/** How the required flows of a document stand, so that a fix can be judged by what it does to them. */
import type { Network } from "../network/compiled-network";

/** `unknown`: whether it holds rests on fields that the document does not have. */
export type RequiredState = "holds" | "unknown" | "fails";

export function requiredStates(network: Network): ReadonlyMap<string, RequiredState> {
  return new Map(network.required.map(({ id, holds, failing }): [string, RequiredState] => {
    if (holds) return [id, "holds"];
    return [id, failing.every(({ from, to }) => network.pair(from, to).verdict === "unknown") ? "unknown" : "fails"];
  }));
}

const WORTH: Readonly<Record<RequiredState, number>> = { holds: 2, unknown: 1, fails: 0 };

/**
 * Ids of the entries that stand worse than before. One that was unknown may well have worked: cutting it for certain counts as
 * breaking it, or a fix could lock administrators out of hosts whose own firewall nobody described.
 */
export function brokenBetween(before: Network, after: Network): string[] {
  const then = requiredStates(after);
  return [...requiredStates(before)].filter(([id, state]) => WORTH[then.get(id) ?? "fails"] < WORTH[state]).map(([id]) => id);
}
