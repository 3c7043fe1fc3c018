/** When a pair counts as one that goes beyond the policy, for rules and for the summary. */
import { record, type Topology } from "../model/topology";
import { jsonPath } from "../model/path";
import type { Network } from "../network/compiled-network";
import type { Pair } from "../network/types";

/**
 * Whether `from` reaches `to`, or delivers to it, beyond the policy. A management interface whose own firewall the document
 * does not describe is no shelter: where everything else lets through what the policy does not permit, the pair counts although its verdict
 * is unknown.
 */
export function reachesBeyondPolicy(network: Network, pair: Pair): boolean {
  return pair.verdict === "violating" || (restsOnOwnFirewall(network.topology, pair) && (pair.perhaps ?? []).length > 0);
}

/** Whether the verdict is unknown for no other reason than that the management interface's own firewall is not described. */
export function restsOnOwnFirewall(topology: Topology, pair: Pair): boolean {
  if (pair.verdict !== "unknown" || record(topology, "managementInterfaces", pair.to) === undefined) return false;
  const own = jsonPath("managementInterfaces", pair.to, "firewall");
  const missing = pair.missing ?? [];
  return missing.length > 0 && missing.every((path) => path === own || path.startsWith(`${own}.`));
}
