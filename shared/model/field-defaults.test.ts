import { expect, it } from "vitest";
import type { Topology } from "./topology";
import { defaultOf } from "./field-defaults";

const topology: Topology = {
  format: "bulkhead/1", name: "t",
  hosts: { h: { name: "h" } },
  hypervisors: { hv: { name: "hv", host: "h", platform: "proxmox" }, esx: { name: "esx", host: "h", platform: "esxi", memorySharing: "off" } },
  virtualSwitches: {
    vss: { name: "vss", kind: "standard", hypervisors: ["esx"], security: { promiscuous: "accept" } },
    ovs: { name: "ovs", kind: "open-vswitch", hypervisors: ["hv"] },
    br: { name: "br", kind: "linux-bridge", hypervisors: ["hv"] },
  },
  portGroups: { pg: { name: "pg", virtualSwitch: "vss", security: { promiscuous: "reject" } }, og: { name: "og", virtualSwitch: "ovs" } },
  vms: { a: { name: "a", hypervisor: "esx", nics: { "eth.0": {} } }, b: { name: "b", hypervisor: "hv" } },
  distributedFirewalls: { d: { name: "d", defaultAction: "deny" } },
};

it("shows what a switch or a platform would decide, even where the field is set", () => {
  expect(defaultOf("portGroups", topology, "pg", ["security", "promiscuous"])).toMatchObject({ value: "accept", text: "accept", source: "set" });
  expect(defaultOf("portGroups", topology, "pg", ["security", "macChanges"])).toMatchObject({ value: "accept", source: "default" });
  expect(defaultOf("virtualSwitches", topology, "vss", ["security", "promiscuous"])).toMatchObject({ value: "reject", source: "default" });
  expect(defaultOf("distributedFirewalls", topology, "d", ["defaultAction"])).toMatchObject({ text: "allow", source: "default" });
});

it("writes values for people", () => {
  expect(defaultOf("portGroups", topology, "pg", ["vlan"])?.text).toBe("untagged");
  expect(defaultOf("portGroups", topology, "og", ["vlan"])?.text).toBe("trunk of all VLANs");
  expect(defaultOf("virtualSwitches", topology, "br", ["vlanAware"])?.text).toBe("off");
  expect(defaultOf("vms", topology, "a", ["nics", "eth.0", "connected"])?.text).toBe("on");
  expect(defaultOf("vms", topology, "b", ["guest", "clipboard"])).toMatchObject({ value: undefined, text: "unknown", source: "unknown" });
});

it("follows a VM to its hypervisor", () => {
  expect(defaultOf("vms", topology, "a", ["guest", "clipboard"])?.text).toBe("off");
  expect(defaultOf("vms", topology, "a", ["resources", "memorySharing"])).toMatchObject({ text: "off", source: "set" });
  expect(defaultOf("vms", topology, "b", ["resources", "memorySharing"])).toMatchObject({ text: "inter-vm", source: "default" });
  expect(defaultOf("hypervisors", topology, "hv", ["memorySharing"])?.text).toBe("inter-vm");
});

it("has none for what everybody must say", () => {
  expect(defaultOf("vms", topology, "a", ["name"])).toBeUndefined();
  expect(defaultOf("vms", topology, "a", ["constructor"])).toBeUndefined();
  expect(defaultOf("externalNetworks", topology, "x", ["trust"])).toBeUndefined();
});
