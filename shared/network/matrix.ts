/** The matrix as the command line prints it, by VM, tenant or port group. */
import { listServices } from "../model/services";
import { compareIds, type Topology } from "../model/topology";
import type { Matrix, MatrixPair } from "../analysis/result";
import type { PartyClass } from "./parties";
import { addSums } from "./sums";
import type { Network } from "./compiled-network";
import type { End, Pair, Party, Sum } from "./types";
import type { Answer } from "./verdicts";

/**
 * Rows and the pairs between which anything passes, or which are unknown, sorted.
 *
 * By tenant the rows are all tenants, and VMs of one tenant are not compared with one another; by port group they are all port groups,
 * and a pair of a group with itself is one of two of its members. There, a pair is the union of its members' pairs.
 */
export function matrixOf(network: Network, by: Matrix["by"]): Matrix {
  const { pairs, ...head } = matrixStream(network, by);
  return { ...head, pairs: [...pairs] };
}

/** The same with pairs that are found as they are asked for, once. */
export function matrixStream(network: Network, by: Matrix["by"]): MatrixStream {
  const { assume } = network;
  switch (by) {
    case "vm":
      return { by, assume, rows: network.parties.map(({ id }) => id), pairs: printedPairs(network.eachPair()) };
    case "tenant":
      return { by, assume, rows: rowsOf(network.topology.tenants), pairs: tenantPairs(network) };
    case "portgroup":
      return { by, assume, rows: rowsOf(network.topology.portGroups), pairs: portGroupPairs(network) };
  }
}

export interface MatrixStream extends Omit<Matrix, "pairs"> {
  readonly pairs: Iterable<MatrixPair>;
}

function* printedPairs(pairs: Iterable<Pair>): Generator<MatrixPair> {
  for (const pair of pairs) yield printed(pair);
}

function rowsOf(records: Topology["tenants"] | Topology["portGroups"] = {}): string[] {
  return Object.keys(records).sort(compareIds);
}

/** The pairs of these rows with these columns that `matrixOf` lists, in order of row and column, without looking at any other. */
export function* matrixCells(network: Network, by: Matrix["by"], rows: readonly string[], columns: readonly string[]): Generator<MatrixPair> {
  const members = by === "portgroup" ? membersOf(network, new Set([...rows, ...columns])) : undefined;
  for (const from of rows) {
    for (const to of columns) {
      if (members !== undefined) yield* summed(crossings(network, members.get(from) ?? [], members.get(to) ?? []));
      else if (by === "tenant") yield* tenantPair(network, from, to);
      else yield* partyPair(network, from, to);
    }
  }
}

function* partyPair(network: Network, from: string, to: string): Generator<MatrixPair> {
  const pair = from === to ? undefined : network.pair(from, to);
  if (pair !== undefined && hasSomething(pair)) yield printed(pair);
}

/** The ends of parties in each of the port groups. */
function membersOf(network: Network, portGroups: ReadonlySet<string>): ReadonlyMap<string, readonly End[]> {
  const members = new Map<string, End[]>();
  for (const end of network.layer2.ends) {
    if (end.portGroup === undefined || !portGroups.has(end.portGroup) || network.party(end.owner) === undefined) continue;
    const others = members.get(end.portGroup);
    if (others === undefined) members.set(end.portGroup, [end]);
    else others.push(end);
  }
  return members;
}

function* crossings(network: Network, from: readonly End[], to: readonly End[]): Generator<Member> {
  for (const source of from) {
    for (const target of to) {
      if (source.owner === target.owner) continue;
      const alone = [source, target].every(({ owner }) => network.layer2.endsOf(owner).length === 1);
      const own = alone ? network.pair(source.owner, target.owner) : network.endPair(source, target);
      if (hasSomething(own)) yield [source.portGroup ?? "", target.portGroup ?? "", own];
    }
  }
}

type Member = readonly [from: string, to: string, pair: Pair];

/** Tenant by tenant. */
function* tenantPairs(network: Network): Generator<MatrixPair> {
  const tenants = rowsOf(network.topology.tenants);
  for (const from of tenants) for (const to of tenants) yield* tenantPair(network, from, to);
}

