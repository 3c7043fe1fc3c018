/** Semantics, section 3: VLANs over uplinks, trunks and teams. Layer 2 is directed. */
import { describe, expect, it } from "vitest";
import { access, accessPort, draw, guestTrunk, overlay, trunkPort, untagged, type Drawing } from "../testing";
import { cabled, framesOf, listening, oneSwitch, pairsOf } from "./asking";

const twoHosts = (): Drawing => oneSwitch().hypervisor("h2").vswitch("s2", "standard", "h2").portGroup("p", "s1", access(10)).portGroup("q", "s2", access(10))
  .vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h2", "q", { tenant: "tb" });

describe("a VLAN", () => {
  it("crosses uplinks and trunks that allow it, all the way", () => {
    const far = (middle: string) => twoHosts().physicalSwitch("core").uplink("u1", "s1", "h1", "tor", trunkPort("10")).uplink("u2", "s2", "h2", "core", trunkPort("10"))
      .trunk("t", "tor", trunkPort("10,20"), "core", trunkPort(middle));
    expect(pairsOf(far("10-19"), "a")).toEqual({ b: "2 both any - violating" });
    expect(pairsOf(far("11-19"), "a")).toEqual({});
  });

  it("is two domains on two switches that nothing joins", () => {
    expect(pairsOf(twoHosts(), "a")).toEqual({});
    expect(pairsOf(twoHosts().physicalSwitch("other").uplink("u1", "s1", "h1", "tor", trunkPort("10")).uplink("u2", "s2", "h2", "other", trunkPort("10")), "a")).toEqual({});
  });

  it("needs no allowed list at the virtual side of an uplink", () => {
    expect(framesOf(cabled("standard", {}, trunkPort("all")).portGroup("p", "s1", access(20)).vm("a", "h1", "p"), "a")).toEqual({ x20: "both" });
  });

  it("of one switch joins its port groups, whatever their names and numbers of uplinks", () => {
    const same = oneSwitch().portGroup("p", "s1", access(10)).portGroup("q", "s1", access(10)).vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h1", "q", { tenant: "tb" });
    expect(pairsOf(same, "a")).toEqual({ b: "2 both any - violating" });
  });
});

describe("native VLANs that differ at the two ends of a trunk", () => {
  const network = draw().physicalSwitch("s", "t").trunk("t1", "s", trunkPort("1,20", 1), "t", trunkPort("1,20", 20)).station("s1", "s", 1).station("s20", "s", 20).station("t1x", "t", 1).station("t20", "t", 20);

  it("join the two VLANs both ways", () => {
    expect([framesOf(network, "s1"), framesOf(network, "t20")]).toEqual([{ t20: "both" }, { s1: "both" }]);
  });

  it("take a tagged frame of the far native VLAN, whose answer lands elsewhere: injection, not reach", () => {
    expect(pairsOf(network, "s20")).toEqual({ t20: "2 one - any violating" });
    expect(pairsOf(network, "t1x")).toEqual({ s1: "2 one - any violating" });
  });
});

describe("a physical trunk", () => {
  const joined = (portA: ReturnType<typeof trunkPort>, portB: ReturnType<typeof trunkPort>): Drawing => draw().physicalSwitch("s", "t").trunk("t1", "s", portA, "t", portB).station("a", "s", 1).station("b", "t", 1);

  it("carries its native VLAN only if the list has it", () => {
    expect(framesOf(joined(trunkPort("20", 1), trunkPort("1,20", 1)), "a")).toEqual({});
    expect(framesOf(joined(trunkPort("1,20", 1), trunkPort("1,20", 1)), "a")).toEqual({ b: "both" });
  });

  it("without a native VLAN takes and gives no untagged frame", () => {
    expect(framesOf(joined(trunkPort("1", 1), trunkPort("1")), "a")).toEqual({});
    // Tagged by the end without a native VLAN, taken by the other.
    expect(framesOf(joined(trunkPort("1", 1), trunkPort("1")), "b")).toEqual({ a: "one" });
  });

  it("with tagNative at both ends carries the native VLAN tagged; at one end one way", () => {
    expect(framesOf(joined(trunkPort("1", 1, true), trunkPort("1", 1, true)), "a")).toEqual({ b: "both" });
    expect(framesOf(joined(trunkPort("1", 1, true), trunkPort("1", 1)), "a")).toEqual({ b: "one" });
    expect(framesOf(joined(trunkPort("1", 1, true), trunkPort("1", 1)), "b")).toEqual({});
  });

  it("between an access port and a native VLAN joins the two", () => {
    const mixed = draw().physicalSwitch("s", "t").trunk("t1", "s", accessPort(30), "t", trunkPort("1,40", 40)).station("a", "s", 30).station("b", "t", 40).station("c", "t", 1);
    expect(framesOf(mixed, "a")).toEqual({ b: "both" });
    expect(framesOf(mixed, "c")).toEqual({});
  });

  it("renumbers a VLAN on its way round, so that one VLAN reaches another of the same switch", () => {
    const loop = draw().physicalSwitch("s", "t").trunk("t1", "s", accessPort(10), "t", accessPort(50)).trunk("t2", "s", accessPort(20), "t", accessPort(50)).station("a", "s", 10).station("b", "s", 20);
    expect(framesOf(loop, "a")).toEqual({ b: "both" });
  });
});

