/** The worked scenario for tests: two tenants, four VMs, two ESXi hosts, everything in VLAN 100; and the same network as it should be. */
import type { Topology } from "../model/topology";
import { formatTopology } from "../model/canonical";
import { parseTopology } from "../model/parse";
import { evaluate, type Evaluation } from "../analysis/evaluate";

export const TODAY = "2026-11-23";

/** A document of its own for every call, so that a test may change it. Every VM is on `esx-1` or `esx-2`, one of each tenant on each. */
export function flawedScenario(): Topology {
  const hosts = ["1", "2"];
  return {
    format: "bulkhead/1",
    name: "Flawed hosting",
    tenants: { "tenant-a": { name: "Tenant A", kind: "customer", sensitive: true }, "tenant-b": { name: "Tenant B", kind: "customer" } },
    hosts: Object.fromEntries(hosts.map((n) => [`host-${n}`, { name: `srv${n}`, nics: { vmnic0: { name: "vmnic0" } } }])),
    physicalSwitches: { "tor-1": { name: "tor-1" } },
    hypervisors: Object.fromEntries(hosts.map((n) => [`esx-${n}`, {
      name: `esx-${n}`, host: `host-${n}`, platform: "esxi" as const, version: "8.0.3", patchLevel: "current" as const, memorySharing: "inter-vm" as const,
      management: { mfa: false, sharedAccounts: false, strongAuthentication: true },
    }])),
    managementInterfaces: Object.fromEntries(hosts.map((n) => [`esx-${n}-vmk0`, {
      name: "vmk0", hypervisor: `esx-${n}`, portGroup: `pg-mgmt-${n}`, addresses: [`10.0.0.1${n}/24`], gateway: "10.0.0.1", services: ["management" as const],
    }])),
    virtualSwitches: Object.fromEntries(hosts.map((n) => [`vsw-${n}`, { name: "vSwitch0", kind: "standard" as const, hypervisors: [`esx-${n}`], security: REJECT }])),
    uplinks: Object.fromEntries(hosts.map((n) => [`esx-${n}-up0`, {
      virtualSwitch: `vsw-${n}`, hypervisor: `esx-${n}`, hostNic: "vmnic0", physicalSwitch: "tor-1", port: { mode: "trunk" as const, allowed: "100", native: 1 },
    }])),
    portGroups: Object.fromEntries(hosts.flatMap((n) => [
      [`pg-prod-${n}`, { name: "Production", virtualSwitch: `vsw-${n}`, vlan: { mode: "access" as const, id: 100 } }],
      [`pg-mgmt-${n}`, { name: "Management Network", virtualSwitch: `vsw-${n}`, vlan: { mode: "access" as const, id: 100 } }],
    ])),
    vms: {
      "a-web": guest("esx-1", "tenant-a", "pg-prod-1", 21),
      "a-db": guest("esx-2", "tenant-a", "pg-prod-2", 22),
      "b-web": guest("esx-1", "tenant-b", "pg-prod-1", 31),
      "b-db": guest("esx-2", "tenant-b", "pg-prod-2", 32),
    },
    firewalls: {
      "fw-1": {
        name: "Edge firewall",
        interfaces: { inside: { physicalSwitch: "tor-1", vlan: 100, addresses: ["10.0.0.1/24"] }, outside: { physicalSwitch: "tor-1", vlan: 20, addresses: ["203.0.113.1/24"] } },
        rules: [{ id: "web", action: "allow", from: ["external:internet"], to: ["vm:a-web"], services: ["tcp/443"], in: "outside", out: "inside" }],
        defaultAction: "deny",
      },
    },
    externalNetworks: {
      internet: { name: "Internet", trust: "untrusted", attachedTo: { physicalSwitch: "tor-1", vlan: 20 } },
      corporate: { name: "Corporate users", trust: "corporate", attachedTo: { physicalSwitch: "tor-1", vlan: 100 } },
      admins: { name: "Administrators", trust: "admin", attachedTo: { physicalSwitch: "tor-1", vlan: 100 } },
    },
    policy: {
      require: [
        { id: "web", from: ["external:internet"], to: ["vm:a-web"], services: ["tcp/443"] },
        { id: "admin", from: ["external:admins"], to: ["management"], services: ["tcp/443"] },
      ],
    },
  };
}

const REJECT = { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } as const;

function guest(hypervisor: string, tenant: string, portGroup: string, address: number): NonNullable<Topology["vms"]>[string] {
  return {
    name: `${tenant}-${address}`, hypervisor, tenant,
    nics: { eth0: { portGroup, addresses: [`10.0.0.${address}/24`], gateway: "10.0.0.1" } },
    guest: { tools: "minimal", toolsCurrent: true, clipboard: true, dragAndDrop: false, sharedFolders: [] },
  };
}

