import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Edit } from "../analysis/result";
import { formatTopology } from "./canonical";
import { applyEdits, diffTopologies } from "./edit";
import { anyTopology, SMALL } from "./testing";
import type { Topology } from "./topology";

function changes(...edits: readonly Edit[]): Edit[] {
  return diffTopologies(SMALL, applyEdits(SMALL, edits));
}

const rule = (id: string): { id: string; action: "deny" } => ({ id, action: "deny" });
const withRules = (...ids: readonly string[]): Topology => ({ ...SMALL, distributedFirewalls: { dfw: { name: "dfw", rules: ids.map(rule) } } });

describe("the difference of two documents", () => {
  it("is empty for equal ones, whatever the order of their keys", () => {
    expect(diffTopologies(SMALL, structuredClone(SMALL))).toEqual([]);
    expect(diffTopologies({ ...SMALL, tenants: { b: { name: "B" }, a: { name: "A" } } }, { ...SMALL, tenants: { a: { name: "A" }, b: { name: "B" } } })).toEqual([]);
  });

  it("names the one field that changed", () => {
    expect(changes({ op: "replace", path: "/vms/web/nics/eth0/portGroup", value: "pg-2" })).toEqual([{ op: "replace", path: "/vms/web/nics/eth0/portGroup", value: "pg-2" }]);
  });

  it("adds and removes whole records, in document order", () => {
    expect(changes({ op: "remove", path: "/vms/db" }, { op: "add", path: "/vms/new", value: { name: "n", hypervisor: "hv-1" } }, { op: "remove", path: "/policy" }, { op: "add", path: "/tenants/b", value: { name: "B" } })).toEqual([
      { op: "remove", path: "/policy" },
      { op: "add", path: "/tenants/b", value: { name: "B" } },
      { op: "remove", path: "/vms/db" },
      { op: "add", path: "/vms/new", value: { name: "n", hypervisor: "hv-1" } },
    ]);
  });

  it("replaces VLAN settings of another mode as one thing", () => {
    const vlan = { mode: "trunk", allowed: "10" };
    expect(changes({ op: "replace", path: "/portGroups/pg-1/vlan", value: vlan })).toEqual([{ op: "replace", path: "/portGroups/pg-1/vlan", value: vlan }]);
  });

  it("tells an inserted rule from a changed one", () => {
    expect(diffTopologies(withRules("a", "b", "c"), withRules("a", "x", "b", "c"))).toEqual([{ op: "add", path: "/distributedFirewalls/dfw/rules/1", value: rule("x") }]);
    expect(diffTopologies(withRules("a", "b", "c"), withRules("a", "c"))).toEqual([{ op: "remove", path: "/distributedFirewalls/dfw/rules/1" }]);
  });

  it("survives a hundred thousand rules", () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `r${index}`);
    expect(diffTopologies(withRules(...ids), withRules("new", ...ids))).toHaveLength(1);
  });

  it("turns any document into any other", () => {
    fc.assert(fc.property(anyTopology, anyTopology, (a, b) => {
      expect(formatTopology(applyEdits(a, diffTopologies(a, b)))).toBe(formatTopology(b));
    }), { numRuns: 300 });
  });

  it("aligns any two lists", () => {
    const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });
    fc.assert(fc.property(ids, ids, fc.array(fc.constantFrom("x", "y", "z")), fc.array(fc.constantFrom("x", "y", "z")), (before, after, tags, newTags) => {
      const a: Topology = { ...withRules(...before), tenants: { t: { name: "T", tags } } };
      const b: Topology = { ...withRules(...after), tenants: { t: { name: "T", tags: newTags } } };
      expect(applyEdits(a, diffTopologies(a, b))).toEqual(b);
    }), { numRuns: 300 });
  });
});
