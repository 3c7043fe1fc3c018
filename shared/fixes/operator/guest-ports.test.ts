import { describe, expect, it } from "vitest";
import { access, draw, guestTrunk, trunkPort } from "../../network/testing";
import type { PortGroup } from "../../model/kinds/port-group";
import type { Vnic } from "../../model/kinds/vm";
import { commandsFor } from "../commands";
import { guestPortCommands } from "./guest-ports";

describe("guests on a Linux bridge", () => {
  const site = (vlan: PortGroup["vlan"], vlanAware = true) => draw().hypervisor("hv", "kvm").vswitch("br0", "linux-bridge", "hv", { vlanAware }).portGroup("pg", "br0", vlan).vm("v", "hv", { eth0: { portGroup: "pg" } }).build();
  const moved = (from: PortGroup["vlan"], wasAware = true): string[] => guestPortCommands({ before: site(from, wasAware), after: site(access(110)) }).map(({ text }) => text.replaceAll("<port of v/eth0>", "vnet0"));

  it("leave the VLAN that they were in", () => {
    expect(moved(access(100))).toEqual(["bridge vlan del dev vnet0 vid 100; bridge vlan add dev vnet0 vid 110 pvid untagged"]);
  });

  it("leave 1, where a port is that nothing was added to", () => {
    const text = "bridge vlan del dev vnet0 vid 1; bridge vlan add dev vnet0 vid 110 pvid untagged";
    expect([moved({ mode: "untagged" }), moved(undefined), moved(access(100), false)].flat()).toEqual([text, text, text]);
    expect(moved(access(110), false)).toEqual([text]);
  });

  it("leave every VLAN of a trunk before they join one of them", () => {
    expect(moved(guestTrunk("110,120-129", 5))).toEqual(["bridge vlan del dev vnet0 vid 5; bridge vlan del dev vnet0 vid 110; bridge vlan del dev vnet0 vid 120-129; bridge vlan add dev vnet0 vid 110 pvid untagged"]);
    expect(moved(guestTrunk("all"))).toEqual(["bridge vlan del dev vnet0 vid 1-4094; bridge vlan add dev vnet0 vid 110 pvid untagged"]);
  });

  it("are put into the VLANs that are drawn once the bridge heeds them, with the hosts' own interfaces, behind an uplink that carries them", () => {
    const bridge = (vlanAware: boolean) => draw().hypervisor("hv", "kvm").physicalSwitch("tor").vswitch("br0", "linux-bridge", "hv", { vlanAware }).uplink("up", "br0", "hv", "tor", trunkPort("100,110"))
      .portGroup("a", "br0", access(100)).portGroup("b", "br0", access(110)).portGroup("one", "br0", access(1)).vm("a1", "hv", { eth0: { portGroup: "a" } }).vm("b1", "hv", { eth0: { portGroup: "b" } }).vm("c1", "hv", { eth0: { portGroup: "one" } })
      .put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "a", addresses: ["10.0.0.9/24"] }).build();
    expect(commandsFor(bridge(false), bridge(true)).map(({ text }) => text)).toEqual([
      "bridge vlan add dev <device of up> vid 2-4094", "ip link set br0 type bridge vlan_filtering 1",
      "bridge vlan del dev <port of a1/eth0> vid 1; bridge vlan add dev <port of a1/eth0> vid 100 pvid untagged", "bridge vlan del dev <port of b1/eth0> vid 1; bridge vlan add dev <port of b1/eth0> vid 110 pvid untagged",
      "bridge vlan add dev br0 vid 100 self; ip link add link br0 name br0.100 type vlan id 100; ip address add 10.0.0.9/24 dev br0.100; ip link set dev br0.100 up; ip address del 10.0.0.9/24 dev br0",
    ]);
  });
});

describe("guests on Hyper-V", () => {
  const site = (nics: Record<string, Vnic>) => draw().hypervisor("hv", "hyper-v").vswitch("sw", "hyper-v", "hv").portGroup("a", "sw", access(10)).portGroup("b", "sw", access(20)).vm("v", "hv", nics).build();
  const texts = (before: Record<string, Vnic>, after: Record<string, Vnic>): string[] => guestPortCommands({ before: site(before), after: site(after) }).map(({ text }) => text);

  it("have the one adapter named that is meant, where there are several", () => {
    const two = { eth0: { portGroup: "a" }, eth1: { portGroup: "b" } };
    expect(texts(two, { ...two, eth1: { portGroup: "b", connected: false } })).toEqual(["Disconnect-VMNetworkAdapter -VMName 'v' -Name <adapter of v/eth1>"]);
    expect(texts(two, { ...two, eth1: { portGroup: "a" } })).toEqual(["Set-VMNetworkAdapterVlan -VMName 'v' -VMNetworkAdapterName <adapter of v/eth1> -Access -VlanId 10"]);
    expect(texts({ eth0: { portGroup: "a" } }, { eth0: { portGroup: "b" } })).toEqual(["Set-VMNetworkAdapterVlan -VMName 'v' -Access -VlanId 20"]);
    expect(texts({ eth0: { name: "LAN", portGroup: "a" } }, { eth0: { name: "LAN", portGroup: "b" } })).toEqual(["Set-VMNetworkAdapterVlan -VMName 'v' -VMNetworkAdapterName 'LAN' -Access -VlanId 20"]);
  });
});
