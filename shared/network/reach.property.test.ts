import fc from "fast-check";
import { expect, it } from "vitest";
import type { Assume } from "../analysis/result";
import { compareIds, type Topology } from "../model/topology";
import { Encounters } from "./encounters";
import { gatedDocument } from "./fixtures/gated-document";
import { randomDocument } from "./fixtures/random-document";
import { compileKernel } from "./kernel";
import { compileNetwork } from "./network";
import type { Network } from "./compiled-network";

const RUNS = Number(process.env["REACH_RUNS"] ?? 40);

const documents = fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true }));

function* ordered(network: Network): Generator<[string, string]> {
  for (const { id: from } of network.parties) for (const { id: to } of network.parties) if (from !== to) yield [from, to];
}

function listsExactly(topology: Topology, assume: Assume): void {
  const network = compileNetwork(topology, { assume, today: "2026-11-23" });
  const single = [...ordered(network)].map(([from, to]) => network.pair(from, to))
    .filter(({ services, oneWay, frames, verdict }) => services.length > 0 || oneWay.length > 0 || frames !== undefined || verdict === "unknown");
  expect(network.pairs).toEqual(single);
}

/** Whether a pair that has a rule's two sides is not asked for by itself, because a filter on its way names no such pair. */
function leavesOut(topology: Topology): boolean {
  const { layer2, hosts, ...kernel } = compileKernel(topology, "hostile");
  for (const end of layer2.ends) hosts.of(end);
  const encounters = new Encounters(kernel, hosts.all);
  const filters = [...kernel.guards.all, ...kernel.fabric.forwarders].flatMap(({ filter }) => (filter?.filtering === true ? [filter] : []));
  return filters.some((filter) => filter.rules.some(({ enabled }, index) => {
    const { from, to } = (enabled ? encounters.sidesOf(filter, index) : undefined) ?? { from: [], to: [] };
    return from.some((sender) => to.some((receiver) => receiver !== sender && !encounters.found.slice(0, encounters.of(sender)).includes(receiver)));
  }));
}

it("lists exactly the pairs that have something to say, in order", () => {
  fc.assert(fc.property(documents, fc.constantFrom("hostile" as const, "configured" as const), listsExactly), { numRuns: RUNS * 2 });
}, 600_000);

it("does so where filters pass only what narrow rules name, and pairs that other rules name are not asked for", () => {
  let leaving = 0;
  fc.assert(fc.property(fc.oneof(gatedDocument({ absent: false }), gatedDocument({ absent: true })), (topology) => {
    listsExactly(topology, "hostile");
    if (leavesOut(topology)) leaving += 1;
  }), { numRuns: RUNS * 4 });
  expect(leaving).toBeGreaterThan(RUNS);
}, 600_000);

it("shows a path for whatever reaches, and an obstacle or a missing field for whatever does not", () => {
  fc.assert(fc.property(documents, (topology) => {
    const network = compileNetwork(topology, { assume: "hostile", today: "2026-11-23" });
    for (const [from, to] of ordered(network)) {
      const { services } = network.pair(from, to);
      const trace = network.trace([from], [to]);
      expect({ from, to, reachable: trace.reachable }).toEqual({ from, to, reachable: services.length > 0 });
      if (trace.reachable) expect({ from, to, paths: trace.paths.length > 0 }).toEqual({ from, to, paths: true });
      else if (network.layer2.endsOf(from).length > 0 && network.layer2.endsOf(to).length > 0) expect({ from, to, why: trace.blockedBy.length + (trace.missing?.length ?? 0) > 0 }).toEqual({ from, to, why: true });
    }
  }), { numRuns: RUNS * 2 });
}, 600_000);

it("names as undecided about management those that have an unknown pair there and are not certain to reach it", () => {
  let undecided = 0;
  fc.assert(fc.property(documents, fc.constantFrom("hostile" as const, "configured" as const), (topology, assume) => {
    const network = compileNetwork(topology, { assume, today: "2026-11-23" });
    const senders = network.managementConcerns.filter(({ verdict }) => verdict === "unknown").map(({ from }) => network.party(from));
    const names = senders.flatMap((party) => (party?.kind === "external" ? [party.id] : party?.tenant === undefined ? [] : [party.tenant]));
    const expected = [...new Set(names)].filter((name) => !network.managementExposedTo.includes(name)).sort(compareIds);
    undecided += expected.length;
    expect(network.managementUndecidedFor).toEqual(expected);
  }), { numRuns: RUNS * 2 });
  expect(undecided).toBeGreaterThan(0);
});
