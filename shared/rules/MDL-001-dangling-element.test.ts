import { describe, expect, it } from "vitest";
import { access, draw, overlay, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl001 } from "./MDL-001-dangling-element";

const base = (): Drawing => draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10)).physicalSwitch("tor");

describe("MDL-001", () => {
  it("finds nothing where everything is connected", () => {
    expect(run(mdl001, base().vm("a1", "hv", "pg", { tenant: "a" }).external("net", { physicalSwitch: "tor", vlan: 20 }).put("routers", "r", { interfaces: { x: { portGroup: "pg" } } }).build())).toEqual([]);
  });

  it("finds a connected vNIC without a port group, info at a template", () => {
    const drawing = base().vm("a1", "hv", { eth0: {}, eth1: { connected: false } }, { tenant: "a" }).vm("gold", "hv", { eth0: {} }, { role: "template" });
    expect(severities(mdl001, drawing.build())).toEqual({ "a1/eth0": "medium", "gold/eth0": "info" });
    expect(run(mdl001, drawing.build())[0]?.subjects).toEqual(["a1"]);
  });

  it("finds a workload without a tenant, and offers its neighbours' first", () => {
    const drawing = base().tenant("z").vm("z1", "hv", "pg", { tenant: "z" }).vm("x1", "hv", "pg").vm("vc", "hv", "pg", { role: "infrastructure" });
    expect(severities(mdl001, drawing.build())).toEqual({ x1: "medium" });
    expect(closingFixes(mdl001, drawing.build())).toEqual({ x1: ["x1 belongs to z", "x1 belongs to a", "x1 is infrastructure"] });
  });

  it("finds interfaces that are plugged into nothing, and the device that has no others", () => {
    const drawing = base().put("firewalls", "fw", { interfaces: { a: { portGroup: "pg" }, b: { physicalSwitch: "tor", vlan: 5 }, c: {} } })
      .put("firewalls", "stub", { interfaces: { a: { portGroup: "pg" } } }).put("routers", "r", {});
    expect(severities(mdl001, drawing.build())).toEqual({ r: "medium", "fw/c": "medium", stub: "medium" });
  });

  it("finds an external network attached to nothing and a distributed firewall without a scope", () => {
    const drawing = base().put("externalNetworks", "net", {}).put("distributedFirewalls", "none", { virtualSwitches: [] }).put("distributedFirewalls", "all", {});
    expect(severities(mdl001, drawing.build())).toEqual({ none: "medium", net: "medium" });
    expect(closingFixes(mdl001, drawing.build())).toEqual({ none: ["Let none filter every switch"], net: ["Remove net"] });
  });

  it("finds a member of a distributed switch that is cut off from its peers", () => {
    const spread = (vlan: ReturnType<typeof access>): Drawing => draw().tenant("a").hypervisor("h1").hypervisor("h2").physicalSwitch("tor").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("pg", "vds", vlan)
      .uplink("up1", "vds", "h1", "tor", trunkPort("10")).vm("a1", "h1", "pg", { tenant: "a" }).vm("a2", "h2", "pg", { tenant: "a" });
    expect(run(mdl001, spread(access(10)).build())[0]?.subjects).toEqual(["vds", "h2"]);
    expect(closingFixes(mdl001, spread(access(10)).build())).toEqual({ vds: ["Give it an uplink like that of the other members"] });
    expect(run(mdl001, spread(overlay(5001)).build())).toEqual([]);
  });

  it("finds a host's switch without an uplink whose network goes on elsewhere", () => {
    const hosts = (vlan: number, tenant: string, uplink = true): Drawing => {
      const drawing = draw().tenant("a").tenant("b").hypervisor("h1").hypervisor("h2").physicalSwitch("tor").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
        .portGroup("p1", "s1", access(10)).portGroup("p2", "s2", access(vlan)).vm("a1", "h1", "p1", { tenant: "a" }).vm("x2", "h2", "p2", { tenant });
      return uplink ? drawing.uplink("up2", "s2", "h2", "tor", trunkPort("10")) : drawing;
    };
    expect(severities(mdl001, hosts(10, "a").build())).toEqual({ s1: "medium" });
    expect(closingFixes(mdl001, hosts(10, "a").build())).toEqual({ s1: ["Give it an uplink like that of the other members"] });
    for (const apart of [hosts(10, "b"), hosts(20, "a"), hosts(10, "a", false)]) expect(run(mdl001, apart.build())).toEqual([]);
  });

  it("takes a switch without uplinks for a legal design", () => {
    expect(run(mdl001, base().vm("a1", "hv", "pg", { tenant: "a" }).build())).toEqual([]);
  });

  it("offers fixes that close it", () => {
    expect(closingFixes(mdl001, base().vm("a1", "hv", { eth0: {} }, { tenant: "a" }).build())).toEqual({ "a1/eth0": ["Mark eth0 of a1 as disconnected", "Remove eth0 of a1"] });
    expect(closingFixes(mdl001, base().put("routers", "r", {}).build())).toEqual({ r: ["Remove r"] });
  });
});
