import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import type { Edit } from "../analysis/result";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort } from "../network/testing";
import { flawedScenario, TODAY } from "../rules/testing";
import { commandsFor } from "./commands";
import { planFixes } from "./plan";

const texts = (before: Topology, ...edits: Edit[]): string[] => commandsFor(before, applyEdits(before, edits)).map((command) => `${command.platform} ${command.on}: ${command.text}`);

describe("commandsFor", () => {
  it("adds and tags port groups of a standard switch on every host that needs it, and moves the VM", () => {
    const [step] = planFixes(flawedScenario(), { today: TODAY }).plan;
    const commands = step?.commands.map((command) => command.text) ?? [];
    expect(commands).toContain("esxcli network vswitch standard portgroup add --portgroup-name='Tenant A VLAN 110' --vswitch-name=vSwitch0");
    expect(commands).toContain("esxcli network vswitch standard portgroup set --portgroup-name='Tenant A VLAN 110' --vlan-id=110");
    expect(commands).toContain("Get-VM -Name 'tenant-a-21' | Get-NetworkAdapter -Name 'Network adapter 1' | Set-NetworkAdapter -NetworkName 'Tenant A VLAN 110' -Confirm:$false");
    expect(commands.findIndex((text) => text.includes("allowed vlan"))).toBeLessThan(commands.findIndex((text) => text.includes("Set-NetworkAdapter")));
  });

  it("speaks the language of each platform", () => {
    const base = (kind: "hyper-v" | "linux-bridge" | "open-vswitch", platform: "hyper-v" | "proxmox" | "kvm"): Topology =>
      draw().hypervisor("h1", platform).vswitch("sw", kind, "h1", { name: "vmbr0" }).portGroup("pg", "sw", access(10)).vm("v1", "h1", "pg").build();
    const retag: Edit = { op: "replace", path: "/portGroups/pg/vlan/id", value: 120 };
    expect(texts(base("hyper-v", "hyper-v"), retag)).toEqual(["hyper-v h1: Set-VMNetworkAdapterVlan -VMName 'v1' -Access -VlanId 120"]);
    expect(texts(base("linux-bridge", "proxmox"), retag)).toEqual(["proxmox h1: qm set <VMID of v1> --net0 virtio=<MAC>,bridge=vmbr0,tag=120"]);
    expect(texts(base("open-vswitch", "kvm"), retag)).toEqual(["kvm h1: ovs-vsctl set port <port of v1/eth0> tag=120 vlan_mode=access"]);
  });

  it("parts guests of KVM and VirtualBox from one another's memory and from the console's clipboard", () => {
    const site = (platform: "kvm" | "proxmox" | "virtualbox", off: boolean): Topology => draw().hypervisor("h1", platform).put("hypervisors", "h1", { host: "h1-host", platform, memorySharing: off ? "off" : "inter-vm" })
      .vm("v1", "h1", {}, { guest: { clipboard: !off }, resources: off ? { memorySharing: "off" } : {} }).build();
    const lines = (platform: "kvm" | "proxmox" | "virtualbox"): string[] => commandsFor(site(platform, false), site(platform, true)).map(({ text }) => text);
    expect(lines("kvm")).toEqual([
      "systemctl disable --now ksm ksmtuned; echo 2 > /sys/kernel/mm/ksm/run", "virsh edit v1 # <graphics type='spice'>: <clipboard copypaste='no'/> <filetransfer enable='no'/>", "virsh edit v1 # <domain>: <memoryBacking><nosharepages/></memoryBacking>",
    ]);
    expect(lines("proxmox")).toContain("qm set <VMID of v1> --vga std");
    expect(lines("virtualbox")).toEqual(["VBoxManage modifyvm v1 --page-fusion=off", "VBoxManage modifyvm v1 --clipboard-mode=disabled"]);
  });

  it("quotes names for the shell that they are meant for, and never passes a control character on", () => {
    const nasty = "x'; rm -rf / #\u001b[2J";
    const before = draw().hypervisor("h1").vswitch("sw", "standard", "h1", { name: nasty }).build();
    const [text] = texts(before, { op: "add", path: "/portGroups", value: { pg: { name: nasty, virtualSwitch: "sw", vlan: { mode: "access", id: 5 } } } });
    expect(text).toBe("esxi h1: esxcli network vswitch standard portgroup add --portgroup-name='x'\\''; rm -rf / #\\u001b[2J' --vswitch-name='x'\\''; rm -rf / #\\u001b[2J'");
    const vm = draw().hypervisor("h1", "hyper-v").vswitch("sw", "hyper-v", "h1").portGroup("pg", "sw", access(1)).vm("v", "h1", "pg", { name: "a'b" }).build();
    expect(texts(vm, { op: "replace", path: "/portGroups/pg/vlan/id", value: 2 })[0]).toContain("-VMName 'a''b'");
  });

  it("sets switch ports, with the port left to the reader", () => {
    const before = draw().hypervisor("h1").physicalSwitch("tor-1").vswitch("sw", "standard", "h1").uplink("u1", "sw", "h1", "tor-1", trunkPort("10", 10)).build();
    expect(texts(before, { op: "replace", path: "/uplinks/u1/port/native", value: 999 }, { op: "add", path: "/uplinks/u1/port/tagNative", value: true }))
      .toEqual(["cisco-ios tor-1: vlan dot1q tag native; interface <port of uplink u1>; switchport trunk native vlan 999"]);
    expect(texts(before, { op: "replace", path: "/uplinks/u1/port/allowed", value: "10,20-21" })).toEqual(["cisco-ios tor-1: vlan 20-21; interface <port of uplink u1>; switchport trunk allowed vlan 10,20-21"]);
    expect(texts(before, { op: "replace", path: "/uplinks/u1/port/allowed", value: "all" })).toEqual(["cisco-ios tor-1: interface <port of uplink u1>; switchport trunk allowed vlan all"]);
  });

  it("moves the access ports of external networks and BMCs", () => {
    const before = draw().hypervisor("h1").physicalSwitch("tor-1").external("office", { physicalSwitch: "tor-1", vlan: 10 }).put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 10, addresses: [] } }).build();
    expect(texts(before, { op: "replace", path: "/externalNetworks/office/attachedTo/vlan", value: 30 }, { op: "replace", path: "/hosts/h1-host/bmc/vlan", value: 31 })).toEqual([
      "cisco-ios tor-1: vlan 30; interface <port of office>; switchport access vlan 30", "cisco-ios tor-1: vlan 31; interface <port of the BMC of h1-host>; switchport access vlan 31",
    ]);
    expect(texts(before, { op: "replace", path: "/externalNetworks/office/name", value: "Office" })).toEqual([]);
  });

  it("gives nothing for what it does not know how to do", () => {
    const before = draw().hypervisor("h1").build();
    expect(texts(before, { op: "add", path: "/hypervisors/h1/management", value: { mfa: true } })).toEqual([]);
    expect(commandsFor(before, before)).toEqual([]);
  });
});
