import { expect, it } from "vitest";
import { documentHash } from "../shared/analysis/findings-json";
import { FORMAT, type Topology } from "../shared/model/topology";
import { nativeDigest } from "./digest";

it("is the hash that the window computes too, also over many parts and outside ASCII", () => {
  const vms = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`vm-${index}`, { name: `é😀 ${index}`, hypervisor: "e" }]));
  const topology: Topology = { format: FORMAT, name: "\ud800 x", vms };
  expect(documentHash(topology, nativeDigest)).toBe(documentHash(topology));
});
