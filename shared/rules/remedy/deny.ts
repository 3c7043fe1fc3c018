/** Denies a flow at the filters on its way. */
import { ownerOf } from "../../model/ids";
import type { Rule } from "../../model/kinds/forwarder";
import type { Intent } from "../../model/policy";
import { resolveSelector } from "../../model/members";
import { compareIds, entries, record, type Topology } from "../../model/topology";
import type { Network } from "../../network/compiled-network";
import type { Pair } from "../../network/types";
import { currentIntents } from "../intents";
import { listed } from "../phrase";
import type { FixCandidate } from "../rule";
import { localOf } from "../workload";
import { candidate, type Board } from "./board";
import { nameFor } from "./connect";
import { filterRef, prependRule, type FilterRef } from "./filter-rule";

/** So many pairs are traced to find the filters on the way. */
const MOST_TRACED = 8;

export type Denial = Pick<Rule, "id" | "from" | "to" | "services">;

/**
 * Candidates: a deny of the parties at the top of every router and firewall on the way; a deny between the interfaces that face
 * them, which no forged address gets around; the deny of the parties in the distributed firewalls; and, where a guest could take over a
 * neighbour's address, the first one with the guests' addresses bound to their ports: the only one where a router hands packets back out of
 * the interface that they came in by.
 */
export function denyOnTheWay(topology: Topology, network: Network, pairs: readonly Pair[], denial: Denial): FixCandidate[] {
  const gateways = gatewaysOn(topology, network, pairs);
  const distributed = entries(topology, "distributedFirewalls").map(([id]): FilterRef => ({ collection: "distributedFirewalls", id }));
  const between = candidate(topology, `Deny ${described(denial)} between the interfaces of ${listed(gateways.map((gateway) => gateway.id))}`, (board) => {
    for (const gateway of gateways) denyBetween(board, network, gateway, pairs, denial);
  });
  return [...denyAt(topology, gateways, denial), ...between, ...denyAt(topology, distributed, denial), ...denyToBound(topology, network, gateways, pairs, denial)];
}

/** The routers and firewalls on the ways of the pairs. */
function gatewaysOn(topology: Topology, network: Network, pairs: readonly Pair[]): FilterRef[] {
  const hops = pairs.slice(0, MOST_TRACED).flatMap((pair) => network.trace([pair.from], [pair.to]).paths.flat());
  return [...new Set(hops.filter((hop) => hop.kind === "router" || hop.kind === "firewall").map((hop) => ownerOf(hop.at)))]
    .map((id) => filterRef(topology, id)).filter((filter) => filter !== undefined);
}

/** Who of the one party reaches whom of the other, and what denies it. */
interface Direction {
  readonly pairs: readonly Pair[];
  readonly denial: Denial;
}

/** Candidates for two parties that reach one another: both denies in one change, by addresses (bound to the ports where they could be forged) and between the interfaces. */
export function denyApart(topology: Topology, network: Network, there: Direction, back: Direction): FixCandidate[] {
  const pairs = [...there.pairs, ...back.pairs];
  const gateways = gatewaysOn(topology, network, pairs);
  if (gateways.length === 0) return [];
  const groups = forgeable(topology, network, pairs);
  const both = `Deny ${listed(there.denial.from ?? ["any"])} and ${listed(there.denial.to ?? ["any"])} to one another`;
  const at = listed(gateways.map((gateway) => gateway.id));
  return [
    ...candidate(topology, `${both} at ${at}${groups.length === 0 ? "" : `, and ${binding(groups)}`}`, (board) => {
      for (const { denial } of [there, back]) deny(board, gateways, denial);
      bind(board, groups);
    }),
    ...candidate(topology, `${both} between the interfaces of ${at}`, (board) => {
      for (const { pairs: some, denial } of [there, back]) for (const gateway of gateways) denyBetween(board, network, gateway, some, denial);
    }),
  ];
}

function binding(groups: readonly string[]): string {
  return `bind MAC and IP addresses to the ports of ${listed(groups)} (spoof guard)`;
}

