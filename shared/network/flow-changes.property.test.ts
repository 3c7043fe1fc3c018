/** The changes of flows against the difference of the two whole matrices. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Assume, MatrixPair } from "../analysis/result";
import type { Topology } from "../model/topology";
import { randomDocument } from "./fixtures/random-document";
import { FlowChanges } from "./flow-changes";
import { compileNetwork, matrixOf } from "./network";

const COLLECTIONS = ["vms", "portGroups", "uplinks", "firewalls", "routers", "distributedFirewalls", "policy"] as const;

/** One collection, or none, of the first document is that of the second; or all of it is. */
const other = (before: Topology, after: Topology, from: (typeof COLLECTIONS)[number] | "all"): Topology => (from === "all" ? after : { ...before, [from]: after[from] });

/** Pairs of the one matrix that the other has not, as they are printed but for `missing`. */
function without(pairs: readonly MatrixPair[], others: readonly MatrixPair[]): MatrixPair[] {
  const spelled = ({ missing: _, ...pair }: MatrixPair): string => JSON.stringify(pair);
  const known = new Set(others.map(spelled));
  return pairs.filter((pair) => !known.has(spelled(pair)));
}

it("are what one matrix has and the other has not", { timeout: 600_000 }, () => {
  let some = 0;
  fc.assert(fc.property(randomDocument({ absent: true }), randomDocument({ absent: true }), fc.constantFrom(...COLLECTIONS, "all" as const), fc.constantFrom<Assume>("hostile", "configured"), (one, two, from, assume) => {
    const networks = [one, other(one, two, from)].map((topology) => compileNetwork(topology, { assume, today: "2026-11-23" }));
    const [before, after] = networks.map((network) => matrixOf(network, "vm").pairs);
    const [old, now] = networks;
    if (before === undefined || after === undefined || old === undefined || now === undefined) throw new Error("two networks");
    const changes = new FlowChanges(old, now);
    const [added, removed] = [[...changes.added()], [...changes.removed()]];
    expect(added).toEqual(without(after, before));
    expect(removed).toEqual(without(before, after));
    const { outcomes: { gone, ...outcomes }, changed } = changes.counts;
    expect([Object.values(outcomes).reduce((sum, count) => sum + count), gone + changed]).toEqual([added.length, removed.length]);
    expect([...changes.ending("violating")].map((change) => change.after)).toEqual(added.filter(({ verdict }) => verdict === "violating"));
    expect([...changes.ending("gone")]).toHaveLength(gone);
    some += added.length > 0 && removed.length > 0 && changed > 0 ? 1 : 0;
  }), { numRuns: Number(process.env.FLOW_CHANGES_RUNS ?? 160) });
  expect(some).toBeGreaterThan(20);
});
