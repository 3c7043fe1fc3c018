/** Who reaches the interfaces of hypervisors and BMCs beyond the policy, gathered once per network and only where such targets are. */
import type { Topology } from "../model/topology";
import { record } from "../model/topology";
import type { Network } from "../network/compiled-network";
import type { Pair } from "../network/types";
import { reachesBeyondPolicy } from "./exposure";
import { isManagementsOwn } from "./workload";

const known = new WeakMap<Network, ReadonlyMap<string, readonly Pair[]>>();

/** Pairs from workloads and non-administrators' networks to the target. */
export function intrusionsInto(topology: Topology, network: Network, target: string): readonly Pair[] {
  let index = known.get(network);
  if (index === undefined) known.set(network, (index = gather(topology, network)));
  return index.get(target) ?? [];
}

function gather(topology: Topology, network: Network): Map<string, Pair[]> {
  const index = new Map<string, Pair[]>();
  for (const pair of network.managementConcerns) {
    const adapter = record(topology, "managementInterfaces", pair.to) !== undefined;
    if ((!adapter && !pair.to.endsWith("/bmc")) || !reachesBeyondPolicy(network, pair) || !isForeign(topology, pair.from)) continue;
    const pairs = index.get(pair.to);
    if (pairs === undefined) index.set(pair.to, [pair]);
    else pairs.push(pair);
  }
  return index;
}

/** A VM that is not management's own, or an external network that is not the administrators'. */
export function isForeign(topology: Topology, party: string): boolean {
  const vm = record(topology, "vms", party);
  if (vm !== undefined) return !isManagementsOwn(vm);
  const external = record(topology, "externalNetworks", party);
  return external !== undefined && external.trust !== "admin";
}
