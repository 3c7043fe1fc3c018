/** Denies a flow at the filters on its way. */
import type { Rule } from "../../model/kinds/forwarder";
import { entries, type Topology } from "../../model/topology";
import type { Network, Pair } from "../../network/types";
import type { FixCandidate } from "../rule";
import { listed } from "../phrase";
import { candidate } from "./board";
import { filterRef, prependRule, type FilterRef } from "./filter-rule";

/** So many pairs are traced to find the filters on the way. */
const MOST_TRACED = 8;

/** Candidates: a deny at the top of every router and firewall on the way; the same in the distributed firewalls. */
export function denyOnTheWay(topology: Topology, network: Network, pairs: readonly Pair[], rule: Pick<Rule, "id" | "from" | "to" | "services">): FixCandidate[] {
  const hops = pairs.slice(0, MOST_TRACED).flatMap((pair) => network.trace([pair.from], [pair.to]).paths.flat());
  const gateways = [...new Set(hops.filter((hop) => hop.kind === "router" || hop.kind === "firewall").map((hop) => hop.at.split("/")[0] ?? hop.at))]
    .map((id) => filterRef(topology, id)).filter((filter) => filter !== undefined);
  const distributed = entries(topology, "distributedFirewalls").map(([id]): FilterRef => ({ collection: "distributedFirewalls", id }));
  return [...denyAt(topology, gateways, rule), ...denyAt(topology, distributed, rule)];
}

function denyAt(topology: Topology, filters: readonly FilterRef[], rule: Pick<Rule, "id" | "from" | "to" | "services">): FixCandidate[] {
  const from = listed(rule.from ?? ["any"]);
  const to = listed(rule.to ?? ["any"]);
  return candidate(topology, `Deny ${from} to ${to} at ${listed(filters.map((filter) => filter.id))}`, (board) => {
    for (const filter of filters) prependRule(board, filter, { ...rule, action: "deny", log: true });
  });
}
