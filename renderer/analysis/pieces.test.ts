import { expect, it } from "vitest";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { Assembly, piecesOf } from "./pieces";

const vms = Object.fromEntries(Array.from({ length: 1_203 }, (_, index) => [`vm-${index}`, { name: `${index}`, hypervisor: "e" }]));
const topology: Topology = { format: FORMAT, name: "large", tenants: {}, vms, policy: { allow: [{ id: "p" }] }, layout: { e: { x: 1, y: 2 } } };

it("are the document again, in the same order, once they are put together", () => {
  const assembly = new Assembly();
  for (const piece of piecesOf(topology)) assembly.add(structuredClone(piece));
  expect(JSON.stringify(assembly.topology)).toBe(JSON.stringify(topology));
});

it("hold no more than some hundreds of records each", () => {
  const sizes = [...piecesOf(topology)].map(({ key, json }) => [key, Object.keys(JSON.parse(json) as object).length]);
  expect(sizes.filter(([key]) => key === "vms")).toEqual([["vms", 500], ["vms", 500], ["vms", 203]]);
  expect(sizes.filter(([key]) => key === "tenants")).toEqual([["tenants", 0]]);
});