function bind(board: Board, groups: readonly string[]): void {
  for (const id of groups) board.set(["portGroups", id, "spoofGuard"], true);
}

/** The port groups of guests who could take over a neighbour's address. */
function forgeable(topology: Topology, { layer2 }: Network, pairs: readonly Pair[]): string[] {
  const ends = [...new Set(pairs.flatMap((pair) => [pair.from, pair.to]))].flatMap((party) => layer2.endsOf(party));
  const mayForge = ends.filter((end) => end.kind === "vnic" && layer2.segmentsOf(end).some((segment) => segment.ends.some((other) => other.owner !== end.owner && other.addresses.length > 0)));
  return [...new Set(mayForge.flatMap(({ portGroup }) => portGroup ?? []))].filter((id) => record(topology, "portGroups", id)?.spoofGuard !== true).sort(compareIds);
}

/** The deny of the parties at the routers and firewalls on the way, with the guests' addresses bound to their ports. */
function denyToBound(topology: Topology, network: Network, gateways: readonly FilterRef[], pairs: readonly Pair[], denial: Denial): FixCandidate[] {
  const groups = forgeable(topology, network, pairs);
  if (groups.length === 0 || gateways.length === 0) return [];
  return candidate(topology, `Deny ${described(denial)} at ${listed(gateways.map((gateway) => gateway.id))}, and ${binding(groups)}`, (board) => {
    deny(board, gateways, denial);
    bind(board, groups);
  });
}

function described({ from, to }: Denial): string {
  return `${listed(from ?? ["any"])} to ${listed(to ?? ["any"])}`;
}

function denyAt(topology: Topology, filters: readonly FilterRef[], denial: Denial): FixCandidate[] {
  return candidate(topology, `Deny ${described(denial)} at ${listed(filters.map((filter) => filter.id))}`, (board) => deny(board, filters, denial));
}

function deny(board: Board, filters: readonly FilterRef[], denial: Denial): void {
  for (const filter of filters) prependRule(board, filter, { ...denial, action: "deny", log: true });
}

/** Everything from the interfaces on the one side to those on the other, but what the policy lets reach the targets. */
function denyBetween(board: Board, network: Network, gateway: FilterRef, pairs: readonly Pair[], { id, from, to }: Denial): void {
  const ins = facing(network, gateway.id, pairs.map((pair) => pair.from));
  const outs = facing(network, gateway.id, pairs.map((pair) => pair.to));
  const sides = ins.flatMap((inbound) => outs.filter((outbound) => outbound !== inbound).map((outbound) => ({ in: inbound, out: outbound })));
  // Where only one side is near, the parties of the other are named.
  const far = outs.length === 0 ? ins.map((inbound) => ({ in: inbound, to })) : ins.length === 0 ? outs.map((outbound) => ({ from, out: outbound })) : [];
  for (const side of sides.length > 0 ? sides : far) prependRule(board, gateway, { id, action: "deny", ...defined(side), log: true });
  for (const intent of declared(board.topology, network, pairs)) {
    const { from: sources, to: targets, services } = intent;
    prependRule(board, gateway, { id: `allow-${intent.id}`, name: nameFor(intent), action: "allow", ...defined({ from: sources, to: targets, services }) });
  }
}

/** The interfaces of the gateway that are in a segment of one of the parties. */
function facing({ layer2 }: Network, gateway: string, parties: readonly string[]): string[] {
  const segments = new Set([...new Set(parties)].flatMap((party) => layer2.endsOf(party)).flatMap((end) => layer2.segmentsOf(end)));
  return layer2.endsOf(gateway).filter((end) => layer2.segmentsOf(end).some((segment) => segments.has(segment))).map(localOf);
}

/** The policy entries whose targets are among those of the pairs, so that the deny does not cut them. */
function declared(topology: Topology, network: Network, pairs: readonly Pair[]): Intent[] {
  const targets = new Set(pairs.map((pair) => pair.to));
  return currentIntents(topology, network.today).filter((intent) => (intent.to ?? ["any"]).some((selector) => [...resolveSelector(topology, selector)].some((party) => targets.has(party)))).reverse();
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
