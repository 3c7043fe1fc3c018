import { describe, expect, it } from "vitest";
import type { Platform } from "../../model/kinds/hypervisor";
import type { PortGroup } from "../../model/kinds/port-group";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import type { Topology } from "../../model/topology";
import { access, draw } from "../../network/testing";
import { guestPortCommands } from "./guest-ports";
import { portGroupCommands } from "./port-groups";
import { portSettingCommands } from "./port-settings";

function site(platform: Platform, kind: VirtualSwitch["kind"], more: Partial<PortGroup>, dfw = false): Topology {
  const drawing = draw().hypervisor("hv", platform).vswitch("sw", kind, "hv", { name: "vmbr0" }).portGroup("pg", "sw", access(10), more)
    .vm("v1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.11/24"] } }, { name: "it's v1" }).vm("pass", "hv", { eth0: { portGroup: "pg", passthrough: "sriov" } });
  return (dfw ? drawing.put("distributedFirewalls", "dfw", { rules: [], defaultAction: "deny" }) : drawing).build();
}
const texts = (platform: Platform, kind: VirtualSwitch["kind"], more: Partial<PortGroup>, dfw = false): string[] => portSettingCommands({ before: site(platform, kind, {}, dfw), after: site(platform, kind, more, dfw) }).map(({ text }) => text);

const own = { security: { macChanges: "reject", forgedTransmits: "reject" } } as const;
const rate = { shaping: { averageMbps: 1000, peakMbps: 2000 } };

