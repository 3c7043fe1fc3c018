import { describe, expect, it } from "vitest";
import type { RecordOf, Topology } from "../model/topology";
import { check, flawedScenario, TODAY } from "../rules/testing";
import { planFixes } from "./plan";

/** The worked scenario as other sites have it. */
type Variant = (flawed: Topology) => Topology;

function each<T>(records: Readonly<Record<string, T>> | undefined, change: (value: T, id: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(records ?? {}).map(([id, value]) => [id, change(value, id)]));
}

const inGroup = (vms: Topology["vms"], group: (vm: RecordOf<"vms">) => string): Topology["vms"] => each(vms, (vm) => ({ ...vm, nics: each(vm.nics, (nic) => ({ ...nic, portGroup: group(vm) })) }));

/** A Proxmox VE installation as it comes: one bridge without VLAN filtering, the host's address beside the guests. */
const proxmox = (port: NonNullable<RecordOf<"uplinks">["port"]>, vlan: RecordOf<"portGroups">["vlan"]): Variant => (flawed) => ({
  ...flawed,
  hypervisors: each(flawed.hypervisors, ({ memorySharing: _memorySharing, ...hypervisor }) => ({ ...hypervisor, platform: "proxmox" as const })),
  virtualSwitches: each(flawed.virtualSwitches, ({ security: _security, ...vswitch }) => ({ ...vswitch, name: "vmbr0", kind: "linux-bridge" as const })),
  uplinks: each(flawed.uplinks, (uplink) => ({ ...uplink, port })),
  portGroups: each(flawed.portGroups, (group) => ({ ...group, vlan })),
});

const withoutFirewall: Variant = (flawed) => ({
  ...flawed, firewalls: {}, externalNetworks: each(flawed.externalNetworks, (network) => ({ ...network, attachedTo: { physicalSwitch: "tor-1", vlan: 100 } })),
});

const VARIANTS: Readonly<Record<string, Variant>> = {
  "management in the guests' own port group": (flawed) => ({ ...flawed, managementInterfaces: each(flawed.managementInterfaces, (adapter) => ({ ...adapter, portGroup: adapter.portGroup.replace("mgmt", "prod") })) }),
  "one distributed switch": (flawed) => ({
    ...flawed,
    virtualSwitches: { vds: { name: "vds", kind: "distributed", hypervisors: ["esx-1", "esx-2"] } },
    portGroups: { pg: { name: "Production", virtualSwitch: "vds", vlan: { mode: "access", id: 100 } } },
    uplinks: each(flawed.uplinks, (uplink) => ({ ...uplink, virtualSwitch: "vds" })),
    managementInterfaces: each(flawed.managementInterfaces, (adapter) => ({ ...adapter, portGroup: "pg" })),
    vms: inGroup(flawed.vms, () => "pg"),
  }),
  "Proxmox VE on access ports": proxmox({ mode: "access", vlan: 100 }, { mode: "untagged" }),
  "Proxmox VE on trunks, tags drawn but not heeded": proxmox({ mode: "trunk", allowed: "all", native: 100 }, { mode: "access", id: 100 }),
  "no firewall at all": withoutFirewall,
  "no firewall and no addresses": (flawed) => ({
    ...withoutFirewall(flawed),
    vms: each(flawed.vms, (vm) => ({ ...vm, nics: each(vm.nics, ({ addresses: _addresses, gateway: _gateway, ...nic }) => nic) })),
    managementInterfaces: each(flawed.managementInterfaces, ({ addresses: _addresses, gateway: _gateway, ...adapter }) => adapter),
  }),
  "a router that allows everything": ({ firewalls, ...flawed }) => ({ ...flawed, routers: { gw: { name: "gw", interfaces: firewalls?.["fw-1"]?.interfaces ?? {} } } }),
  "everybody, and management, in one guest trunk": (flawed) => ({
    ...flawed,
    portGroups: each(flawed.portGroups, (group) => ({ ...group, vlan: { mode: "trunk" as const, allowed: "all" } })),
    uplinks: each(flawed.uplinks, (uplink) => ({ ...uplink, port: { mode: "trunk" as const, allowed: "all" } })),
    managementInterfaces: each(flawed.managementInterfaces, (adapter) => ({ ...adapter, portGroup: adapter.portGroup.replace("mgmt", "prod") })),
  }),
  "hosted hypervisors, passed-through adapters, promiscuous mode, BMCs in the guests' VLAN, and a distributed firewall on one of two switches": (flawed) => ({
    ...flawed,
    hosts: each(flawed.hosts, (host) => ({ ...host, cpu: { iommu: false }, bmc: { physicalSwitch: "tor-1", vlan: 100, addresses: ["10.0.0.99/24"] } })),
    hypervisors: each(flawed.hypervisors, ({ version: _version, ...hypervisor }) => ({ ...hypervisor, platform: "vmware-workstation" as const })),
    virtualSwitches: each(flawed.virtualSwitches, (vswitch) => ({ ...vswitch, security: { promiscuous: "accept" as const, macChanges: "accept" as const, forgedTransmits: "accept" as const } })),
    vms: each(flawed.vms, (vm, id) => (id.endsWith("web") ? { ...vm, nics: each(vm.nics, (nic) => ({ ...nic, passthrough: "sriov" as const })) } : vm)),
    distributedFirewalls: { dfw: { name: "DFW", virtualSwitches: ["vsw-1"], defaultAction: "allow" as const } },
  }),
  "administration from a jump host": (flawed) => ({
    ...flawed,
    managementInterfaces: each(flawed.managementInterfaces, (adapter) => ({ ...adapter, firewall: { enabled: false } })),
    vms: { ...flawed.vms, jump: { name: "jump", hypervisor: "esx-1", role: "jump-host", nics: { eth0: { portGroup: "pg-prod-1", addresses: ["10.0.0.50/24"] } } } },
    policy: { require: [{ id: "web", from: ["external:internet"], to: ["vm:a-web"], services: ["tcp/443"] }, { id: "admin", from: ["vm:jump"], to: ["management"], services: ["tcp/443"] }] },
  }),
};

describe("the plan for the worked scenario with", () => {
  it.each(Object.entries(VARIANTS))("%s leaves nothing critical or high, and every required flow as it was", (_name, variant) => {
    const document = variant(flawedScenario());
    const before = check(document);
    expect(before.summary.critical).toBeGreaterThan(0);
    const plan = planFixes(document, { today: TODAY });
    const after = check(plan.topology);
    expect([after.summary.critical, after.summary.high]).toEqual([0, 0]);
    expect(after.summary.tenantPairs).toEqual({ isolated: 2, permitted: 0, violating: 0, unknown: 0 });
    for (const { id, holds } of before.network.required) if (holds) expect(after.network.required.find((entry) => entry.id === id)?.holds).toBe(true);
    expect(after.findings.filter((finding) => finding.rule === "INT-002")).toEqual([]);
  });
});
