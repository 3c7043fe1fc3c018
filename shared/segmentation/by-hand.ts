/** What no rule can do: said plainly, so that a person knows what is left. */
import type { Evaluation } from "../analysis/evaluate";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { Enforcement } from "../rules/enforcement";
import { groupBy } from "../rules/group-by";
import { listed } from "../rules/phrase";
import { isWorkload } from "../rules/workload";
import { gapWords } from "./remaining";

export function gapsByHand(before: Topology, { topology }: Evaluation): string[] {
  return [...unfiltered(topology), ...madeStateful(before, topology), ...addressless(topology), ...added(before, topology)];
}

/** Workloads that no distributed firewall filters, by reason; nothing where the document has none at all, since `remaining` says that. */
function unfiltered(topology: Topology): string[] {
  const enforcement = new Enforcement(topology);
  if (!enforcement.exists) return [];
  const gaps = entries(topology, "vms").filter(([, vm]) => isWorkload(vm)).flatMap(([id, { nics }]) => Object.values(nics ?? {}).flatMap((nic) => {
    const gap = enforcement.gapOf(id, nic);
    return gap === undefined ? [] : [{ id, why: gapWords(gap) }];
  }));
  return [...groupBy(gaps, ({ why }) => why)].map(([why, found]) => `No distributed firewall filters ${listed([...new Set(found.map(({ id }) => id))].sort(compareIds))}: ${why}. The fixes of FW-005 mend it.`);
}

/** A device that keeps no state now has to be able to. */
function madeStateful(before: Topology, after: Topology): string[] {
  const switched = (["routers", "firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(after, collection).filter(([id, { stateful }]) => stateful === true && record(before, collection, id)?.stateful === false).map(([id]) => id));
  return switched.length === 0 ? [] : [`${listed(switched)} kept no state and is to keep it: without it the answers would need rules that let through far more than the flows. A device that cannot keep state cannot enforce them; put a stateful firewall in its place.`];
}

/** Gateways match addresses, so a workload without one is matched by nothing for certain. */
function addressless(topology: Topology): string[] {
  if (entries(topology, "firewalls").length + entries(topology, "routers").length === 0) return [];
  const bare = entries(topology, "vms").filter(([, vm]) => isWorkload(vm) && Object.values(vm.nics ?? {}).some(({ connected, addresses = [] }) => connected !== false && addresses.length === 0)).map(([id]) => id);
  return bare.length === 0 ? [] : [`Routers and firewalls match addresses, and ${listed(bare)} ${bare.length === 1 ? "has" : "have"} none written: write them, or name blocks in the rules.`];
}

/** A filter that is drawn has to exist. */
function added(before: Topology, after: Topology): string[] {
  const fresh = (["firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(after, collection).filter(([id]) => record(before, collection, id) === undefined).map(([id]) => id));
  return fresh.length === 0 ? [] : [`${listed(fresh)} ${fresh.length === 1 ? "is" : "are"} new: the platform has to offer such a firewall, and it has to be switched on for the switches it covers.`];
}
