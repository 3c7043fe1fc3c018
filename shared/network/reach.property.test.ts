import fc from "fast-check";
import { expect, it } from "vitest";
import { hasService } from "./propagation";
import { PacketWalker, SAMPLES } from "./fixtures/packet-walker";
import { Choices, randomNetwork } from "./fixtures/random-network";
import { compileNetwork } from "./network";

const RUNS = Number(process.env["REACH_RUNS"] ?? 150);
const numbers = fc.array(fc.nat(999), { minLength: 60, maxLength: 400 });

it("gives what single packets do, walked path by path", () => {
  fc.assert(fc.property(numbers, (list) => {
    const topology = randomNetwork(new Choices(list), { absent: false });
    const network = compileNetwork(topology, { assume: "hostile", today: "2026-11-23" });
    const walker = new PacketWalker(topology, network.layer2, { worst: false, forged: true });
    for (const { id: from } of network.parties) {
      for (const { id: to } of network.parties) {
        if (from === to) continue;
        const pair = network.pair(from, to);
        for (const service of SAMPLES) {
          const { delivered, answered } = walker.reach(from, to, service);
          const mine = { delivered: hasService(pair.services, service) || hasService(pair.oneWay, service), answered: hasService(pair.services, service) };
          expect({ from, to, service, ...mine }).toEqual({ from, to, service, delivered, answered });
        }
      }
    }
  }), { numRuns: RUNS });
}, 600_000);
