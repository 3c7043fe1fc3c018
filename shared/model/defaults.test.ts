import { describe, expect, it } from "vitest";
import type { Topology } from "./topology";
import type { VirtualSwitch } from "./kinds/virtual-switch";
import type { Platform } from "./kinds/hypervisor";
import {
  effectiveClipboard, effectiveCpu, effectiveDefaultAction, effectiveDragAndDrop, effectiveManagement, effectiveMemorySharing, effectiveOwnFirewall, effectivePatchLevel,
  effectiveSecurity, effectiveStateful, effectiveVlan, effectiveVlanAware, effectiveVmMemorySharing,
} from "./defaults";

function network(kind: VirtualSwitch["kind"], platform: Platform = "esxi", rest: Partial<Topology> = {}): Topology {
  return {
    format: "bulkhead/1", name: "t",
    hosts: { h: { name: "h" } },
    hypervisors: { hv: { name: "hv", host: "h", platform } },
    virtualSwitches: { sw: { name: "sw", kind, hypervisors: ["hv"] } },
    portGroups: { pg: { name: "pg", virtualSwitch: "sw" } },
    vms: { a: { name: "a", hypervisor: "hv" } },
    ...rest,
  };
}

describe("security of a port group", () => {
  it.each([
    ["standard", "reject", "accept", "accept"],
    ["distributed", "reject", "reject", "reject"],
    ["hyper-v", "reject", "reject", "reject"],
    ["linux-bridge", "reject", "accept", "accept"],
    ["open-vswitch", "reject", "accept", "accept"],
  ] as const)("falls back to the default of a %s switch", (kind, promiscuous, macChanges, forgedTransmits) => {
    const security = effectiveSecurity(network(kind), "pg");
    expect([security.promiscuous.value, security.macChanges.value, security.forgedTransmits.value]).toEqual([promiscuous, macChanges, forgedTransmits]);
    expect(security.macChanges).toMatchObject({ source: "default", field: "$.virtualSwitches.sw.security.macChanges" });
  });

  it("says that sources disagree about a standard switch", () => {
    expect(effectiveSecurity(network("standard"), "pg").macChanges.basis).toContain("sources disagree");
    expect(effectiveSecurity(network("distributed"), "pg").macChanges.basis).not.toContain("disagree");
  });

  it("takes the port group's own value, then the switch's, field by field", () => {
    const security = effectiveSecurity(network("standard", "esxi", {
      virtualSwitches: { sw: { name: "sw", kind: "standard", hypervisors: ["hv"], security: { promiscuous: "accept", macChanges: "reject" } } },
      portGroups: { pg: { name: "pg", virtualSwitch: "sw", security: { promiscuous: "reject" } } },
    }), "pg");
    expect(security.promiscuous).toMatchObject({ value: "reject", source: "set", field: "$.portGroups.pg.security.promiscuous", basis: "" });
    expect(security.macChanges).toMatchObject({ value: "reject", source: "set", field: "$.virtualSwitches.sw.security.macChanges", basis: "" });
    expect(security.forgedTransmits).toMatchObject({ value: "accept", source: "default" });
  });
});

describe("VLAN of a port group", () => {
  it("is untagged, but on Open vSwitch a trunk of all", () => {
    expect(effectiveVlan(network("standard"), "pg")).toMatchObject({ value: { mode: "untagged" }, source: "default", field: "$.portGroups.pg.vlan" });
    expect(effectiveVlan(network("open-vswitch"), "pg").value).toEqual({ mode: "trunk", allowed: "all" });
  });

  it("is not kept by a Linux bridge unless it says so", () => {
    expect(effectiveVlanAware(network("linux-bridge"), "sw")).toMatchObject({ value: false, source: "default" });
    expect(effectiveVlanAware(network("linux-bridge", "kvm", { virtualSwitches: { sw: { name: "sw", kind: "linux-bridge", hypervisors: ["hv"], vlanAware: true } } }), "sw"))
      .toMatchObject({ value: true, source: "set" });
    expect(effectiveVlanAware(network("standard"), "sw").value).toBe(true);
  });
});