describe("the port of a guest", () => {
  it("lets no other MAC or IP address pass", () => {
    expect(texts("hyper-v", "hyper-v", own)).toEqual(["Set-VMNetworkAdapter -VMName 'it''s v1' -MacAddressSpoofing Off"]);
    expect(texts("kvm", "linux-bridge", own)).toEqual(["virsh edit 'it'\\''s v1' # <interface> eth0: <filterref filter='no-mac-spoofing'/>"]);
    expect(texts("kvm", "linux-bridge", { spoofGuard: true })).toEqual(["virsh edit 'it'\\''s v1' # <interface> eth0: <filterref filter='clean-traffic'><parameter name='IP' value='10.0.0.11'/></filterref>"]);
    // Filters of libvirt do not see what Open vSwitch forwards.
    expect(texts("kvm", "open-vswitch", own)).toEqual([]);
  });

  it("with IPv6 addresses is not given libvirt's filter for IPv4, which would stop it", () => {
    const both = (more: Partial<PortGroup>): Topology => draw().hypervisor("hv", "kvm").vswitch("sw", "linux-bridge", "hv").portGroup("pg", "sw", access(10), more).vm("v1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.11/24", "fd00::11/64"] } }).build();
    expect(portSettingCommands({ before: both({}), after: both({ spoofGuard: true }) })).toEqual([]);
  });

  it("of Proxmox VE is asked for its addresses where nobody has written them, and its other adapters stay as they are", () => {
    const dhcp = (more: Partial<PortGroup>): Topology => draw().hypervisor("hv", "proxmox").vswitch("sw", "linux-bridge", "hv").portGroup("pg", "sw", access(10), more).portGroup("other", "sw", access(20)).vm("v1", "hv", { eth0: { portGroup: "other" }, eth1: { portGroup: "pg" } }).build();
    const given = portSettingCommands({ before: dhcp({}), after: dhcp({ spoofGuard: true }) }).map(({ text }) => text);
    expect(given).toContain("pvesh create /nodes/hv/qemu/<VMID of v1>/firewall/ipset/ipfilter-net1 --cidr <addresses of v1/eth1>");
    // The option would be for all adapters of the VM, and stop those without addresses.
    expect(given.join("\n")).not.toMatch(/--ipfilter|net0/);
  });

  it("of Proxmox VE is told everything that it has whenever its adapter is written anew", () => {
    expect(texts("proxmox", "linux-bridge", { ...own, ...rate }).filter((text) => text.startsWith("qm "))).toEqual(["qm set <VMID of it's v1> --net0 virtio=<MAC>,bridge=vmbr0,tag=10,firewall=1,rate=125"]);
    const moved = guestPortCommands({ before: site("proxmox", "linux-bridge", { ...own, ...rate }), after: site("proxmox", "linux-bridge", { ...own, ...rate, vlan: access(20) }) }).map(({ text }) => text);
    expect(moved).toContain("qm set <VMID of it's v1> --net0 virtio=<MAC>,bridge=vmbr0,tag=20,firewall=1,rate=125");
  });

  it("of Proxmox VE filters once the VM's firewall is on, which lets everything else pass unless there is one already", () => {
    const path = "/nodes/hv/qemu/<VMID of it's v1>/firewall";
    expect(texts("proxmox", "linux-bridge", { spoofGuard: true })).toEqual([
      `pvesh create ${path}/ipset --name ipfilter-net0`, `pvesh create ${path}/ipset/ipfilter-net0 --cidr 10.0.0.11`,
      `pvesh set ${path}/options --enable 1 --macfilter 1 --policy_in ACCEPT --policy_out ACCEPT`,
      "qm set <VMID of it's v1> --net0 virtio=<MAC>,bridge=vmbr0,tag=10,firewall=1",
      "pvesh create /cluster/firewall/ipset --name management", "pvesh create /cluster/firewall/ipset/management --cidr <network of the administrators>", "pvesh set /cluster/firewall/options --enable 1",
    ]);
    expect(texts("proxmox", "linux-bridge", own, true)).toEqual([`pvesh set ${path}/options --enable 1 --macfilter 1`]);
  });

  it("talks to no isolated port of its switch", () => {
    expect(texts("kvm", "linux-bridge", { isolatedPorts: true })).toEqual(["bridge link set dev <port of v1/eth0> isolated on"]);
    expect(texts("xen", "open-vswitch", { isolatedPorts: true })).toEqual(["ovs-vsctl set port <port of v1/eth0> protected=true"]);
  });

  it("sends so much and no more, in the unit of each platform", () => {
    expect(texts("hyper-v", "hyper-v", rate)).toEqual(["Set-VMNetworkAdapter -VMName 'it''s v1' -MaximumBandwidth 1000000000"]);
    expect(texts("proxmox", "linux-bridge", rate)).toEqual(["qm set <VMID of it's v1> --net0 virtio=<MAC>,bridge=vmbr0,tag=10,rate=125"]);
    expect(texts("kvm", "linux-bridge", rate)).toEqual(["virsh domiftune 'it'\\''s v1' <port of v1/eth0> --inbound 125000,250000 --outbound 125000,250000 --live --config"]);
    expect(texts("xen", "open-vswitch", rate)).toEqual(["ovs-vsctl set interface <port of v1/eth0> ingress_policing_rate=1000000"]);
    const shaped = portGroupCommands({ before: site("esxi", "standard", {}), after: site("esxi", "standard", rate) }).map(({ text }) => text);
    expect(shaped).toEqual(["esxcli network vswitch standard portgroup policy shaping set --portgroup-name=pg --enabled=true --avg-bandwidth=1000000 --peak-bandwidth=2000000 --burst-size=25000"]);
  });

  it("sends whole units, and is given no command for a rate of 0, which means no limit to every platform", () => {
    const odd = { shaping: { averageMbps: 0.0625, peakMbps: 1600.5 } };
    expect(texts("kvm", "linux-bridge", odd)[0]).toContain("--inbound 8,200063 ");
    expect(texts("xen", "open-vswitch", odd)[0]).toContain("ingress_policing_rate=63");
    for (const platform of ["hyper-v", "proxmox", "kvm", "xen"] as const) expect(texts(platform, platform === "hyper-v" ? "hyper-v" : "open-vswitch", { shaping: { averageMbps: 0 } })).toEqual([]);
  });

  it("is left alone where nothing changes, or nothing was checked", () => {
    expect(portSettingCommands({ before: site("kvm", "linux-bridge", own), after: site("kvm", "linux-bridge", own) })).toEqual([]);
    expect(texts("virtualbox", "linux-bridge", { ...own, ...rate })).toEqual([]);
    expect(texts("esxi", "standard", { spoofGuard: true })).toEqual([]);
  });
});
