import { describe, expect, it } from "vitest";
import { draw } from "../network/testing";
import { radiusOf, totalsOf } from "./radius";

const topology = draw().tenant("ta").tenant("tb").hypervisor("h1").put("datastores", "san", {})
  .vm("a1", "h1", {}, { tenant: "ta" }).vm("a2", "h1", {}, { tenant: "ta" }).vm("b1", "h1", {}, { tenant: "tb" }).vm("b2", "h1", {}, { tenant: "tb" }).vm("x", "h1", {}).vm("t", "h1", {}, { tenant: "tb", role: "template" }).build();

describe("the blast radius", () => {
  it("is told by tenant, with how many VMs of each, and by what else it is", () => {
    expect(radiusOf(topology, ["vm:b1", "hypervisor:h1", "datastore:san", "management:h1-vmk0", "vm:x"], ["a1"])).toEqual({
      tenants: [{ id: undefined, reached: 1, of: 1 }, { id: "tb", reached: 1, of: 2 }], hypervisors: ["h1"], management: ["h1-vmk0"], datastores: ["san"],
    });
  });

  it("counts the attacker's own tenant only by the VMs that are not in hand already", () => {
    expect(radiusOf(topology, ["vm:a2"], ["a1"]).tenants).toEqual([{ id: "ta", reached: 1, of: 1 }]);
    expect(totalsOf(topology, ["a1"])).toEqual({ tenants: 3, hypervisors: 1, datastores: 1, management: 0 });
    expect(totalsOf(topology, ["a1", "a2"]).tenants).toBe(2);
  });
});
