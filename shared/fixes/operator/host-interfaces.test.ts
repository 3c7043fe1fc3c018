import { describe, expect, it } from "vitest";
import type { ManagementInterface } from "../../model/kinds/management-interface";
import type { Platform } from "../../model/kinds/hypervisor";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import type { Topology } from "../../model/topology";
import { access, draw } from "../../network/testing";
import { hostInterfaceCommands } from "./host-interfaces";

const own = { name: "vmk0", addresses: ["10.0.0.11/25"], gateway: "10.0.0.1", services: ["management" as const] };
function site(platform: Platform, kind: VirtualSwitch["kind"], vlan: number, more: Partial<ManagementInterface> | null = {}): Topology {
  const drawing = draw().hypervisor("hv", platform).vswitch("sw", kind, "hv", { name: "vmbr0", ...(kind === "linux-bridge" ? { vlanAware: true } : {}) }).portGroup("pg", "sw", access(vlan)).portGroup("mgmt", "sw", access(20));
  return (more === null ? drawing : drawing.put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg", ...own, ...more })).build();
}
const texts = (before: Topology, after: Topology): string[] => hostInterfaceCommands({ before, after }).map(({ on, text }) => `${on}: ${text}`);

describe("hostInterfaceCommands", () => {
  it("tags the adapter of a Hyper-V host, and makes a new one first", () => {
    const tag = "hv: Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName 'vmk0' -Access -VlanId 10";
    expect(texts(site("hyper-v", "hyper-v", 100), site("hyper-v", "hyper-v", 10))).toEqual([tag]);
    expect(texts(site("hyper-v", "hyper-v", 10, null), site("hyper-v", "hyper-v", 10))).toEqual(["hv: Add-VMNetworkAdapter -ManagementOS -Name 'vmk0' -SwitchName 'vmbr0'", tag]);
    expect(texts(site("hyper-v", "hyper-v", 10), site("hyper-v", "hyper-v", 10, { encrypted: true }))).toEqual([]);
  });

  it("moves the address of a Linux host to an interface of the VLAN, from the bridge or from another VLAN", () => {
    const move = (from: number): string[] => texts(site("kvm", "linux-bridge", from), site("kvm", "linux-bridge", 10));
    expect(move(1)).toEqual(["hv: bridge vlan add dev vmbr0 vid 10 self; ip link add link vmbr0 name vmbr0.10 type vlan id 10; ip address add 10.0.0.11/25 dev vmbr0.10; ip link set dev vmbr0.10 up; "
      + "ip address del 10.0.0.11/25 dev vmbr0; ip route replace default via 10.0.0.1"]);
    expect(move(100)[0]).toContain("ip address del 10.0.0.11/25 dev vmbr0.100;");
    expect(texts(site("kvm", "open-vswitch", 100), site("kvm", "open-vswitch", 10))).toEqual(["hv: ovs-vsctl set port <port of vmk0> tag=10 vlan_mode=access"]);
  });

  it("stages the move on Proxmox VE and applies it last", () => {
    const move = (from: number, more?: Partial<ManagementInterface>): string[] => texts(site("proxmox", "linux-bridge", from, more), site("proxmox", "linux-bridge", 10, more));
    expect(move(1)).toEqual(["hv: pvesh set /nodes/hv/network/vmbr0 --type bridge --delete cidr,gateway; pvesh create /nodes/hv/network --iface vmbr0.10 --type vlan --cidr 10.0.0.11/25 --gateway 10.0.0.1 --autostart 1; pvesh set /nodes/hv/network"]);
    expect(move(100, { addresses: ["fd00::11/64"], gateway: "fd00::1" })[0]).toMatch(/^hv: pvesh delete \/nodes\/hv\/network\/vmbr0\.100; .* --cidr6 fd00::11\/64 --gateway6 fd00::1 /);
  });

  it("makes a VMkernel adapter anew in another port group, changes what it serves in place, and leaves a new VLAN to the port group", () => {
    expect(texts(site("esxi", "standard", 100), site("esxi", "standard", 10))).toEqual([]);
    expect(texts(site("esxi", "standard", 100), site("esxi", "standard", 100, { portGroup: "mgmt" }))).toEqual(["hv: esxcli network ip interface remove --interface-name=vmk0; esxcli network ip interface add --interface-name=vmk0 --portgroup-name=mgmt; "
      + "esxcli network ip interface ipv4 set --interface-name=vmk0 --type=static --ipv4=10.0.0.11 --netmask=255.255.255.128 --gateway=10.0.0.1; esxcli network ip interface tag add --interface-name=vmk0 --tagname=Management"]);
    expect(texts(site("esxi", "standard", 100, { name: "mgmt", services: ["management", "migration"] }), site("esxi", "standard", 100, { name: "mgmt", services: ["management"] })))
      .toEqual(["hv: esxcli network ip interface tag remove --interface-name=<vmk of mgmt> --tagname=VMotion"]);
    expect(texts(site("esxi", "distributed", 100), site("esxi", "distributed", 100, { portGroup: "mgmt" }))).toEqual([]);
  });
});
