import fc from "fast-check";
import { expect, it } from "vitest";
import type { Verdict } from "../analysis/result";
import { randomDocument } from "./fixtures/random-document";
import { compileNetwork, matrixOf } from "./network";
import { addSums, NOTHING } from "./sums";

const documents = fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true }));

it("are the union of the pairs of the tenants' VMs", () => {
  fc.assert(fc.property(documents, fc.constantFrom("hostile" as const, "configured" as const), (topology, assume) => {
    const network = compileNetwork(topology, { assume, today: "2026-11-23" });
    const tenants = Object.keys(topology.tenants ?? {});
    const counts: Record<Verdict, number> = { isolated: 0, permitted: 0, violating: 0, unknown: 0 };
    for (const from of tenants) {
      for (const to of tenants) {
        if (from === to) continue;
        const pairs = network.pairs.filter((pair) => network.party(pair.from)?.tenant === from && network.party(pair.to)?.tenant === to);
        const sum = pairs.reduce(addSums, NOTHING);
        expect({ from, to, ...network.tenantSum(from, to) }).toEqual({ from, to, ...sum });
        const missing = new Set(pairs.flatMap((pair) => pair.missing ?? []).filter((path) => !path.endsWith(".tenant")));
        expect({ from, to, missing: network.tenantMissing(from, to) }).toEqual({ from, to, missing: [...missing].sort() });
        counts[sum.verdict] += 1;
      }
    }
    expect(network.countTenantPairs()).toEqual(counts);
    expect(matrixOf(network, "tenant").rows).toEqual([...tenants].sort());
  }), { numRuns: 60 });
}, 120_000);
