import fc from "fast-check";
import { expect, it } from "vitest";
import { hasService } from "./propagation";
import { PacketWalker, SAMPLES, TooLong } from "./fixtures/packet-walker";
import { Choices, randomNetwork } from "./fixtures/random-network";
import { compileNetwork } from "./network";
import type { Network } from "./types";

const RUNS = Number(process.env["REACH_RUNS"] ?? 40);

const numbers = fc.array(fc.nat(999), { minLength: 200, maxLength: 500, size: "max" });

function* ordered(network: Network): Generator<[string, string]> {
  for (const { id: from } of network.parties) for (const { id: to } of network.parties) if (from !== to) yield [from, to];
}

/** Leaves out the few networks whose paths are too many to list. */
function unlessTooLong(compare: () => void): void {
  try {
    compare();
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    fc.pre(false);
  }
}

it.each(["hostile", "configured"] as const)("gives what single packets do, walked path by path: %s", (assume) => {
  fc.assert(fc.property(numbers, (list) => {
    const hostile = assume === "hostile";
    const topology = randomNetwork(new Choices(list), { absent: false, bridges: hostile });
    const network = compileNetwork(topology, { assume, today: "2026-11-23" });
    const walker = new PacketWalker(topology, network.layer2, { worst: false, forged: hostile, configured: !hostile });
    unlessTooLong(() => {
      for (const [from, to] of ordered(network)) {
        const pair = network.pair(from, to);
        for (const service of SAMPLES) {
          const mine = { delivered: hasService(pair.services, service) || hasService(pair.oneWay, service), answered: hasService(pair.services, service) };
          expect({ from, to, service, ...mine }).toEqual({ from, to, service, ...walker.reach(from, to, service) });
        }
      }
    });
  }), { numRuns: RUNS });
}, 600_000);

it("calls nothing isolated that passes if absent fields are the worst", () => {
  fc.assert(fc.property(numbers, (list) => {
    const topology = randomNetwork(new Choices(list), { absent: true });
    const network = compileNetwork(topology, { assume: "hostile", today: "2026-11-23" });
    const worst = new PacketWalker(topology, network.layer2, { worst: true, forged: true });
    unlessTooLong(() => {
      for (const [from, to] of ordered(network)) {
        const { verdict, missing = [] } = network.pair(from, to);
        if (verdict === "isolated") for (const service of SAMPLES) expect({ from, to, service, ...worst.reach(from, to, service) }).toMatchObject({ delivered: false });
        expect({ from, to, verdict, missing: missing.length > 0 }).toEqual({ from, to, verdict, missing: verdict === "unknown" });
      }
    });
  }), { numRuns: RUNS });
}, 600_000);

it("lists exactly the pairs that have something to say, in order", () => {
  fc.assert(fc.property(numbers, fc.boolean(), fc.constantFrom("hostile" as const, "configured" as const), (list, absent, assume) => {
    const network = compileNetwork(randomNetwork(new Choices(list), { absent }), { assume, today: "2026-11-23" });
    const single = [...ordered(network)].map(([from, to]) => network.pair(from, to))
      .filter(({ services, oneWay, frames, verdict }) => services.length > 0 || oneWay.length > 0 || frames !== undefined || verdict === "unknown");
    expect(network.pairs).toEqual(single);
  }), { numRuns: RUNS * 2 });
}, 600_000);

it("shows a path for whatever reaches, and an obstacle or a missing field for whatever does not", () => {
  fc.assert(fc.property(numbers, fc.boolean(), (list, absent) => {
    const network = compileNetwork(randomNetwork(new Choices(list), { absent }), { assume: "hostile", today: "2026-11-23" });
    for (const [from, to] of ordered(network)) {
      const { services } = network.pair(from, to);
      const trace = network.trace([from], [to]);
      expect({ from, to, reachable: trace.reachable }).toEqual({ from, to, reachable: services.length > 0 });
      if (trace.reachable) expect({ from, to, paths: trace.paths.length > 0 }).toEqual({ from, to, paths: true });
      else if (network.layer2.endsOf(from).length > 0 && network.layer2.endsOf(to).length > 0) expect({ from, to, why: trace.blockedBy.length + (trace.missing?.length ?? 0) > 0 }).toEqual({ from, to, why: true });
    }
  }), { numRuns: RUNS * 2 });
}, 600_000);
