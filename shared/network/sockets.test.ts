import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import type { Assume } from "../analysis/result";
import { compileLayer2 } from "./layer2";
import { access, accessPort, draw, guestTrunk, trunkPort, untagged } from "./testing";

function heard(topology: Topology, from: string, assume: Assume = "hostile"): string[] {
  const layer2 = compileLayer2(topology, assume);
  const sender = layer2.end(from);
  if (sender === undefined) throw new Error(`no end ${from}`);
  return layer2.ends.filter((end) => layer2.hears(sender, end)).map((end) => end.id);
}

describe("what is an end", () => {
  const layer2 = compileLayer2(draw().hypervisor("h", "esxi", { bmc: { physicalSwitch: "tor", vlan: 10, addresses: ["10.0.0.9/24"] } }).physicalSwitch("tor")
    .vswitch("s", "standard", "h").portGroup("p", "s", access(10))
    .vm("vm.1", "h", { e0: { portGroup: "p", addresses: ["10.0.0.1/24"] }, e1: { portGroup: "p", connected: false }, e2: {} })
    .vm("golden", "h", "p", { role: "template" })
    .put("managementInterfaces", "vmk0", { hypervisor: "h", portGroup: "p" })
    .put("routers", "gw", { interfaces: { in: { portGroup: "p" }, out: { physicalSwitch: "tor", vlan: 10 }, spare: {} } })
    .external("internet", { physicalSwitch: "tor", vlan: 10 }).put("externalNetworks", "nowhere", {}).build());

  it("is a connected vNIC with a port group, a management interface, a BMC, an attached external network and a plugged interface; no template", () => {
    expect(layer2.ends.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      "gw/in interface", "gw/out interface", "h-host/bmc bmc", "internet external", "vm.1/e0 vnic", "vmk0 managementInterface",
    ]);
  });

  it("knows its owner, its path and its addresses", () => {
    expect(layer2.end("vm.1/e0")).toMatchObject({ owner: "vm.1", portGroup: "p", path: '$.vms["vm.1"].nics.e0', addresses: ["10.0.0.1/24"], index: 4 });
    expect(layer2.end("h-host/bmc")).toMatchObject({ owner: "h-host/bmc", path: "$.hosts.h-host.bmc", addresses: ["10.0.0.9/24"] });
    expect(layer2.end("gw/out")).toMatchObject({ owner: "gw", path: "$.routers.gw.interfaces.out" });
    expect(layer2.end("vmk0")?.path).toBe("$.managementInterfaces.vmk0");
    expect(layer2.end("internet")?.path).toBe("$.externalNetworks.internet");
    expect(layer2.endsOf("gw").map(({ id }) => id)).toEqual(["gw/in", "gw/out"]);
  });
});

describe.each(["sriov", "pci"] as const)("a passthrough vNIC (%s)", (passthrough) => {
  const base = () => draw().hypervisor("h").physicalSwitch("tor", "tor-2").vswitch("s", "standard", "h").portGroup("p", "s", access(99), { isolatedPorts: true })
    .portGroup("p10", "s", access(10)).vm("a", "h", { n: { portGroup: "p", passthrough } }).vm("b", "h", "p10").station("x10", "tor", 10).station("x20", "tor", 20).station("y10", "tor-2", 10);

  it("tags as it likes, bound by the uplink's physical port only", () => {
    const network = base().uplink("u", "s", "h", "tor", trunkPort("10", 20)).build();
    expect(heard(network, "a/n")).toEqual(["b/eth0", "x10"]);
    expect(heard(network, "x10")).toEqual(["a/n", "b/eth0"]);
  });

  it("may sit on any uplink of its switch on its hypervisor", () => {
    const network = base().uplink("u", "s", "h", "tor", accessPort(20)).uplink("u2", "s", "h", "tor-2", trunkPort("10")).build();
    expect(heard(network, "a/n")).toEqual(["b/eth0", "x20", "y10"]);
  });

  it("reaches nobody where there is no uplink", () => {
    const network = base().build();
    expect(heard(network, "a/n")).toEqual([]);
    expect(heard(network, "b/eth0")).toEqual([]);
  });
});

it("an end lives on its hypervisor's instance of a distributed switch", () => {
  const network = draw().hypervisor("h1").hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("p", "vds", access(10)).vm("a", "h1", "p").vm("b", "h2", "p")
    .put("routers", "r1", { hypervisor: "h1", interfaces: { i: { portGroup: "p" } } }).put("managementInterfaces", "vmk", { hypervisor: "h2", portGroup: "p" }).build();
  expect(heard(network, "r1/i")).toEqual(["a/eth0"]);
  expect(heard(network, "vmk")).toEqual(["b/eth0"]);
});

it("an appliance or external network without a hypervisor is plugged in wherever its port group is", () => {
  const network = draw().hypervisor("h1").hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("p", "vds", access(10)).vm("a", "h1", "p").vm("b", "h2", "p")
    .external("internet", { portGroup: "p" }).build();
  expect(heard(network, "internet")).toEqual(["a/eth0", "b/eth0"]);
  expect(heard(network, "a/eth0")).toEqual(["internet"]);
});

it("a router's interface with a VLAN on a trunk port group takes part in that VLAN only", () => {
  const network = draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("t", "s", guestTrunk("10,20")).portGroup("p10", "s", access(10)).portGroup("p20", "s", access(20))
    .vm("a", "h", "p10").vm("b", "h", "p20").put("routers", "r", { hypervisor: "h", interfaces: { i10: { portGroup: "t", vlan: 10 }, i20: { portGroup: "t", vlan: 20 } } }).build();
  expect(heard(network, "r/i10")).toEqual(["a/eth0"]);
  expect(heard(network, "b/eth0")).toEqual(["r/i20"]);
});

it("the VLAN of an interface on an access port group changes nothing", () => {
  const network = draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("p10", "s", access(10)).vm("a", "h", "p10").put("routers", "r", { hypervisor: "h", interfaces: { i: { portGroup: "p10", vlan: 20 } } }).build();
  expect(heard(network, "r/i")).toEqual(["a/eth0"]);
});

it("guests that do as configured use the tags of guestVlans only", () => {
  const network = draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("t", "s", guestTrunk("10,20", 30)).portGroup("est", "s", untagged)
    .portGroup("p10", "s", access(10)).portGroup("p20", "s", access(20)).portGroup("p30", "s", access(30)).vm("x", "h", "p10").vm("y", "h", "p20").vm("z", "h", "p30")
    .vm("a", "h", { n: { portGroup: "t", guestVlans: [20] } }).vm("b", "h", { n: { portGroup: "est" } }).build();
  expect(heard(network, "a/n", "configured")).toEqual(["y/eth0", "z/eth0"]);
  expect(heard(network, "a/n")).toEqual(["x/eth0", "y/eth0", "z/eth0"]);
  expect(heard(network, "b/n", "configured")).toEqual([]);
  expect(heard(network, "b/n")).toEqual(["a/n", "x/eth0", "y/eth0", "z/eth0"]);
});