function* tenantPair(network: Network, from: string, to: string): Generator<MatrixPair> {
  const sum = from === to ? undefined : network.tenantSum(from, to);
  if (sum === undefined || !hasSomething(sum)) return;
  yield printed({ from, to, ...sum, ...(sum.verdict === "unknown" ? { missing: network.tenantMissing(from, to) } : {}) });
}

function hasSomething({ services, oneWay, frames, verdict }: Sum): boolean {
  return services.length > 0 || oneWay.length > 0 || frames !== undefined || verdict === "unknown";
}

/** Port group by port group. Of senders that nothing tells apart one is asked; a party with vNICs in several port groups is taken apart. */
function* portGroupPairs(network: Network): Generator<MatrixPair> {
  const groups = rowsOf(network.topology.portGroups);
  const members = membersOf(network, new Set(groups));
  for (const from of groups) yield* summed(fromPortGroup(network, members.get(from) ?? []));
}

function* fromPortGroup(network: Network, senders: readonly End[]): Generator<Member> {
  const asked = new Set<PartyClass>();
  for (const source of senders) {
    const sender = network.party(source.owner);
    if (sender === undefined) continue;
    const isAlone = network.layer2.endsOf(source.owner).length === 1;
    const own = network.classOf(sender);
    const isKnown = isAlone && asked.has(own);
    if (isAlone) asked.add(own);
    for (const { to, pair } of reached(network, sender, own)) {
      // Which fields are missing is a matter of the pair itself.
      if (isKnown && pair.verdict !== "unknown") continue;
      for (const party of to) yield* towards(network, source, isAlone, party, pair);
    }
  }
}

/** By class: whom a party reaches, and the pair with one of them, of which only `missing` may differ. */
function* reached(network: Network, sender: Party, own: PartyClass): Generator<{ readonly to: readonly Party[]; readonly pair: Pair }> {
  const found: [to: readonly Party[], answer: Answer][] = [];
  network.eachAnswer(own, ({ members }, answer) => void found.push([members.filter((party) => party !== sender), answer]));
  for (const [to, answer] of found) if (to[0] !== undefined) yield { to, pair: network.describe(sender, to[0], answer) };
}

function* towards(network: Network, source: End, isAlone: boolean, party: Party, sample: Pair): Generator<Member> {
  const targets = network.layer2.endsOf(party.id);
  for (const target of targets) {
    if (target.portGroup === undefined) continue;
    const isWhole = isAlone && targets.length === 1;
    const own = !isWhole ? network.endPair(source, target) : sample.verdict === "unknown" ? network.pair(source.owner, party.id) : sample;
    if (hasSomething(own)) yield [source.portGroup ?? "", target.portGroup, own];
  }
}

interface Total {
  readonly from: string;
  readonly to: string;
  sum: Sum;
  /** Added last: many pairs share one. */
  last: Pair;
  readonly missing: Set<string>;
}

function summed(members: Iterable<Member>): MatrixPair[] {
  const totals = new Map<string, Total>();
  for (const [from, to, pair] of members) {
    const key = `${from}\n${to}`;
    let total = totals.get(key);
    if (total === undefined) totals.set(key, (total = { from, to, sum: pair, last: pair, missing: new Set() }));
    else if (total.last !== pair) total.sum = addSums(total.sum, pair);
    total.last = pair;
    for (const path of pair.missing ?? []) total.missing.add(path);
  }
  return [...totals.values()].sort((a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to))
    .map(({ from, to, sum, missing }) => printed({ ...sum, from, to, missing: [...missing].sort(compareIds) }));
}

type Printable = Sum & { readonly from: string; readonly to: string; readonly missing?: readonly string[]; readonly forged?: boolean };

/** A pair as the command line prints it. */
export function printed({ from, to, layer, frames, services, oneWay, verdict, missing, forged }: Printable): MatrixPair {
  return {
    from, to, layer, ...(frames === undefined ? {} : { frames }),
    services: listServices(services), oneWay: listServices(oneWay), verdict,
    ...(verdict !== "unknown" || missing === undefined ? {} : { missing }), ...(forged === true ? { forged } : {}),
  };
}
