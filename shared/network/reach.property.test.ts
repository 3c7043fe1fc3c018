import fc from "fast-check";
import { expect, it } from "vitest";
import { randomDocument } from "./fixtures/random-document";
import { compileNetwork } from "./network";
import type { Network } from "./types";

const RUNS = Number(process.env["REACH_RUNS"] ?? 40);

const documents = fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true }));

function* ordered(network: Network): Generator<[string, string]> {
  for (const { id: from } of network.parties) for (const { id: to } of network.parties) if (from !== to) yield [from, to];
}

it("lists exactly the pairs that have something to say, in order", () => {
  fc.assert(fc.property(documents, fc.constantFrom("hostile" as const, "configured" as const), (topology, assume) => {
    const network = compileNetwork(topology, { assume, today: "2026-11-23" });
    const single = [...ordered(network)].map(([from, to]) => network.pair(from, to))
      .filter(({ services, oneWay, frames, verdict }) => services.length > 0 || oneWay.length > 0 || frames !== undefined || verdict === "unknown");
    expect(network.pairs).toEqual(single);
  }), { numRuns: RUNS * 2 });
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