describe("memory sharing", () => {
  it.each([
    ["esxi", "intra-vm", "default"], ["proxmox", "inter-vm", "default"],
    ["kvm", undefined, "unknown"], ["xen", undefined, "unknown"], ["hyper-v", undefined, "unknown"], ["virtualbox", undefined, "unknown"], ["vmware-workstation", undefined, "unknown"],
    ["parallels", undefined, "unknown"],
  ] as const)("on %s is %s where it is not set", (platform, value, source) => {
    expect(effectiveMemorySharing(network("standard", platform), "hv")).toMatchObject({ value, source, field: "$.hypervisors.hv.memorySharing" });
  });

  const vmOn = (platform: Platform, host: "off" | "intra-vm" | "inter-vm" | undefined, vm: "off" | "intra-vm" | "inter-vm" | undefined) => effectiveVmMemorySharing(network("standard", platform, {
    hypervisors: { hv: { name: "hv", host: "h", platform, ...(host === undefined ? {} : { memorySharing: host }) } },
    vms: { a: { name: "a", hypervisor: "hv", ...(vm === undefined ? {} : { resources: { memorySharing: vm } }) } },
  }), "a").value;

  it("is narrowed by the VM, never widened", () => {
    expect(vmOn("kvm", "inter-vm", "off")).toBe("off");
    expect(vmOn("kvm", "inter-vm", undefined)).toBe("inter-vm");
    expect(vmOn("kvm", "off", "inter-vm")).toBe("off");
    expect(vmOn("kvm", "intra-vm", "inter-vm")).toBe("intra-vm");
    expect(vmOn("kvm", undefined, "inter-vm")).toBeUndefined();
    expect(vmOn("kvm", undefined, "off")).toBe("off");
  });

  it("is widened by a salt of the VM's own on ESXi", () => {
    expect(vmOn("esxi", undefined, "inter-vm")).toBe("inter-vm");
    expect(vmOn("esxi", "off", "inter-vm")).toBe("off");
  });
});

describe("clipboard and drag and drop", () => {
  it.each([
    ["esxi", false], ["virtualbox", false], ["vmware-workstation", true],
    ["kvm", undefined], ["proxmox", undefined], ["xen", undefined], ["hyper-v", undefined], ["parallels", undefined],
  ] as const)("on %s are %s where they are not set", (platform, value) => {
    expect(effectiveClipboard(network("standard", platform), "a")).toMatchObject({ value, source: value === undefined ? "unknown" : "default", field: "$.vms.a.guest.clipboard" });
    expect(effectiveDragAndDrop(network("standard", platform), "a").value).toBe(value);
  });

  it("are what the document says", () => {
    expect(effectiveClipboard(network("standard", "esxi", { vms: { a: { name: "a", hypervisor: "hv", guest: { clipboard: true } } } }), "a")).toMatchObject({ value: true, source: "set", basis: "" });
  });
});

describe("hardening", () => {
  it("is unknown where the document does not say", () => {
    const topology = network("standard");
    expect(effectivePatchLevel(topology, "hv")).toMatchObject({ value: undefined, source: "unknown" });
    expect(effectiveManagement(topology, "hv", "mfa")).toMatchObject({ value: undefined, source: "unknown", field: "$.hypervisors.hv.management.mfa" });
    expect(effectiveCpu(topology, "h", "smt").source).toBe("unknown");
  });

  it("treats the patch level `unknown` as not said", () => {
    const topology = network("standard", "esxi", { hypervisors: { hv: { name: "hv", host: "h", platform: "esxi", patchLevel: "unknown", management: { mfa: false } } } });
    expect(effectivePatchLevel(topology, "hv").source).toBe("unknown");
    expect(effectiveManagement(topology, "hv", "mfa")).toMatchObject({ value: false, source: "set" });
  });
});

describe("filters", () => {
  it("have the default action of their kind and are stateful", () => {
    const topology = network("standard", "esxi", {
      routers: { r: { name: "r" } }, firewalls: { f: { name: "f", stateful: false } }, distributedFirewalls: { d: { name: "d" } },
    });
    expect(effectiveDefaultAction(topology, "routers", "r").value).toBe("allow");
    expect(effectiveDefaultAction(topology, "firewalls", "f").value).toBe("deny");
    expect(effectiveDefaultAction(topology, "distributedFirewalls", "d")).toMatchObject({ value: "allow", source: "default", field: "$.distributedFirewalls.d.defaultAction" });
    expect(effectiveStateful(topology, "firewalls", "f")).toMatchObject({ value: false, source: "set" });
    expect(effectiveStateful(topology, "routers", "r")).toMatchObject({ value: true, source: "default" });
  });

  it("of a management interface are unknown where none is described", () => {
    const adapter = (firewall?: { enabled?: boolean }): Topology => network("standard", "esxi", {
      managementInterfaces: { m: { name: "m", hypervisor: "hv", portGroup: "pg", ...(firewall === undefined ? {} : { firewall }) } },
    });
    expect(effectiveOwnFirewall(adapter(), "m")).toMatchObject({ source: "unknown", field: "$.managementInterfaces.m.firewall" });
    expect(effectiveOwnFirewall(adapter({}), "m")).toMatchObject({ source: "unknown", field: "$.managementInterfaces.m.firewall.enabled" });
    expect(effectiveOwnFirewall(adapter({ enabled: false }), "m")).toMatchObject({ value: false, source: "set" });
  });
});

it("reads ids such as `constructor` as any other", () => {
  expect(effectiveMemorySharing(network("standard"), "constructor").source).toBe("unknown");
  expect(effectiveSecurity(network("standard"), "constructor").macChanges.source).toBe("default");
});
