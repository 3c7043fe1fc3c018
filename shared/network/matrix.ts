/** The matrix as the command line prints it, by VM, tenant or port group. */
import { listServices, subtractServices, unionServices } from "../model/services";
import { compareIds, type Topology } from "../model/topology";
import type { Matrix, MatrixPair, Verdict } from "../analysis/result";
import type { Network, Pair } from "./types";

/**
 * Rows and the pairs between which anything passes, or which are unknown, sorted.
 *
 * By tenant the rows are all tenants, and VMs of one tenant are not compared with one another; by port group they are all port groups,
 * and a pair of a group with itself is one of two of its members. There, a pair is the union of its members' pairs.
 */
export function matrixOf(network: Network, by: Matrix["by"]): Matrix {
  switch (by) {
    case "vm":
      return { by, assume: network.assume, rows: network.parties.map(({ id }) => id), pairs: network.pairs.map(printed) };
    case "tenant":
      return { by, assume: network.assume, rows: rowsOf(network.topology.tenants), pairs: summed(byTenant(network)) };
    case "portgroup":
      return { by, assume: network.assume, rows: rowsOf(network.topology.portGroups), pairs: summed(byPortGroup(network)) };
  }
}

function rowsOf(records: Topology["tenants"] | Topology["portGroups"] = {}): string[] {
  return Object.keys(records).sort(compareIds);
}

type Member = readonly [from: string, to: string, pair: Pair];

function* byTenant(network: Network): Generator<Member> {
  for (const pair of network.pairs) {
    const from = network.party(pair.from)?.tenant;
    const to = network.party(pair.to)?.tenant;
    if (from !== undefined && to !== undefined && from !== to) yield [from, to, pair];
  }
}

/** A party with vNICs in several port groups is taken apart again. */
function* byPortGroup(network: Network): Generator<Member> {
  for (const pair of network.pairs) {
    const from = network.layer2.endsOf(pair.from).filter(({ portGroup }) => portGroup !== undefined);
    const to = network.layer2.endsOf(pair.to).filter(({ portGroup }) => portGroup !== undefined);
    for (const source of from) {
      for (const target of to) {
        const own = from.length === 1 && to.length === 1 ? pair : network.endPair(source, target);
        if (own.verdict !== "isolated" || own.frames !== undefined) yield [source.portGroup ?? "", target.portGroup ?? "", own];
      }
    }
  }
}

const WORSE: Readonly<Record<Verdict, number>> = { isolated: 0, permitted: 1, unknown: 2, violating: 3 };

function summed(members: Iterable<Member>): MatrixPair[] {
  const sums = new Map<string, Pair>();
  for (const [from, to, pair] of members) {
    const key = `${from}\n${to}`;
    const known = sums.get(key);
    sums.set(key, known === undefined ? { ...pair, from, to } : sum(known, pair));
  }
  return [...sums.values()].sort((a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to)).map(printed);
}

function sum(a: Pair, b: Pair): Pair {
  const services = unionServices(a.services, b.services);
  const frames = a.frames === "both" || b.frames === "both" ? "both" : (a.frames ?? b.frames);
  const verdict = WORSE[a.verdict] >= WORSE[b.verdict] ? a.verdict : b.verdict;
  const missing = [...new Set([...(a.missing ?? []), ...(b.missing ?? [])])].sort(compareIds);
  // The sum rests on a forged address where everything does that has its verdict.
  const forged = [a, b].every((part) => part.verdict !== verdict || part.forged === true);
  return {
    from: a.from, to: a.to, layer: a.layer === 2 || b.layer === 2 ? 2 : 3, ...(frames === undefined ? {} : { frames }),
    services, oneWay: subtractServices(unionServices(a.oneWay, b.oneWay), services), beyond: unionServices(a.beyond, b.beyond), verdict,
    ...(missing.length === 0 ? {} : { missing }), ...(forged ? { forged } : {}),
  };
}

function printed({ from, to, layer, frames, services, oneWay, verdict, missing, forged }: Pair): MatrixPair {
  return {
    from, to, layer, ...(frames === undefined ? {} : { frames }),
    services: listServices(services), oneWay: listServices(oneWay), verdict,
    ...(verdict !== "unknown" || missing === undefined ? {} : { missing }), ...(forged === true ? { forged } : {}),
  };
}
