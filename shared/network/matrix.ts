/** The matrix as the command line prints it, by VM, tenant or port group. */
import { listServices } from "../model/services";
import { compareIds, type Topology } from "../model/topology";
import type { Matrix, MatrixPair } from "../analysis/result";
import { addSums } from "./sums";
import type { Network, Pair, Sum } from "./types";

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

/** The same with pairs that are found as they are asked for, once; only by port group all are summed before the first. */
export function matrixStream(network: Network, by: Matrix["by"]): MatrixStream {
  const { assume } = network;
  switch (by) {
    case "vm":
      return { by, assume, rows: network.parties.map(({ id }) => id), pairs: printedPairs(network.eachPair()) };
    case "tenant":
      return { by, assume, rows: rowsOf(network.topology.tenants), pairs: tenantPairs(network) };
    case "portgroup":
      return { by, assume, rows: rowsOf(network.topology.portGroups), pairs: summed(byPortGroup(network)) };
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

type Member = readonly [from: string, to: string, pair: Pair];

/** Tenant by tenant. */
function* tenantPairs(network: Network): Generator<MatrixPair> {
  const tenants = rowsOf(network.topology.tenants);
  for (const from of tenants) {
    for (const to of tenants) {
      const sum = from === to ? undefined : network.tenantSum(from, to);
      if (sum === undefined || !hasSomething(sum)) continue;
      yield printed({ from, to, ...sum, ...(sum.verdict === "unknown" ? { missing: network.tenantMissing(from, to) } : {}) });
    }
  }
}

function hasSomething({ services, oneWay, frames, verdict }: Sum): boolean {
  return services.length > 0 || oneWay.length > 0 || frames !== undefined || verdict === "unknown";
}

/** A party with vNICs in several port groups is taken apart again. */
function* byPortGroup(network: Network): Generator<Member> {
  for (const pair of network.eachPair()) {
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

interface Total {
  readonly from: string;
  readonly to: string;
  sum: Sum;
  readonly missing: Set<string>;
}

function summed(members: Iterable<Member>): MatrixPair[] {
  const totals = new Map<string, Total>();
  for (const [from, to, pair] of members) {
    const key = `${from}\n${to}`;
    let total = totals.get(key);
    if (total === undefined) totals.set(key, (total = { from, to, sum: pair, missing: new Set() }));
    else total.sum = addSums(total.sum, pair);
    for (const path of pair.missing ?? []) total.missing.add(path);
  }
  return [...totals.values()].sort((a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to))
    .map(({ from, to, sum, missing }) => printed({ ...sum, from, to, missing: [...missing].sort(compareIds) }));
}

type Printable = Sum & { readonly from: string; readonly to: string; readonly missing?: readonly string[]; readonly forged?: boolean };

function printed({ from, to, layer, frames, services, oneWay, verdict, missing, forged }: Printable): MatrixPair {
  return {
    from, to, layer, ...(frames === undefined ? {} : { frames }),
    services: listServices(services), oneWay: listServices(oneWay), verdict,
    ...(verdict !== "unknown" || missing === undefined ? {} : { missing }), ...(forged === true ? { forged } : {}),
  };
}
