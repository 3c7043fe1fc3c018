import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { compileLayer2 } from "./layer2";
import { access, accessPort, draw, trunkPort } from "./testing";

/** Ids of ends (`/eth0` left out) that hear `from`, sorted. */
export function heardFrom(topology: Topology, from: string): string[] {
  const layer2 = compileLayer2(topology);
  const sender = layer2.endsOf(from)[0];
  if (sender === undefined) throw new Error(`no end ${from}`);
  return layer2.ends.filter((end) => layer2.hears(sender, end)).map((end) => end.owner);
}

const oneHost = () => draw().hypervisor("h1").vswitch("vsw-1", "standard", "h1").physicalSwitch("tor-1");

describe("two hosts and one physical switch", () => {
  const network = oneHost().hypervisor("h2").vswitch("vsw-2", "standard", "h2")
    .uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("10,20", 1)).uplink("u2", "vsw-2", "h2", "tor-1", trunkPort("10", 1))
    .portGroup("p10", "vsw-1", access(10)).portGroup("p20", "vsw-1", access(20)).portGroup("q10", "vsw-2", access(10)).portGroup("q20", "vsw-2", access(20))
    .vm("a", "h1", "p10").vm("b", "h1", "p20").vm("c", "h2", "q10").vm("d", "h2", "q20").station("s10", "tor-1", 10).station("s20", "tor-1", 20).build();

  it("joins one VLAN over both uplinks", () => {
    expect(heardFrom(network, "a")).toEqual(["c", "s10"]);
  });

  it("keeps a VLAN out that an uplink does not allow", () => {
    expect(heardFrom(network, "b")).toEqual(["s20"]);
    expect(heardFrom(network, "d")).toEqual([]);
  });
});

it("drops tagged frames at an access port", () => {
  const network = oneHost().uplink("u1", "vsw-1", "h1", "tor-1", accessPort(10)).portGroup("p10", "vsw-1", access(10)).vm("a", "h1", "p10").station("s", "tor-1", 10).build();
  expect(heardFrom(network, "a")).toEqual([]);
  expect(heardFrom(network, "s")).toEqual([]);
});
