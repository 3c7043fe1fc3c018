/** Semantics, section 3: private VLANs, as classes of ports within a domain. */
import { describe, expect, it } from "vitest";
import { access, accessPort, community, draw, guestTrunk, isolated, promiscuous, trunkPort, type Drawing } from "../testing";
import { framesOf, listening, pairsOf } from "./asking";

/** Primary 100; isolated 101, communities 102 and 103. VMs p1, p2, i1, i2, c1, c2, d1 on one host. */
function onOneHost(): Drawing {
  return draw().tenant("ta").tenant("tb").hypervisor("h1").physicalSwitch("tor").vswitch("vds", "distributed", ["h1"])
    .portGroup("prom", "vds", promiscuous(100)).portGroup("iso", "vds", isolated(100, 101)).portGroup("com", "vds", community(100, 102)).portGroup("dom", "vds", community(100, 103))
    .vm("p1", "h1", "prom", { tenant: "ta" }).vm("p2", "h1", "prom", { tenant: "tb" }).vm("i1", "h1", "iso", { tenant: "ta" }).vm("i2", "h1", "iso", { tenant: "tb" })
    .vm("c1", "h1", "com", { tenant: "ta" }).vm("c2", "h1", "com", { tenant: "tb" }).vm("d1", "h1", "dom", { tenant: "ta" });
}

describe("on one switch", () => {
  it("promiscuous ports talk to all of the primary", () => {
    expect(framesOf(onOneHost(), "p1")).toEqual({ c1: "both", c2: "both", d1: "both", i1: "both", i2: "both", p2: "both" });
  });

  it("isolated ports talk to promiscuous ones only", () => {
    expect(framesOf(onOneHost(), "i1")).toEqual({ p1: "both", p2: "both" });
  });

  it("community ports talk to their community and to promiscuous ones", () => {
    expect(framesOf(onOneHost(), "c1")).toEqual({ c2: "both", p1: "both", p2: "both" });
    expect(framesOf(onOneHost(), "d1")).toEqual({ p1: "both", p2: "both" });
  });

  it("is no equivalence relation: i1 and i2 both talk to p1, and not to one another", () => {
    const without = draw().tenant("ta").tenant("tb").hypervisor("h1").vswitch("vds", "distributed", ["h1"]).portGroup("iso", "vds", isolated(100, 101))
      .vm("i1", "h1", "iso", { tenant: "ta" }).vm("i2", "h1", "iso", { tenant: "tb" });
    expect(pairsOf(without, "i1")).toEqual({});
  });

  it("drops tags and tells two primaries apart", () => {
    const two = onOneHost().portGroup("far", "vds", promiscuous(200)).vm("f", "h1", "far", { tenant: "tb" });
    expect(framesOf(two, "f")).toEqual({});
  });

  it("is the same on Hyper-V, which has private VLANs too", () => {
    const hyperv = draw().hypervisor("h1", "hyper-v").vswitch("s", "hyper-v", "h1").portGroup("iso", "s", isolated(100, 101)).portGroup("prom", "s", promiscuous(100))
      .vm("i1", "h1", "iso").vm("i2", "h1", "iso").vm("p1", "h1", "prom");
    expect(framesOf(hyperv, "i1")).toEqual({ p1: "both" });
  });
});

describe.each([[true], [false]])("across hosts, physical switches private-VLAN aware: %s", (privateVlanAware) => {
  const across = (allowed: string): Drawing => listening(onOneHost().put("physicalSwitches", "tor", { privateVlanAware }).hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"]), "tor", 100, 101, 102)
    .uplink("u1", "vds", "h1", "tor", trunkPort("100-103")).uplink("u2", "vds", "h2", "tor", trunkPort(allowed))
    .vm("fp", "h2", "prom", { tenant: "ta" }).vm("fi", "h2", "iso", { tenant: "ta" }).vm("fc", "h2", "com", { tenant: "ta" });

  it("frames keep their primary and secondary ids, and a plain port in a community's id is one of it", () => {
    expect(framesOf(across("100-103"), "fi")).toEqual({ fp: "both", p1: "both", p2: "both", x101: "one" });
    expect(framesOf(across("100-103"), "fc")).toEqual({ c1: "both", c2: "both", fp: "both", p1: "both", p2: "both", x102: "both" });
  });

  it("a plain port in the isolated id hears the isolated machines, and reaches the promiscuous ones", () => {
    expect(framesOf(across("100-103"), "i1")["x101"]).toBe("one");
    expect(framesOf(across("100-103"), "x101")).toEqual({ fp: "one", p1: "one", p2: "one" });
  });

  it("a plain port in the primary's id hears the promiscuous machines, and reaches all", () => {
    expect(framesOf(across("100-103"), "p1")["x100"]).toBe("both");
    expect(framesOf(across("100-103"), "i1")["x100"]).toBeUndefined();
    expect(framesOf(across("100-103"), "x100")).toEqual({ c1: "one", c2: "one", d1: "one", fc: "one", fi: "one", fp: "both", i1: "one", i2: "one", p1: "both", p2: "both" });
  });

  it("a trunk that prunes a secondary cuts one direction", () => {
    expect(framesOf(across("100"), "fi")).toEqual({ fp: "both" });
    expect(framesOf(across("100"), "p1")["fi"]).toBe("one");
    expect(framesOf(across("100"), "i1")["fp"]).toBeUndefined();
  });
});

it("an access uplink in the isolated id is heard untagged by nobody: private ports leave tagged", () => {
  expect(framesOf(listening(onOneHost(), "tor", 101).uplink("u1", "vds", "h1", "tor", accessPort(101)), "i1")).toEqual({ p1: "both", p2: "both" });
});

it("a plain port group of the switch in a private id sends and hears exactly that id", () => {
  const plain = onOneHost().portGroup("plain", "vds", access(101)).vm("x", "h1", "plain", { tenant: "tb" });
  expect(framesOf(plain, "x")).toEqual({ p1: "one", p2: "one" });
  expect(framesOf(plain, "i1")).toEqual({ p1: "both", p2: "both", x: "one" });
});

it("a guest trunk of both ids hears and reaches every private port", () => {
  const trunk = onOneHost().portGroup("t", "vds", guestTrunk("100-103")).vm("x", "h1", "t", { tenant: "tb" });
  expect(framesOf(trunk, "x")).toEqual({ c1: "both", c2: "both", d1: "both", i1: "both", i2: "both", p1: "both", p2: "both" });
});

describe("a router on the promiscuous port", () => {
  const routed = (rules?: { id: string; action: "deny" }[]): Drawing => onOneHost()
    .put("routers", "r", { hypervisor: "h1", interfaces: { in: { portGroup: "prom" } }, ...(rules === undefined ? {} : { rules }) });

  it("hairpins between isolated machines at layer 3", () => {
    expect(pairsOf(routed(), "i1")["i2"]).toBe("3 - any - violating");
  });

  it("does not where its rules deny", () => {
    expect(pairsOf(routed([{ id: "no", action: "deny" }]), "i1")["i2"]).toBeUndefined();
  });
});
