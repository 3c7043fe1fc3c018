import { describe, expect, it } from "vitest";
import { resolveSelector } from "./members";
import { parseSelector } from "./selector";
import type { Topology } from "./topology";

describe("a selector", () => {
  it.each(["any", "management", "bmc", "workloads"])("names a class: %s", (text) => {
    expect(parseSelector(text)).toEqual({ kind: text });
  });

  it("names one external network or all", () => {
    expect(parseSelector("external")).toEqual({ kind: "externals" });
    expect(parseSelector("external:internet")).toEqual({ kind: "external", id: "internet" });
  });

  it("takes ids with colons and dots, and tags with anything", () => {
    expect(parseSelector("vm:a:b.c")).toEqual({ kind: "vm", id: "a:b.c" });
    expect(parseSelector("tag:PCI: zone 1")).toEqual({ kind: "tag", name: "PCI: zone 1" });
    expect(parseSelector("cidr:2001:db8::/32")).toMatchObject({ kind: "cidr", cidr: { family: 6, prefix: 32 } });
  });

  it.each(["", "Any", "vm", "vm:", "vm:A", ":a", "tag:", "tenants:a", "cidr:10.0.0.1", "cidr:10.0.0.0/33", "host:a", " any", "a-web"])("is refused: %j", (text) => {
    expect(parseSelector(text)).toBeUndefined();
  });
});

const topology: Topology = {
  format: "bulkhead/1",
  name: "members",
  tenants: { a: { name: "A", tags: ["gold"] }, empty: { name: "Empty" } },
  hosts: { "host-1": { name: "h", bmc: { physicalSwitch: "tor", vlan: 9, addresses: ["10.9.0.9/24"] } }, "host-2": { name: "no bmc" } },
  hypervisors: { hv: { name: "hv", host: "host-1", platform: "esxi" } },
  managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "hv", portGroup: "pg-m", addresses: ["10.9.0.11/24"], tags: ["ops"] } },
  portGroups: { "pg-a": { name: "a", virtualSwitch: "vs", tags: ["net"] }, "pg-m": { name: "m", virtualSwitch: "vs" } },
  vms: {
    web: { name: "web", hypervisor: "hv", tenant: "a", tags: ["ops"], nics: { eth0: { portGroup: "pg-a", addresses: ["10.1.0.10/24", "fd00::10/64"] } } },
    off: { name: "off", hypervisor: "hv", tenant: "a", nics: { eth0: { portGroup: "pg-a", connected: false } } },
    golden: { name: "golden", hypervisor: "hv", tenant: "a", role: "template", tags: ["ops"], nics: { eth0: { portGroup: "pg-a" } } },
  },
  firewalls: { fw: { name: "fw", interfaces: { in: { portGroup: "pg-a", addresses: ["203.0.113.1/24"] } } } },
  externalNetworks: {
    internet: { name: "Internet", trust: "untrusted" },
    branch: { name: "Branch", trust: "corporate", attachedTo: { portGroup: "pg-a" } },
  },
};

describe("the members of a selector", () => {
  it.each([
    ["any", ["branch", "host-1/bmc", "internet", "off", "vmk0", "web"]],
    ["workloads", ["off", "web"]],
    ["management", ["vmk0"]],
    ["bmc", ["host-1/bmc"]],
    ["hypervisor:hv", ["vmk0"]],
    ["external", ["branch", "internet"]],
    ["external:branch", ["branch"]],
    ["tenant:a", ["off", "web"]],
    ["tenant:empty", []],
    ["vm:web", ["web"]],
    ["vm:golden", []],
    ["portgroup:pg-a", ["branch", "web"]],
    ["portgroup:pg-m", ["vmk0"]],
    ["tag:ops", ["vmk0", "web"]],
    ["tag:gold", ["off", "web"]],
    ["tag:net", ["branch", "web"]],
    ["tag:nobody", []],
    ["vm:constructor", []],
    ["nonsense", []],
  ])("of %s", (text, members) => {
    expect([...resolveSelector(topology, text)].sort()).toEqual(members);
  });

  it.each([
    ["cidr:10.1.0.0/16", ["web"]],
    ["cidr:10.9.0.0/28", ["host-1/bmc", "vmk0"]],
    ["cidr:fd00::/8", ["web"]],
    // No party has an address there, but the subnet is written: it is not the Internet's.
    ["cidr:10.1.0.128/25", []],
    ["cidr:203.0.113.0/24", []],
    ["cidr:8.8.8.0/24", ["branch", "internet"]],
    ["cidr:192.168.7.0/24", ["branch"]],
    ["cidr:0.0.0.0/0", ["branch", "host-1/bmc", "internet", "vmk0", "web"]],
  ])("of %s are by written address, externals by what nobody wrote", (text, members) => {
    expect([...resolveSelector(topology, text)].sort()).toEqual(members);
  });
});
