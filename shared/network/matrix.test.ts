import { describe, expect, it } from "vitest";
import { networkOf, nic, router, rule, twoTenants } from "./fixtures/two-tenants";
import fc from "fast-check";
import { randomDocument } from "./fixtures/random-document";
import { compileNetwork, matrixCells, matrixOf } from "./network";

const drawing = () => twoTenants().vm("a2", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" }).vm("loose", "h1", nic("p30", "10.3.0.10/24"))
  .put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b"), rule("allow tcp/22 vm:a2 > vm:b")]))
  .portGroup("p10", "vsw-1", { mode: "access", id: 10 }, { spoofGuard: true });

describe("the matrix", () => {
  it("by VM lists every party and only pairs between which anything passes", () => {
    const matrix = matrixOf(networkOf(drawing()), "vm");
    expect(matrix.rows).toEqual(["a", "a2", "b", "loose"]);
    expect(matrix.pairs.map(({ from, to, services, verdict }) => `${from} ${to} ${services.join("+")} ${verdict}`))
      .toEqual(["a a2 any permitted", "a b tcp/443 violating", "a2 a any permitted", "a2 b tcp/22 violating"]);
  });

  it("by tenant joins the pairs of members", () => {
    const matrix = matrixOf(networkOf(drawing()), "tenant");
    expect(matrix).toEqual({
      by: "tenant", assume: "hostile", rows: ["ta", "tb"],
      pairs: [{ from: "ta", to: "tb", layer: 3, services: ["tcp/22", "tcp/443"], oneWay: [], verdict: "violating" }],
    });
  });

  it("by port group takes VMs with several vNICs apart, and shows what passes inside a group", () => {
    const dual = drawing().vm("c", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p30" } }, { tenant: "ta" });
    const pairs = matrixOf(networkOf(dual), "portgroup").pairs.map(({ from, to, layer, verdict }) => `${from} ${to} ${layer} ${verdict}`);
    expect(pairs).toContain("p10 p10 2 permitted");
    expect(pairs).toContain("p30 p30 2 unknown");
    expect(matrixOf(networkOf(dual), "portgroup").rows).toEqual(["p10", "p20", "p30"]);
  });

  it("prints fields in their order, the same every time", () => {
    const text = JSON.stringify(matrixOf(networkOf(drawing()), "vm"));
    expect(text).toBe(JSON.stringify(matrixOf(networkOf(drawing()), "vm")));
    expect(text).toContain('{"from":"a","to":"a2","layer":2,"frames":"both","services":["any"],"oneWay":[],"verdict":"permitted"}');
  });
});

it("is the same cell by cell, and by port group the union of the pairs of ends", () => {
  const documents = fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true }));
  fc.assert(fc.property(documents, fc.constantFrom("hostile" as const, "configured" as const), (topology, assume) => {
    const network = compileNetwork(topology, { assume, today: "2026-11-23" });
    for (const by of ["vm", "tenant", "portgroup"] as const) {
      const { rows, pairs } = matrixOf(network, by);
      expect([...matrixCells(network, by, rows, rows)]).toEqual(pairs);
    }
  }), { numRuns: 60 });
}, 120_000);
