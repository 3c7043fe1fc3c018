import { describe, expect, it } from "vitest";
import type { PortGroup } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { access, accessPort, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { sw003 } from "./SW-003-forged-transmits";

function on(kind: VirtualSwitch["kind"], more: Partial<PortGroup> = {}): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", kind, "hv").portGroup("pg", "sw", access(10), more).vm("a1", "hv", "pg", { tenant: "a" });
}

describe("SW-003", () => {
  it.each([["standard", 1], ["distributed", 0], ["hyper-v", 0], ["linux-bridge", 1], ["open-vswitch", 1]] as const)("on a %s switch that says nothing fires %d times", (kind, count) => {
    expect(run(sw003, on(kind).build())).toHaveLength(count);
  });

  it.each(["standard", "distributed", "hyper-v", "linux-bridge", "open-vswitch"] as const)("fires on a %s switch that accepts and not on one that rejects", (kind) => {
    expect(severities(sw003, on(kind, { security: { forgedTransmits: "accept" } }).build())).toEqual({ pg: "medium" });
    expect(run(sw003, on(kind, { security: { forgedTransmits: "reject" } }).build())).toEqual([]);
    expect(run(sw003, on(kind, { security: { forgedTransmits: "accept" }, spoofGuard: true }).build())).toEqual([]);
  });

  it("is high where the segment holds another tenant, on whatever switch it is", () => {
    const near = on("standard").vm("b1", "hv", "pg", { tenant: "b" });
    expect(severities(sw003, near.build())).toEqual({ pg: "high" });
    const far = on("standard").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10"))
      .hypervisor("hv2").vswitch("sw2", "distributed", "hv2").portGroup("pg2", "sw2", access(10)).uplink("up2", "sw2", "hv2", "tor", trunkPort("10")).vm("b1", "hv2", "pg2", { tenant: "b" });
    expect(severities(sw003, far.build())).toEqual({ pg: "high" });
    expect(run(sw003, far.build())[0]?.detail).toContain("another tenant: b");
  });

  it("is high where the segment holds a gateway", () => {
    const physical = on("standard").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", accessPort(10)).put("routers", "r", { interfaces: { a: { physicalSwitch: "tor", vlan: 10 } } });
    expect(severities(sw003, physical.build())).toEqual({ pg: "medium" });
    const inside = on("standard").put("routers", "r", { interfaces: { a: { portGroup: "pg" } } });
    expect(severities(sw003, inside.build())).toEqual({ pg: "high" });
    const virtual = on("standard").vm("edge", "hv", "pg", { role: "infrastructure", forwarding: true });
    expect(severities(sw003, virtual.build())).toEqual({ pg: "high" });
    expect(run(sw003, virtual.build())[0]?.subjects).toEqual(["pg", "a1"]);
  });

  it("offers fixes that close it", () => {
    expect(closingFixes(sw003, on("open-vswitch").build()).pg).toHaveLength(3);
    expect(closingFixes(sw003, on("hyper-v", { security: { forgedTransmits: "accept" } }).build())).toEqual({ pg: ["Reject forged transmits on port group pg"] });
  });
});
