import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { compileLayer2 } from "./layer2";
import { access, accessPort, community, draw, guestTrunk, isolated, overlay, promiscuous, trunkPort, untagged, type Drawing } from "./testing";

/** Owners of the ends that hear `from`, in order of id. */
function heardFrom(network: Topology | Drawing, from: string): string[] {
  const layer2 = compileLayer2("build" in network ? network.build() : network);
  const [sender] = layer2.endsOf(from);
  if (sender === undefined) throw new Error(`no end ${from}`);
  return layer2.ends.filter((end) => layer2.hears(sender, end)).map((end) => end.owner);
}

const host = (kind: "standard" | "hyper-v" | "open-vswitch" | "linux-bridge" = "standard", more = {}): Drawing =>
  draw().hypervisor("h1").vswitch("s1", kind, "h1", more).physicalSwitch("tor");
const twoHosts = (): Drawing => host().hypervisor("h2").vswitch("s2", "standard", "h2");
const stations = (drawing: Drawing, ...vlans: number[]): Drawing => {
  for (const vlan of vlans) drawing.station(`x${vlan}`, "tor", vlan);
  return drawing;
};

describe("a VLAN over uplinks", () => {
  const network = stations(twoHosts(), 10, 20)
    .uplink("u1", "s1", "h1", "tor", trunkPort("10,20", 1)).uplink("u2", "s2", "h2", "tor", trunkPort("10", 1))
    .portGroup("p10", "s1", access(10)).portGroup("p20", "s1", access(20)).portGroup("q10", "s2", access(10)).portGroup("q20", "s2", access(20))
    .vm("a", "h1", "p10").vm("b", "h1", "p20").vm("c", "h2", "q10").vm("d", "h2", "q20").build();

  it("joins the ends of both hosts and of the physical switch", () => {
    expect(heardFrom(network, "a")).toEqual(["c", "x10"]);
    expect(heardFrom(network, "x10")).toEqual(["a", "c"]);
  });

  it("crosses only where every port on the way allows it", () => {
    expect(heardFrom(network, "b")).toEqual(["x20"]);
    expect(heardFrom(network, "d")).toEqual([]);
  });
});

it("the same VLAN number on two switches that nothing joins is two domains", () => {
  const network = twoHosts().portGroup("p", "s1", access(10)).portGroup("q", "s2", access(10)).vm("a", "h1", "p").vm("b", "h2", "q").vm("c", "h1", "p");
  expect(heardFrom(network, "a")).toEqual(["c"]);
});

describe("untagged frames", () => {
  it("leave by the uplink and join the physical port's access VLAN", () => {
    const network = stations(host(), 10).uplink("u", "s1", "h1", "tor", accessPort(10)).portGroup("p", "s1", untagged).vm("a", "h1", "p");
    expect(heardFrom(network, "a")).toEqual(["x10"]);
    expect(heardFrom(network, "x10")).toEqual(["a"]);
  });

  it("join the physical port's native VLAN", () => {
    const network = stations(host("hyper-v"), 1, 10).uplink("u", "s1", "h1", "tor", trunkPort("1,10", 1)).portGroup("p", "s1", untagged).vm("a", "h1", "p");
    expect(heardFrom(network, "a")).toEqual(["x1"]);
  });

  it("go nowhere where the physical port has no native VLAN", () => {
    const network = stations(host("hyper-v"), 1).uplink("u", "s1", "h1", "tor", trunkPort("1")).portGroup("p", "s1", untagged).vm("a", "h1", "p");
    expect(heardFrom(network, "a")).toEqual([]);
  });
});

it("an access port drops the tagged frames of a virtual switch", () => {
  const network = stations(host(), 10).uplink("u", "s1", "h1", "tor", accessPort(10)).portGroup("p", "s1", access(10)).vm("a", "h1", "p");
  expect(heardFrom(network, "a")).toEqual([]);
  expect(heardFrom(network, "x10")).toEqual([]);
});

