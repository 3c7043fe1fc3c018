import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { parseServices } from "../model/services";
import { networkOf } from "./fixtures/two-tenants";
import { compileLayer2 } from "./layer2";
import { access, accessPort, community, draw, guestTrunk, isolated, overlay, promiscuous, trunkPort, untagged } from "./testing";
import type { Layer2 } from "./types";

const shape = (layer2: Layer2): Record<string, string[]>[] => layer2.segments.map((segment) => ({ [segment.id]: segment.ends.map((end) => end.owner) }));
const segmentsOf = (topology: Topology): Record<string, string[]>[] => shape(compileLayer2(topology));

function shared(topology: Topology, a: string, b: string): string[] {
  const layer2 = compileLayer2(topology);
  const [one, other] = [layer2.endsOf(a)[0], layer2.endsOf(b)[0]];
  if (one === undefined || other === undefined) throw new Error(`${a} ${b}`);
  return layer2.sharedSegments(one, other).map(({ id }) => id);
}

describe("a segment", () => {
  const network = draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2").trunk("t", "tor-1", trunkPort("10,20", 20), "tor-2", trunkPort("10,20", 20))
    .vswitch("vsw-1", "standard", "h1").vswitch("vsw-2", "standard", "h2").uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("10,20", 20)).uplink("u2", "vsw-2", "h2", "tor-2", trunkPort("10"))
    .portGroup("p10", "vsw-1", access(10)).portGroup("q10", "vsw-2", access(10)).portGroup("p0", "vsw-1", untagged).portGroup("p20", "vsw-1", access(20)).portGroup("q20", "vsw-2", access(20))
    .vm("a", "h1", "p10").vm("b", "h2", "q10").vm("c", "h1", "p0").vm("d", "h1", "p20").vm("e", "h2", "q20").build();

  it("is named by its smallest switch id and the VLAN there, and lists those that send into it and hear it", () => {
    expect(segmentsOf(network)).toEqual([{ "tor-1.10": ["a", "b"] }, { "tor-1.20": ["c"] }, { "vsw-1.20": ["d"] }, { "vsw-2.20": ["e"] }]);
  });

  it("knows every switch and VLAN that it is made of, untagged on one as VLAN 0", () => {
    const [ten, native] = compileLayer2(network).segments;
    expect(ten?.members).toEqual([
      { switch: "tor-1", vlan: 10 }, { switch: "tor-2", vlan: 10 }, { switch: "vsw-1", hypervisor: "h1", vlan: 10 }, { switch: "vsw-2", hypervisor: "h2", vlan: 10 },
    ]);
    expect(native?.members).toEqual([{ switch: "tor-1", vlan: 20 }, { switch: "tor-2", vlan: 20 }, { switch: "vsw-1", hypervisor: "h1", vlan: 0 }]);
  });

  it("is found from its ends", () => {
    const layer2 = compileLayer2(network);
    for (const segment of layer2.segments) for (const end of segment.ends) expect(layer2.segmentsOf(end)).toContain(segment);
    expect(shared(network, "a", "b")).toEqual(["tor-1.10"]);
    expect(shared(network, "a", "d")).toEqual([]);
  });
});

it("native VLANs that differ make one segment of two VLANs, and one-way neighbours stay apart", () => {
  const network = draw().physicalSwitch("tor-1", "tor-2").trunk("t", "tor-1", trunkPort("1,20", 1), "tor-2", trunkPort("1,20", 20))
    .station("a1", "tor-1", 1).station("a20", "tor-1", 20).station("b1", "tor-2", 1).station("b20", "tor-2", 20).build();
  expect(segmentsOf(network)).toEqual([{ "tor-1.1": ["a1", "b20"] }, { "tor-1.20": ["a20"] }, { "tor-2.1": ["b1"] }]);
});

it("an access port at one end only joins the VLANs that the cable joins", () => {
  const network = draw().physicalSwitch("tor-1", "tor-2").trunk("t", "tor-1", accessPort(10), "tor-2", accessPort(30)).station("a", "tor-1", 10).station("b", "tor-2", 30).build();
  expect(segmentsOf(network)).toEqual([{ "tor-1.10": ["a", "b"] }]);
});

it("an overlay segment is named by its VNI and spans the members of its switch", () => {
  const network = draw().hypervisor("h1").hypervisor("h2").vswitch("vds-1", "distributed", ["h1", "h2"]).portGroup("p", "vds-1", overlay(5001)).vm("a", "h1", "p").vm("b", "h2", "p").build();
  const [segment] = compileLayer2(network).segments;
  expect(segment).toMatchObject({ id: "vds-1.vni5001", switch: "vds-1", vni: 5001 });
  expect(segment?.ends.map((end) => end.owner)).toEqual(["a", "b"]);
  expect(segment?.members.map(({ hypervisor }) => hypervisor)).toEqual(["h1", "h2"]);
});

