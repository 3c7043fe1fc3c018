import fc from "fast-check";
import { expect, it } from "vitest";
import { NO_SERVICES, unionServices } from "../model/services";
import { randomDocument } from "./fixtures/random-document";
import { compileNetwork } from "./network";
import type { Network } from "./compiled-network";
import type { Breach, Pair } from "./types";

const documents = fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true }));
const tenantOf = (network: Network, id: string): string | undefined => network.party(id)?.tenant;

it("are what the list of all pairs has", () => {
  fc.assert(fc.property(documents, fc.constantFrom("hostile" as const, "configured" as const), (topology, assume) => {
    const network = compileNetwork(topology, { assume, today: "2026-11-23" });
    const violating = network.pairs.filter((pair) => pair.verdict === "violating");
    const found = new Map([...network.eachBreach()].map((breach) => [`${breach.from}>${breach.to}`, breach]));
    const tenants = Object.keys(topology.tenants ?? {});
    for (const from of tenants) {
      for (const to of tenants) {
        const pairs = from === to ? [] : violating.filter((pair) => tenantOf(network, pair.from) === from && tenantOf(network, pair.to) === to);
        if (from !== to) expect(network.violations(from, to)).toEqual(pairs);
        expect(found.get(`${from}>${to}`)).toEqual(pairs.length === 0 ? undefined : breachOf(from, to, pairs));
      }
    }
    const isManagement = ({ to }: Pair): boolean => ["managementInterface", "bmc"].includes(network.party(to)?.kind ?? "");
    expect(network.managementConcerns).toEqual(network.pairs.filter((pair) => ["violating", "unknown"].includes(pair.verdict) && isManagement(pair)));
    expect([...network.missingFields].sort()).toEqual([...new Set(network.pairs.flatMap(({ verdict, missing = [] }) => (verdict === "unknown" ? missing : [])))].sort());
  }), { numRuns: 60 });
}, 120_000);

function breachOf(from: string, to: string, pairs: readonly Pair[]): Breach {
  const routed = pairs.filter(({ frames }) => frames !== "both");
  if (routed.length === 0) return { from, to };
  const union = (of: readonly Pair[]): Pair["beyond"] => of.reduce((set, { beyond }) => unionServices(set, beyond), NO_SERVICES);
  return { from, to, routed: { beyond: union(routed), answered: union(routed.filter(({ services }) => services.length > 0)), forged: routed.some(({ forged }) => forged === true) } };
}