describe("external switch tagging (untagged on VMware)", () => {
  const network = stations(host(), 1, 10, 20).uplink("u", "s1", "h1", "tor", trunkPort("1,10", 1))
    .portGroup("est", "s1", untagged).portGroup("p10", "s1", access(10)).vm("a", "h1", "est").vm("b", "h1", "p10").build();

  it("injects into every VLAN that the way allows", () => {
    expect(heardFrom(network, "a")).toEqual(["b", "x1", "x10"]);
  });

  it("hears nothing back from there", () => {
    expect(heardFrom(network, "x10")).toEqual(["b"]);
    expect(heardFrom(network, "b")).toEqual(["x10"]);
  });
});

describe("a Linux bridge without VLAN filtering", () => {
  const network = stations(host("linux-bridge"), 1, 10, 20).uplink("u", "s1", "h1", "tor", trunkPort("1,10", 1))
    .portGroup("p10", "s1", access(10)).portGroup("p20", "s1", access(20)).vm("a", "h1", "p10").vm("b", "h1", "p20").build();

  it("joins all its ports whatever the drawing says", () => {
    expect(heardFrom(network, "a")).toEqual(["b", "x1", "x10"]);
  });

  it("passes on every VLAN of its trunk", () => {
    expect(heardFrom(network, "x1")).toEqual(["a", "b"]);
    expect(heardFrom(network, "x10")).toEqual(["a", "b"]);
    expect(heardFrom(network, "x20")).toEqual([]);
  });
});

describe("a VLAN-aware Linux bridge", () => {
  it("has untagged ports in VLAN 1, the same segment as access 1", () => {
    const network = host("linux-bridge", { vlanAware: true }).portGroup("p", "s1", untagged).portGroup("q", "s1", access(1)).portGroup("r", "s1", access(10))
      .vm("a", "h1", "p").vm("b", "h1", "q").vm("c", "h1", "r");
    expect(heardFrom(network, "a")).toEqual(["b"]);
  });

  it("sends VLAN 1 untagged on the uplink", () => {
    const network = stations(host("linux-bridge", { vlanAware: true }), 1, 30).uplink("u", "s1", "h1", "tor", trunkPort("1,30", 30)).portGroup("p", "s1", untagged).vm("a", "h1", "p").build();
    expect(heardFrom(network, "a")).toEqual(["x30"]);
    // A frame of the physical VLAN 1 arrives tagged 1 and is taken into VLAN 1; the answer goes out untagged.
    expect(heardFrom(network, "x1")).toEqual(["a"]);
  });
});

it("an Open vSwitch port group with no VLAN is a trunk of all", () => {
  const network = stations(host("open-vswitch"), 1, 10, 20).uplink("u", "s1", "h1", "tor", trunkPort("1,10", 1)).portGroup("p", "s1").portGroup("q", "s1", access(20))
    .vm("a", "h1", "p").vm("b", "h1", "q").build();
  expect(heardFrom(network, "a")).toEqual(["b", "x1", "x10"]);
  expect(heardFrom(network, "b")).toEqual(["a"]);
  expect(heardFrom(network, "x10")).toEqual(["a"]);
});

it("guest tagging joins every VLAN of the list, and untagged frames only with a native VLAN", () => {
  const network = stations(host(), 1, 10, 20, 30).uplink("u", "s1", "h1", "tor", trunkPort("all", 1))
    .portGroup("p", "s1", guestTrunk("10,20")).portGroup("q", "s1", guestTrunk("20", 30)).vm("a", "h1", "p").vm("b", "h1", "q").build();
  expect(heardFrom(network, "a")).toEqual(["b", "x10", "x20"]);
  expect(heardFrom(network, "b")).toEqual(["a", "x20", "x30"]);
  expect(heardFrom(network, "x1")).toEqual([]);
});

it("a port group tagged with the physical side's native VLAN is heard there, one way only", () => {
  const network = stations(host(), 10).uplink("u", "s1", "h1", "tor", trunkPort("10", 10)).portGroup("p", "s1", access(10)).vm("a", "h1", "p").build();
  expect(heardFrom(network, "a")).toEqual(["x10"]);
  expect(heardFrom(network, "x10")).toEqual([]);
});

