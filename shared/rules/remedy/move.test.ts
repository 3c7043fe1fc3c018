import { describe, expect, it } from "vitest";
import type { Topology } from "../../model/topology";
import { access, draw, overlay, trunkPort, type Drawing } from "../../network/testing";
import { check } from "../testing";
import { Board } from "./board";
import { moveToVlan } from "./move";

/** `v1` on host 1 and `v2` on host 2, both in VLAN 100, two physical switches between. */
function stretched(): Drawing {
  return draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
    .uplink("u1", "s1", "h1", "tor-1", trunkPort("100")).uplink("u2", "s2", "h2", "tor-2", trunkPort("100")).trunk("t", "tor-1", trunkPort("100"), "tor-2", trunkPort("all"))
    .portGroup("pg-1", "s1", access(100), { spoofGuard: true }).portGroup("pg-2", "s2", access(100)).vm("v1", "h1", "pg-1").vm("v2", "h2", "pg-2");
}

function moved(document: Topology, vms: readonly string[], vlan = 110): Topology {
  const board = new Board(document);
  const { layer2 } = check(document).network;
  moveToVlan(board, { ends: vms.flatMap((vm) => layer2.endsOf(vm)), vlan, stem: "new", name: "New" });
  return board.topology;
}

describe("moveToVlan", () => {
  it("changes a port group in place where nobody else uses it, and lets the VLAN through every port on the way", () => {
    const after = moved(stretched().build(), ["v1", "v2"]);
    expect(after.portGroups?.["pg-1"]?.vlan).toEqual({ mode: "access", id: 110 });
    expect(after.uplinks?.["u1"]?.port).toMatchObject({ allowed: "100,110" });
    expect(after.uplinks?.["u2"]?.port).toMatchObject({ allowed: "100,110" });
    expect(after.trunks?.["t"]?.a.port).toMatchObject({ allowed: "100,110" });
    expect(after.trunks?.["t"]?.b.port).toMatchObject({ allowed: "all" });
    const { layer2 } = check(after).network;
    expect(layer2.hears(layer2.endsOf("v1")[0] ?? fail(), layer2.endsOf("v2")[0] ?? fail())).toBe(true);
  });

  it("adds a port group with the same settings where others stay, and lets the VLAN out of its hypervisor, but no further than there is somebody", () => {
    const after = moved(stretched().vm("v3", "h1", "pg-1").build(), ["v1"]);
    expect(after.portGroups?.["new-110"]).toEqual({ name: "New VLAN 110", virtualSwitch: "s1", spoofGuard: true, vlan: { mode: "access", id: 110 } });
    expect(after.vms?.["v1"]?.nics?.["eth0"]?.portGroup).toBe("new-110");
    expect(after.uplinks?.["u1"]?.port).toMatchObject({ allowed: "100,110" });
    expect(after.uplinks?.["u2"]?.port).toMatchObject({ allowed: "100" });
    expect(after.trunks?.["t"]?.a.port).toMatchObject({ allowed: "100" });
  });

  it("lets the VLAN of a management interface that moves alone out by every uplink, so that nobody is cut off from it", () => {
    const drawing = draw().hypervisor("h1").physicalSwitch("tor-1", "tor-2").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("100")).uplink("u2", "s1", "h1", "tor-2", trunkPort("100"))
      .portGroup("pg", "s1", access(100)).vm("v1", "h1", "pg");
    const after = moved({ ...drawing.build(), managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "h1", portGroup: "pg" } } }, ["vmk0"]);
    expect(after.managementInterfaces?.["vmk0"]?.portGroup).toBe("new-110");
    expect(["u1", "u2"].map((id) => after.uplinks?.[id]?.port)).toMatchObject([{ allowed: "100,110" }, { allowed: "100,110" }]);
  });

  it("makes a trunk of an access port, so that what was connected stays connected", () => {
    const document = stretched().uplink("u2", "s2", "h2", "tor-2", { mode: "access", vlan: 100 }).build();
    expect(moved(document, ["v1", "v2"]).uplinks?.["u2"]?.port).toEqual({ mode: "trunk", allowed: "100,110", native: 100 });
  });

  it("leaves a list alone that the document does not have", () => {
    const document = stretched().uplink("u2", "s2", "h2", "tor-2", trunkPort()).build();
    expect(moved(document, ["v1", "v2"]).uplinks?.["u2"]?.port).toEqual({ mode: "trunk" });
  });

  it("switches VLAN filtering on where a bridge would ignore the tag, and uses a new VNI on an overlay", () => {
    const bridge = draw().hypervisor("h1", "kvm").vswitch("br0", "linux-bridge", "h1").portGroup("pg", "br0", access(100)).vm("v1", "h1", "pg").vm("v2", "h1", "pg").build();
    expect(moved(bridge, ["v1"]).virtualSwitches?.["br0"]?.vlanAware).toBe(true);
    const vxlan = draw().hypervisor("h1").vswitch("vds", "distributed", "h1").portGroup("pg", "vds", overlay(5001)).vm("v1", "h1", "pg").vm("v2", "h1", "pg").build();
    expect(moved(vxlan, ["v1"]).portGroups?.["new-5002"]?.vlan).toEqual({ mode: "overlay", vni: 5002 });
  });

  it("takes a passed-through adapter back, which no port group would bind", () => {
    const document = stretched().vm("v1", "h1", { eth0: { portGroup: "pg-1", passthrough: "sriov", guestVlans: [100] } }).vm("v3", "h1", "pg-1").build();
    expect(moved(document, ["v1"]).vms?.["v1"]?.nics?.["eth0"]).toMatchObject({ passthrough: "none", portGroup: "new-110" });
  });

  it("renumbers what leaves a subnet that others stay in, host part and gateway alike, and nothing else", () => {
    const nic = (portGroup: string, address: string): { eth0: { portGroup: string; addresses: string[]; gateway: string } } => ({ eth0: { portGroup, addresses: [address], gateway: "10.1.0.1" } });
    const shared = stretched().vm("v1", "h1", nic("pg-1", "10.1.0.7/24")).vm("v2", "h2", nic("pg-2", "10.1.0.8/24")).build();
    expect(moved(shared, ["v1"]).vms?.["v1"]?.nics?.["eth0"]).toMatchObject({ addresses: ["10.110.0.7/24"], gateway: "10.110.0.1" });
    expect(moved(shared, ["v1"], 1100).vms?.["v1"]?.nics?.["eth0"]).toMatchObject({ addresses: ["10.4.76.7/24"] });
    expect(moved(shared, ["v1", "v2"]).vms?.["v1"]?.nics?.["eth0"]).toMatchObject({ addresses: ["10.1.0.7/24"] });
  });
});

function fail(): never {
  throw new Error("no such end");
}