describe("no hairpin", () => {
  it("a frame never leaves by the port it came in by", () => {
    const up = oneSwitch().uplink("u1", "s1", "h1", "tor", trunkPort("10", 10)).portGroup("p", "s1", access(10)).portGroup("q", "s1", untagged)
      .vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h1", "q", { tenant: "tb" });
    expect(framesOf(up, "a")).toEqual({});
  });

  it("but comes down by the other uplink of the team", () => {
    const team = oneSwitch("hyper-v").uplink("u1", "s1", "h1", "tor", trunkPort("10", 10)).uplink("u2", "s1", "h1", "tor", accessPort(10)).portGroup("p", "s1", access(10)).portGroup("q", "s1", untagged)
      .vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h1", "q", { tenant: "tb" });
    expect(framesOf(team, "a")).toEqual({ b: "one" });
  });
});

describe("a team", () => {
  const between = (vlan = 10): Drawing => oneSwitch().physicalSwitch("other").uplink("u1", "s1", "h1", "tor", trunkPort("10")).uplink("u2", "s1", "h1", "other", trunkPort("10"))
    .station("x", "tor", 10).station("y", "other", 10).portGroup("p", "s1", access(vlan)).vm("a", "h1", "p", { tenant: "ta" });

  it("forwards nothing from one uplink to another, and is reached by both", () => {
    expect(framesOf(between(), "x")).toEqual({ a: "both" });
    expect(framesOf(between(), "a")).toEqual({ x: "both", y: "both" });
  });

  it("is one on a bridge without VLAN filtering too", () => {
    const bridge = draw().hypervisor("h1").physicalSwitch("tor", "other").vswitch("br", "linux-bridge", "h1").uplink("u1", "br", "h1", "tor", accessPort(10)).uplink("u2", "br", "h1", "other", accessPort(20))
      .station("x", "tor", 10).station("y", "other", 20);
    expect(framesOf(bridge, "x")).toEqual({});
  });

  it("of uplinks on two hypervisors is none: they belong to two instances", () => {
    const vds = draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("p", "vds", access(10))
      .uplink("u1", "vds", "h1", "tor", trunkPort("10")).uplink("u2", "vds", "h2", "tor", trunkPort("10")).vm("a", "h1", "p").vm("b", "h2", "p");
    expect(framesOf(vds, "a")).toEqual({ b: "both" });
  });
});

describe("a distributed switch", () => {
  const vds = (kind: "distributed" | "open-vswitch"): Drawing => draw().tenant("ta").tenant("tb").hypervisor("h1").hypervisor("h2").physicalSwitch("tor").vswitch("vds", kind, ["h1", "h2"]);

  it.each(["distributed", "open-vswitch"] as const)("is one instance per hypervisor, joined only by its uplinks (%s)", (kind) => {
    const network = vds(kind).portGroup("p", "vds", access(10)).vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h2", "p", { tenant: "tb" });
    expect(framesOf(network, "a")).toEqual({});
    expect(framesOf(network.uplink("u1", "vds", "h1", "tor", trunkPort("10")).uplink("u2", "vds", "h2", "tor", trunkPort("all")), "a")).toEqual({ b: "both" });
  });

  it.each(["distributed", "open-vswitch"] as const)("joins all members of an overlay segment, and no VLAN or other VNI to it (%s)", (kind) => {
    const network = vds(kind).portGroup("o", "vds", overlay(5001)).portGroup("other", "vds", overlay(5002)).portGroup("p", "vds", access(10)).portGroup("t", "vds", guestTrunk("all"))
      .vm("a", "h1", "o", { tenant: "ta" }).vm("b", "h2", "o", { tenant: "tb" }).vm("c", "h2", "other", { tenant: "tb" }).vm("d", "h1", "p", { tenant: "tb" }).vm("e", "h1", "t", { tenant: "tb" });
    expect(pairsOf(network.put("tenants", "ta", {}), "a")["b"]).toBe("2 both any - violating");
    expect(framesOf(network, "a")).toEqual({ b: "both" });
  });
});

it("the same VNI on two switches is two segments", () => {
  const two = draw().hypervisor("h").vswitch("v1", "distributed", "h").vswitch("v2", "distributed", "h").portGroup("p", "v1", overlay(1)).portGroup("q", "v2", overlay(1)).vm("a", "h", "p").vm("b", "h", "q");
  expect(framesOf(two, "a")).toEqual({});
});

it("layer 2 is exact where several ways overlap: two-way by one and one-way by another is two-way", () => {
  const network = listening(draw().physicalSwitch("s", "t").trunk("t1", "s", trunkPort("20", 1), "t", trunkPort("20", 20)).trunk("t2", "s", trunkPort("20"), "t", trunkPort("20")), "s", 20).station("y20", "t", 20);
  expect(framesOf(network, "x20")).toEqual({ y20: "both" });
});