/** Tenant VLANs 110 and 120, management in VLAN 10 behind the firewall, a distributed firewall that denies by default, sharing off. */
export function remediatedScenario(): Topology {
  const flawed = flawedScenario();
  const trunk = { mode: "trunk" as const, allowed: "10,110,120", native: 999, tagNative: true };
  const group = (name: string, n: string, id: number): NonNullable<Topology["portGroups"]>[string] => ({ name, virtualSwitch: `vsw-${n}`, vlan: { mode: "access", id } });
  const rehome = (id: string, portGroup: string, address: string, gateway: string): NonNullable<Topology["vms"]>[string] => {
    const vm = flawed.vms?.[id];
    if (vm === undefined) throw new Error(id);
    return { ...vm, nics: { eth0: { portGroup, addresses: [address], gateway } }, guest: { ...vm.guest, clipboard: false } };
  };
  return {
    ...flawed,
    name: "Remediated hosting",
    hypervisors: mapRecords(flawed.hypervisors, (hypervisor) => ({ ...hypervisor, memorySharing: "intra-vm" as const, management: { ...hypervisor.management, mfa: true } })),
    managementInterfaces: mapRecords(flawed.managementInterfaces, (adapter) => ({ ...adapter, firewall: { enabled: true, allowedSources: ["external:admins", "management"], ports: ["tcp/443"] } })),
    uplinks: mapRecords(flawed.uplinks, (uplink) => ({ ...uplink, port: trunk })),
    portGroups: Object.fromEntries(["1", "2"].flatMap((n) => [
      [`pg-a-${n}`, group("Tenant A", n, 110)], [`pg-b-${n}`, group("Tenant B", n, 120)], [`pg-mgmt-${n}`, group("Management Network", n, 10)],
    ])),
    vms: {
      "a-web": rehome("a-web", "pg-a-1", "10.110.0.21/24", "10.110.0.1"),
      "a-db": rehome("a-db", "pg-a-2", "10.110.0.22/24", "10.110.0.1"),
      "b-web": rehome("b-web", "pg-b-1", "10.120.0.31/24", "10.120.0.1"),
      "b-db": rehome("b-db", "pg-b-2", "10.120.0.32/24", "10.120.0.1"),
    },
    firewalls: {
      "fw-1": {
        name: "Edge firewall",
        interfaces: {
          a: { physicalSwitch: "tor-1", vlan: 110, addresses: ["10.110.0.1/24"] }, b: { physicalSwitch: "tor-1", vlan: 120, addresses: ["10.120.0.1/24"] },
          mgmt: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.0.0.1/24"] }, outside: { physicalSwitch: "tor-1", vlan: 20, addresses: ["203.0.113.1/24"] },
          admins: { physicalSwitch: "tor-1", vlan: 30, addresses: ["10.30.0.1/24"] },
        },
        rules: [
          { id: "web", action: "allow", from: ["external:internet"], to: ["vm:a-web"], services: ["tcp/443"], in: "outside", out: "a" },
          { id: "admin", action: "allow", from: ["external:admins"], to: ["management"], services: ["tcp/443"], in: "admins", out: "mgmt" },
        ],
        defaultAction: "deny",
      },
    },
    distributedFirewalls: {
      dfw: {
        name: "DFW", virtualSwitches: ["vsw-1", "vsw-2"], defaultAction: "deny",
        rules: [
          { id: "web", action: "allow", from: ["external:internet"], to: ["vm:a-web"], services: ["tcp/443"] },
          { id: "a", action: "allow", from: ["tenant:tenant-a"], to: ["tenant:tenant-a"], services: ["tcp/5432"] },
          { id: "b", action: "allow", from: ["tenant:tenant-b"], to: ["tenant:tenant-b"], services: ["tcp/5432"] },
        ],
      },
    },
    externalNetworks: {
      internet: { name: "Internet", trust: "untrusted", attachedTo: { physicalSwitch: "tor-1", vlan: 20 } },
      corporate: { name: "Corporate users", trust: "corporate", attachedTo: { physicalSwitch: "tor-1", vlan: 40 } },
      admins: { name: "Administrators", trust: "admin", attachedTo: { physicalSwitch: "tor-1", vlan: 30 } },
    },
  };
}

function mapRecords<T, U>(records: Readonly<Record<string, T>> | undefined, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(records ?? {}).map(([id, value]) => [id, change(value)]));
}

/** Analyses a document after checking that it is a valid one. */
export function check(topology: Topology): Evaluation {
  const parsed = parseTopology(formatTopology(topology));
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => `${problem.path}: ${problem.message}`).join("\n"));
  return evaluate(parsed.topology, { today: TODAY });
}

/** The findings of one rule with their severity, such as `["critical NET-001:a+b@tor-1.100"]`. */
export function found(evaluation: Evaluation, rule: string): string[] {
  return evaluation.findings.filter((finding) => finding.rule === rule).map((finding) => `${finding.severity} ${finding.id}`);
}

/** The ids of the findings of one rule, sorted as listed. */
export function idsOf(evaluation: Evaluation, rule: string): string[] {
  return evaluation.findings.filter((finding) => finding.rule === rule).map((finding) => finding.id);
}
