import { expect, it } from "vitest";
import type { Topology } from "../model/topology";
import type { Hop } from "../analysis/result";
import { compileLayer2 } from "./layer2";
import { access, draw, guestTrunk, overlay, trunkPort, untagged } from "./testing";

function path(topology: Topology, from: string, to: string): readonly Hop[] | undefined {
  const layer2 = compileLayer2(topology);
  const [a, b] = [layer2.end(from), layer2.end(to)];
  if (a === undefined || b === undefined) throw new Error(`${from} ${to}`);
  return layer2.path(a, b);
}

const words = (hops: readonly Hop[] | undefined): string[] | undefined => hops?.map(({ at, does }) => `${at} ${does}`);

const network = draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2").trunk("core", "tor-1", trunkPort("10,20", 20), "tor-2", trunkPort("10,30", 30))
  .vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,20", 20)).uplink("u2", "s2", "h2", "tor-2", trunkPort("10"))
  .portGroup("p10", "s1", access(10)).portGroup("q10", "s2", access(10)).portGroup("est", "s1", untagged).portGroup("t", "s1", guestTrunk("10"))
  .vm("a", "h1", "p10").vm("b", "h1", "p10").vm("c", "h2", "q10").vm("e", "h1", "est").vm("g", "h1", "t").vm("sr", "h1", { n: { portGroup: "p10", passthrough: "sriov" } })
  .station("x30", "tor-2", 30).put("routers", "gw", { interfaces: { in: { physicalSwitch: "tor-1", vlan: 20 } } }).build();

it("inside one switch it goes over the port groups", () => {
  expect(path(network, "a/eth0", "b/eth0")).toEqual([
    { at: "a/eth0", kind: "vm", does: "sends" },
    { at: "p10", kind: "portGroup", does: "tags 10", vlan: 10 },
    { at: "s1", kind: "virtualSwitch", does: "carries", vlan: 10 },
    { at: "p10", kind: "portGroup", does: "untags 10", vlan: 10 },
    { at: "b/eth0", kind: "vm", does: "receives" },
  ]);
});

it("between hosts it names every uplink, switch and trunk", () => {
  expect(path(network, "a/eth0", "c/eth0")?.map(({ at, kind, does, vlan }) => `${kind} ${at} ${does} ${vlan ?? ""}`)).toEqual([
    "vm a/eth0 sends ", "portGroup p10 tags 10 10", "virtualSwitch s1 carries 10", "uplink u1 carries tagged 10 10", "physicalSwitch tor-1 carries 10",
    "trunk core carries tagged 10 10", "physicalSwitch tor-2 carries 10", "uplink u2 carries tagged 10 10", "virtualSwitch s2 carries 10", "portGroup q10 untags 10 10", "vm c/eth0 receives ",
  ]);
});

it("shows where untagged frames change their VLAN", () => {
  expect(words(path(network, "e/eth0", "x30"))).toEqual([
    "e/eth0 sends", "est passes untagged", "s1 carries", "u1 carries untagged, tags 20: native of tor-1", "tor-1 carries", "core untags 20: native of tor-1, carries untagged, tags 30: native of tor-2", "tor-2 carries", "x30 receives",
  ]);
  expect(words(path(network, "gw/in", "e/eth0"))).toEqual(["gw/in sends", "tor-1 carries", "u1 untags 20: native of tor-1, carries untagged", "s1 carries", "est passes untagged", "e/eth0 receives"]);
});

it("shows the tag that a guest sends or receives", () => {
  expect(words(path(network, "e/eth0", "g/eth0"))).toEqual(["e/eth0 sends tagged 10", "est passes tag 10", "s1 carries", "t passes tag 10", "g/eth0 receives tagged 10"]);
});

it("shows that a passthrough vNIC goes past the virtual switch", () => {
  expect(words(path(network, "sr/n", "gw/in"))).toEqual(["sr/n sends", "u1 carries past the virtual switch, tags 20: native", "tor-1 carries", "gw/in receives"]);
});

it("crosses the underlay of an overlay", () => {
  const overlaid = draw().hypervisor("h1").hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("p", "vds", overlay(7)).vm("a", "h1", "p").vm("b", "h2", "p").build();
  expect(words(path(overlaid, "a/eth0", "b/eth0"))).toEqual(["a/eth0 sends", "p puts into VNI 7", "vds carries VNI 7 over the underlay", "p takes from VNI 7", "b/eth0 receives"]);
});

it("is absent where the frame is not heard", () => {
  expect(path(network, "a/eth0", "x30")).toBeUndefined();
  expect(path(network, "a/eth0", "a/eth0")).toBeUndefined();
});
