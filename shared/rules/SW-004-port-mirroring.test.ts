import { describe, expect, it } from "vitest";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { Vm } from "../model/kinds/vm";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { sw004 } from "./SW-004-port-mirroring";

const drawing = (sources: string[], destination: string, sensor: Partial<Vm> = {}, kind: VirtualSwitch["kind"] = "distributed"): Drawing =>
  draw().tenant("a").tenant("b").tenant("ops", "provider").hypervisor("hv").vswitch("sw", kind, "hv", { mirrors: { m1: { sources, destination } } })
    .portGroup("pa", "sw", access(10)).portGroup("pi", "sw", access(30)).portGroup("pm", "sw", access(20)).put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pm", services: ["management"] })
    .physicalSwitch("tor").external("lab", { physicalSwitch: "tor", vlan: 99 }).vm("a1", "hv", "pa", { tenant: "a" }).vm("ids", "hv", "pi", sensor);
const toIds = (sensor: Partial<Vm>, sources = ["portgroup:pa"]) => drawing(sources, "vm:ids", sensor).build();

describe("SW-004", () => {
  it.each(["standard", "distributed", "linux-bridge", "open-vswitch", "hyper-v"] as const)("on %s fires for a mirror to another tenant", (kind) => {
    expect(severities(sw004, drawing(["portgroup:pa"], "vm:ids", { tenant: "b" }, kind).build())).toEqual({ "sw/m1": "high" });
  });

  it("fires for a receiver that belongs to nobody, and for one outside", () => {
    expect(run(sw004, toIds({}))[0]?.detail).toContain("ids belongs to nobody");
    expect(run(sw004, drawing(["vm:a1"], "external:lab").build())[0]?.detail).toContain("the copy leaves the virtual switch");
    expect(severities(sw004, drawing(["vm:a1"], "cidr:192.0.2.9/32").build())).toEqual({ "sw/m1": "high" });
  });

  it("fires for management copied to a tenant", () => {
    expect(severities(sw004, toIds({ tenant: "a" }, ["management"]))).toEqual({ "sw/m1": "high" });
  });

  it("leaves a tenant's own mirror and the operator's monitor alone, and what has no owner", () => {
    expect(run(sw004, toIds({ tenant: "a" }))).toEqual([]);
    expect(run(sw004, toIds({ role: "infrastructure" }))).toEqual([]);
    expect(run(sw004, toIds({ role: "infrastructure", tenant: "ops" }))).toEqual([]);
    expect(severities(sw004, toIds({ role: "infrastructure", tenant: "b" }))).toEqual({ "sw/m1": "high" });
    expect(run(sw004, drawing(["vm:ids"], "vm:a1").build())).toEqual([]);
  });

  it("closes without the mirror", () => {
    expect(closingFixes(sw004, toIds({ tenant: "b" }))).toEqual({ "sw/m1": ["Delete mirror m1 of sw"] });
    const listening = drawing(["portgroup:pa"], "vm:ids", { tenant: "b" }).portGroup("pi", "sw", access(30), { security: { promiscuous: "accept" } });
    expect(closingFixes(sw004, listening.build())).toEqual({ "sw/m1": ["Delete mirror m1 of sw", "Delete mirror m1 of sw, and let its destination overhear nothing"] });
  });
});
