import { describe, expect, it } from "vitest";
import type { Matrix, MatrixPair } from "../../shared/analysis/result";
import type { Topology } from "../../shared/model/topology";
import { cellKey, countVerdicts, gridOf, verdictOf } from "./grid";

const topology = {
  format: "bulkhead/1", name: "x",
  tenants: { b: { name: "Blue" }, a: { name: "Amber" }, idle: { name: "Idle" } },
  vms: { "a-1": { tenant: "a" }, "a-2": { tenant: "a" }, "b-1": { tenant: "b" }, loose: {} },
  managementInterfaces: { vmk0: { hypervisor: "esx", portGroup: "mgmt" } },
  externalNetworks: { internet: { name: "Internet" } },
} as unknown as Topology;

const pair = (from: string, to: string, more: Partial<MatrixPair> = {}): MatrixPair => ({ from, to, layer: 3, services: [], oneWay: [], verdict: "permitted", ...more });

const byVm: Matrix = {
  by: "vm", assume: "hostile", rows: ["a-1", "a-2", "b-1", "internet", "loose", "vmk0"],
  pairs: [
    pair("a-1", "a-2", { layer: 2, services: ["any"] }),
    pair("a-1", "b-1", { services: ["tcp/443"], oneWay: ["udp/53"] }),
    pair("a-2", "b-1", { layer: 2, frames: "one", services: ["udp/53"], verdict: "violating" }),
    pair("b-1", "vmk0", { verdict: "unknown", missing: ["$.vms.b-1.nics"] }),
  ],
};

describe("the grid by tenant", () => {
  const grid = gridOf(topology, "tenant", byVm);

  it("has tenants by name, then workloads without one, management and external networks", () => {
    expect(grid.rows.map(({ name }) => name)).toEqual(["Amber", "Blue", "Idle", "No tenant", "Management", "Internet"]);
    expect(grid.rows.map(({ selector }) => selector)).toEqual(["tenant:a", "tenant:b", "tenant:idle", undefined, "management", "internet"]);
  });

  it("sums the pairs of VMs up: worst verdict, lowest layer, union of services, one way only what nothing answers", () => {
    expect(grid.cells.get(cellKey("a", "b"))).toEqual({ from: "a", to: "b", layer: 2, frames: "one", services: ["tcp/443", "udp/53"], oneWay: [], verdict: "violating" });
    expect(grid.members("a", "b").map(({ from }) => from)).toEqual(["a-1", "a-2"]);
    expect(grid.members("b", "a")).toEqual([]);
  });

  it("takes unlisted pairs as isolated, does not compare a tenant with itself, and keeps missing fields", () => {
    const management = grid.rows[4]?.id ?? "";
    expect(verdictOf(grid, "b", "a")).toBe("isolated");
    expect(verdictOf(grid, "a", "a")).toBeUndefined();
    expect(verdictOf(grid, "b", management)).toBe("unknown");
    expect(grid.cells.get(cellKey("b", management))?.missing).toEqual(["$.vms.b-1.nics"]);
  });

  it("counts ordered pairs", () => {
    expect(countVerdicts(grid)).toEqual({ isolated: 28, permitted: 0, violating: 1, unknown: 1 });
  });

  it("shows tenants alone while only the matrix by tenant is there", () => {
    const coarse = gridOf(topology, "tenant", { by: "tenant", assume: "hostile", rows: ["a", "b", "idle"], pairs: [pair("a", "b", { verdict: "violating" })] });
    expect(coarse.rows.map(({ id }) => id)).toEqual(["a", "b", "idle"]);
    expect(verdictOf(coarse, "a", "b")).toBe("violating");
  });
});

describe("the grid at other grains", () => {
  it("orders what is numbered by number", () => {
    const numbered = { ...topology, tenants: { t1: { name: "t1" }, t10: { name: "t10" }, t2: { name: "t2" } }, vms: { "t2-10": { tenant: "t2" }, "t2-9": { tenant: "t2" }, "t10-1": { tenant: "t10" } } } as unknown as Topology;
    expect(gridOf(numbered, "tenant", { by: "tenant", assume: "hostile", rows: ["t1", "t10", "t2"], pairs: [] }).rows.map(({ name }) => name)).toEqual(["t1", "t2", "t10"]);
    expect(gridOf(numbered, "vm", { by: "vm", assume: "hostile", rows: ["t10-1", "t2-10", "t2-9"], pairs: [] }).rows.map(({ name }) => name)).toEqual(["t2-9", "t2-10", "t10-1"]);
  });

  it("orders VMs by tenant, so that what belongs together is side by side", () => {
    expect(gridOf(topology, "vm", byVm).rows.map(({ id }) => id)).toEqual(["a-1", "a-2", "b-1", "loose", "vmk0", "internet"]);
  });

  it("compares a port group with itself where two members reach one another", () => {
    const grid = gridOf(topology, "portgroup", { by: "portgroup", assume: "hostile", rows: ["p", "q"], pairs: [pair("p", "p")] });
    expect(verdictOf(grid, "p", "p")).toBe("permitted");
    expect(verdictOf(grid, "q", "q")).toBeUndefined();
    expect(countVerdicts(grid)).toEqual({ isolated: 2, permitted: 0, violating: 0, unknown: 0 });
  });

  it("is not misled by ids that every object has", () => {
    const odd = { ...topology, vms: { constructor: { tenant: "a" }, "b-1": { tenant: "b" } } } as unknown as Topology;
    const grid = gridOf(odd, "vm", { by: "vm", assume: "hostile", rows: ["b-1", "constructor", "toString"], pairs: [] });
    expect(grid.rows.map(({ name }) => name)).toEqual(["constructor", "b-1", "toString"]);
  });
});