it("unjoined instances of one distributed switch have segments of equal name and different index", () => {
  const network = draw().hypervisor("h1").hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("p", "vds", access(10)).vm("a", "h1", "p").vm("b", "h2", "p").build();
  expect(segmentsOf(network)).toEqual([{ "vds.10": ["a"] }, { "vds.10": ["b"] }]);
  expect(compileLayer2(network).segments.map(({ index }) => index)).toEqual([0, 1]);
});

describe("a private VLAN", () => {
  const network = draw().hypervisor("h").vswitch("vds", "distributed", "h").portGroup("pp", "vds", promiscuous(100)).portGroup("pi", "vds", isolated(100, 101)).portGroup("pc", "vds", community(100, 102))
    .vm("c1", "h", "pc").vm("c2", "h", "pc").vm("i1", "h", "pi").vm("i2", "h", "pi").vm("p1", "h", "pp").build();

  it("lists all its ends with the primary, and communities with their own id too", () => {
    expect(segmentsOf(network)).toEqual([{ "vds.100": ["c1", "c2", "i1", "i2", "p1"] }, { "vds.102": ["c1", "c2"] }]);
  });

  it("says where two that hear one another meet", () => {
    expect([shared(network, "c1", "c2"), shared(network, "i1", "p1"), shared(network, "c1", "p1"), shared(network, "i1", "i2"), shared(network, "i1", "c1")])
      .toEqual([["vds.102"], ["vds.100"], ["vds.100"], [], []]);
  });
});

it("two guest trunks share one segment for all VLANs that nobody tells apart", () => {
  const network = draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("t", "s", guestTrunk("all")).portGroup("p", "s", access(10)).vm("a", "h", "t").vm("b", "h", "t").vm("c", "h", "p").build();
  expect(segmentsOf(network)).toEqual([{ "s.1": ["a", "b"] }, { "s.10": ["a", "b", "c"] }]);
});

it("a trunk in a ring joins the same segments as a chain", () => {
  const ring = draw().physicalSwitch("a", "b", "c").trunk("ab", "a", trunkPort("10"), "b", trunkPort("10")).trunk("bc", "b", trunkPort("10"), "c", trunkPort("10")).trunk("ca", "c", trunkPort("10"), "a", trunkPort("10"))
    .station("x", "a", 10).station("y", "c", 10).build();
  expect(segmentsOf(ring)).toEqual([{ "a.10": ["x", "y"] }]);
});

describe("classes of ends", () => {
  const network = draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("p", "s", access(10)).portGroup("q", "s", access(20)).portGroup("est", "s", untagged)
    .vm("a", "h", "p").vm("b", "h", "p").vm("c", "h", "q").vm("d", "h", "est").build();

  it("hold the ends that nobody tells apart, and say who hears them", () => {
    const layer2 = compileLayer2(network);
    const of = (owner: string): string[] => {
      const [end] = layer2.endsOf(owner);
      return end === undefined ? [] : layer2.hearers(layer2.classOf(end)).map(({ ends }) => ends.map((own) => own.owner).join("+"));
    };
    expect(layer2.classes.map(({ ends }) => ends.map((end) => end.owner))).toEqual([["a", "b"], ["c"], ["d"]]);
    expect([of("a"), of("c"), of("d")]).toEqual([["a+b"], [], ["a+b", "c"]]);
  });
});

describe("a VLAN of a virtual switch whose uplinks lead to two segments", () => {
  /** Untagged, one uplink joins it to VLAN 1, the other to VLAN 10. */
  const team = () => draw().hypervisor("h1").physicalSwitch("tor-1").vswitch("s0", "distributed", "h1").vswitch("s1", "standard", "h1")
    .uplink("u0", "s0", "h1", "tor-1", trunkPort("1,10,20", 1)).uplink("u1", "s0", "h1", "tor-1", trunkPort("10,20", 10)).uplink("u2", "s1", "h1", "tor-1", trunkPort("1,10,20"))
    .portGroup("p1", "s1", access(1)).portGroup("p10", "s0", access(10)).portGroup("q10", "s1", access(10)).portGroup("p0", "s0", untagged)
    .vm("m", "h1", "p1").vm("far", "h1", "q10").vm("u", "h1", "p0");

  it("is in both and joins them not, for nothing is forwarded between uplinks", () => {
    expect(segmentsOf(team().build())).toEqual([{ "s0.0": ["m", "u"] }, { "s0.0": ["far", "u"] }]);
    expect([shared(team().build(), "u", "m"), shared(team().build(), "u", "far"), shared(team().build(), "m", "far")]).toEqual([["s0.0"], ["s0.0"], []]);
  });

  it("is one place, but a guest with a vNIC in each of them is on two segments and forwards, whoever else is there", () => {
    expect(networkOf(team()).pair("m", "far")).toMatchObject({ verdict: "isolated" });
    const across = team().vm("v", "h1", { e0: { portGroup: "p1" }, e1: { portGroup: "p10" } });
    expect(networkOf(across).pair("m", "far")).toMatchObject({ layer: 3, services: parseServices(["any"]) });
  });
});
