import { describe, expect, it } from "vitest";
import type { PortGroup } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { net010 } from "./NET-010-spoofing-guard";

const segment = (more: Partial<PortGroup> = {}, kind: VirtualSwitch["kind"] = "standard"): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", kind, "hv", kind === "linux-bridge" ? { vlanAware: true } : {}).portGroup("pg", "sw", access(10), more).portGroup("other", "sw", access(10), { spoofGuard: true })
    .vm("a1", "hv", "pg", { tenant: "a" });
const shared = (more: Partial<PortGroup> = {}, kind?: VirtualSwitch["kind"]): Drawing => segment(more, kind).vm("b1", "hv", "other", { tenant: "b" });

describe("NET-010", () => {
  it.each(["standard", "distributed", "linux-bridge", "open-vswitch", "hyper-v"] as const)("on %s fires where two tenants share a segment without guards", (kind) => {
    expect(severities(net010, shared({}, kind).build())).toEqual({ pg: "medium" });
  });

  it.each(["spoofGuard", "dhcpGuard", "raGuard"] as const)("does not fire with %s", (guard) => {
    expect(run(net010, shared({ [guard]: true }).build())).toEqual([]);
    expect(severities(net010, shared({ [guard]: false }).build())).toEqual({ pg: "medium" });
  });

  it("counts virtual gateways and other owners, not a tenant alone or a physical gateway", () => {
    expect(run(net010, segment().vm("a2", "hv", "other", { tenant: "a" }).build())).toEqual([]);
    expect(run(net010, segment().put("firewalls", "fw", { interfaces: { in: { portGroup: "other" } } }).build())).toEqual([]);
    expect(severities(net010, segment().put("firewalls", "fw", { hypervisor: "hv", interfaces: { in: { portGroup: "other" } } }).build())).toEqual({ pg: "medium" });
    expect(severities(net010, segment().vm("gw", "hv", "other", { role: "infrastructure", forwarding: true }).build())).toEqual({ pg: "medium" });
    expect(severities(net010, segment().external("users", { portGroup: "other" }).build())).toEqual({ pg: "medium" });
    expect(severities(net010, segment().put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "other" }).build())).toEqual({ pg: "medium" });
  });

  it("leaves port groups of infrastructure alone", () => {
    expect(run(net010, shared().vm("a1", "hv", "pg", { tenant: "a", role: "infrastructure" }).build())).toEqual([]);
  });

  it("closes with the guards", () => {
    expect(closingFixes(net010, shared().build())).toEqual({ pg: ["Guard addresses, DHCP and router advertisements on pg"] });
  });
});
