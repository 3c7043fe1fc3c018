import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { compileLayer2 } from "./layer2";
import { access, draw, trunkPort, type Drawing } from "./testing";

/** Owners of the ends that hear `from`, in order of id. */
function heardFrom(network: Topology | Drawing, from: string): string[] {
  const layer2 = compileLayer2("build" in network ? network.build() : network);
  const [sender] = layer2.endsOf(from);
  if (sender === undefined) throw new Error(`no end ${from}`);
  return layer2.ends.filter((end) => layer2.hears(sender, end)).map((end) => end.owner);
}


describe("a VLAN over uplinks", () => {
  const network = draw().hypervisor("h1").hypervisor("h2").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2").physicalSwitch("tor").station("x10", "tor", 10).station("x20", "tor", 20)
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