describe("native VLANs that differ at the two ends of a trunk", () => {
  const network = draw().physicalSwitch("tor", "tor-2").trunk("t", "tor", trunkPort("1,20", 1), "tor-2", trunkPort("1,20", 20))
    .station("a1", "tor", 1).station("a20", "tor", 20).station("b1", "tor-2", 1).station("b20", "tor-2", 20).build();

  it("join two VLANs both ways by untagged frames", () => {
    expect(heardFrom(network, "a1")).toEqual(["b20"]);
    expect(heardFrom(network, "b20")).toEqual(["a1"]);
  });

  it("take a tagged frame of the other end's native VLAN, whose answer lands elsewhere", () => {
    expect(heardFrom(network, "a20")).toEqual(["b20"]);
    expect(heardFrom(network, "b1")).toEqual(["a1"]);
  });
});

it("a native VLAN outside the allowed list is pruned at a physical port", () => {
  const network = draw().physicalSwitch("tor", "tor-2").trunk("t", "tor", trunkPort("20", 1), "tor-2", trunkPort("1,20", 1)).station("a", "tor", 1).station("b", "tor-2", 1);
  expect(heardFrom(network, "a")).toEqual([]);
  expect(heardFrom(network, "b")).toEqual([]);
});

it("with tagNative at one end the native VLAN passes one way", () => {
  const network = draw().physicalSwitch("tor", "tor-2").trunk("t", "tor", trunkPort("1", 1, true), "tor-2", trunkPort("1", 1)).station("a", "tor", 1).station("b", "tor-2", 1);
  expect(heardFrom(network, "a")).toEqual(["b"]);
  expect(heardFrom(network, "b")).toEqual([]);
});

it("a frame never leaves by the port it came in by", () => {
  // Tagged 10 goes up into the native VLAN; the same port must not send it down again untagged.
  const network = host().uplink("u", "s1", "h1", "tor", trunkPort("10", 10)).portGroup("p", "s1", access(10)).portGroup("q", "s1", untagged).vm("a", "h1", "p").vm("b", "h1", "q");
  expect(heardFrom(network, "a")).toEqual([]);
});

it("uplinks of one switch on one hypervisor are a team and forward nothing to one another", () => {
  const network = host().physicalSwitch("tor-2").uplink("u1", "s1", "h1", "tor", trunkPort("10")).uplink("u2", "s1", "h1", "tor-2", trunkPort("10"))
    .station("x", "tor", 10).station("y", "tor-2", 10).portGroup("p", "s1", access(10)).vm("a", "h1", "p").build();
  expect(heardFrom(network, "x")).toEqual(["a"]);
  expect(heardFrom(network, "a")).toEqual(["x", "y"]);
});

describe("a distributed switch", () => {
  const base = (): Drawing => draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor").vswitch("vds", "distributed", ["h1", "h2"])
    .portGroup("p", "vds", access(10)).portGroup("v1", "vds", overlay(5001)).portGroup("v2", "vds", overlay(5002)).vm("a", "h1", "p").vm("b", "h2", "p");

  it("is one instance per hypervisor, joined only by what its uplinks carry", () => {
    expect(heardFrom(base(), "a")).toEqual([]);
    expect(heardFrom(base().uplink("u1", "vds", "h1", "tor", trunkPort("10")).uplink("u2", "vds", "h2", "tor", trunkPort("20")), "a")).toEqual([]);
    expect(heardFrom(base().uplink("u1", "vds", "h1", "tor", trunkPort("10")).uplink("u2", "vds", "h2", "tor", trunkPort("10")), "a")).toEqual(["b"]);
  });

  it("joins all members of an overlay segment over the underlay, and no VLAN to it", () => {
    const network = base().vm("c", "h1", "v1").vm("d", "h2", "v1").vm("e", "h2", "v2").build();
    expect(heardFrom(network, "c")).toEqual(["d"]);
    expect(heardFrom(network, "e")).toEqual([]);
  });
});

it("the same VNI on two switches is two segments", () => {
  const network = draw().hypervisor("h").vswitch("v1", "distributed", "h").vswitch("v2", "distributed", "h").portGroup("p", "v1", overlay(1)).portGroup("q", "v2", overlay(1)).vm("a", "h", "p").vm("b", "h", "q");
  expect(heardFrom(network, "a")).toEqual([]);
});

describe("a private VLAN", () => {
  const network = stations(draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor").vswitch("vds", "distributed", ["h1", "h2"]), 100, 101, 102)
    .uplink("u1", "vds", "h1", "tor", trunkPort("100-103")).uplink("u2", "vds", "h2", "tor", trunkPort("100,101"))
    .portGroup("pp", "vds", promiscuous(100)).portGroup("pi", "vds", isolated(100, 101)).portGroup("pc", "vds", community(100, 102)).portGroup("pd", "vds", community(100, 103))
    .vm("c1", "h1", "pc").vm("c2", "h1", "pc").vm("d1", "h1", "pd").vm("far-c", "h2", "pc").vm("far-p", "h2", "pp").vm("i1", "h1", "pi").vm("i2", "h2", "pi").vm("p1", "h1", "pp").build();

  it("has promiscuous ports heard by all of the primary", () => {
    expect(heardFrom(network, "p1")).toEqual(["c1", "c2", "d1", "far-c", "far-p", "i1", "i2", "x100"]);
  });

  it("has isolated ports heard by promiscuous ports only, and by a plain port in their id", () => {
    expect(heardFrom(network, "i1")).toEqual(["far-p", "p1", "x101"]);
  });

  it("has communities heard by their own and by promiscuous ports, as far as trunks carry the secondary", () => {
    expect(heardFrom(network, "c1")).toEqual(["c2", "p1", "x102"]);
    expect(heardFrom(network, "d1")).toEqual(["p1"]);
  });

  it("lets a plain port hear exactly its own id", () => {
    expect(heardFrom(network, "x101")).toEqual(["far-p", "p1"]);
    expect(heardFrom(network, "x100")).toEqual(["c1", "c2", "d1", "far-c", "far-p", "i1", "i2", "p1"]);
  });
});

describe("isolated ports", () => {
  const bridge = { vlanAware: true };
  const network = stations(draw().hypervisor("h1", "proxmox").hypervisor("h2", "proxmox").physicalSwitch("tor")
    .vswitch("br1", "linux-bridge", "h1", bridge).vswitch("br2", "linux-bridge", "h2", bridge), 10)
    .uplink("u1", "br1", "h1", "tor", trunkPort("10")).uplink("u2", "br2", "h2", "tor", trunkPort("10"))
    .portGroup("i1", "br1", access(10), { isolatedPorts: true }).portGroup("i1b", "br1", access(10), { isolatedPorts: true }).portGroup("n1", "br1", access(10))
    .portGroup("i2", "br2", access(10), { isolatedPorts: true })
    .vm("a", "h1", "i1").vm("b", "h1", "i1").vm("c", "h1", "i1b").vm("d", "h1", "n1").vm("e", "h2", "i2").build();

  it("do not talk to one another on one bridge, but do to the others, and to isolated ports of another bridge", () => {
    expect(heardFrom(network, "a")).toEqual(["d", "e", "x10"]);
    expect(heardFrom(network, "d")).toEqual(["a", "b", "c", "e", "x10"]);
  });

  it("hold on a bridge without VLAN filtering too", () => {
    const plain = draw().hypervisor("h").vswitch("br", "linux-bridge", "h").portGroup("i", "br", undefined, { isolatedPorts: true }).portGroup("n", "br").vm("a", "h", "i").vm("b", "h", "i").vm("c", "h", "n");
    expect(heardFrom(plain, "a")).toEqual(["c"]);
  });
});

it("takes ids such as constructor for what they are", () => {
  const network = draw().hypervisor("constructor").physicalSwitch("valueof").vswitch("tostring", "standard", "constructor").uplink("hasownproperty", "tostring", "constructor", "valueof", trunkPort("10"))
    .portGroup("isprototypeof", "tostring", access(10)).vm("tolocalestring", "constructor", { constructor: { portGroup: "isprototypeof" } }).station("x", "valueof", 10);
  expect(heardFrom(network, "tolocalestring")).toEqual(["x"]);
});

it("finds nothing in an empty document", () => {
  const layer2 = compileLayer2(draw().build());
  expect([layer2.ends, layer2.segments, layer2.classes]).toEqual([[], [], []]);
  expect([layer2.end("x"), layer2.endsOf("x")]).toEqual([undefined, []]);
});
