/** Documents and findings for the diagram's tests. */
import type { Finding, Summary } from "../analysis/result";
import type { Topology } from "../model/topology";
import type { Scene, SceneNode } from "./elements";
import { overlaps } from "./geometry";

/** Two tenants on two ESXi hosts, one VLAN for everything, management in it: the classic mistake. */
export function sharedVlan(): Topology {
  const trunk = { mode: "trunk", allowed: "10,100", native: 1 } as const;
  return {
    format: "bulkhead/1", name: "Acme hosting, cluster 1",
    tenants: { "tenant-a": { name: "Tenant A" }, "tenant-b": { name: "Tenant B" } },
    hosts: {
      "host-1": { name: "rack1-srv1", cpu: { vendor: "intel", hardwareVirtualization: true, iommu: true }, bmc: { physicalSwitch: "tor-1", vlan: 10 } },
      "host-2": { name: "rack1-srv2" },
    },
    physicalSwitches: { "tor-1": { name: "tor-1" }, "tor-2": { name: "tor-2" } },
    trunks: { "tor1-tor2": { a: { switch: "tor-1", port: trunk }, b: { switch: "tor-2", port: { mode: "trunk", allowed: "all" } } } },
    hypervisors: { "esx-1": { name: "esx-1", host: "host-1", platform: "esxi", version: "8.0.3" }, "esx-2": { name: "esx-2", host: "host-2", platform: "esxi" } },
    managementInterfaces: { "vmk-1": { name: "vmk0", hypervisor: "esx-1", portGroup: "prod-1" } },
    virtualSwitches: {
      "vsw-1": { name: "vSwitch0", kind: "standard", hypervisors: ["esx-1"] },
      "vsw-2": { name: "vSwitch0", kind: "standard", hypervisors: ["esx-2"] },
      dvs: { name: "dvs", kind: "distributed", hypervisors: ["esx-1", "esx-2"] },
    },
    uplinks: {
      "up-1": { virtualSwitch: "vsw-1", hypervisor: "esx-1", physicalSwitch: "tor-1", port: trunk },
      "up-2": { virtualSwitch: "vsw-2", hypervisor: "esx-2", physicalSwitch: "tor-2", port: trunk },
    },
    portGroups: {
      "prod-1": { name: "Production", virtualSwitch: "vsw-1", vlan: { mode: "access", id: 100 } },
      "prod-2": { name: "Production", virtualSwitch: "vsw-2", vlan: { mode: "access", id: 100 } },
      shared: { name: "Shared", virtualSwitch: "dvs", vlan: { mode: "private", primary: 200, secondary: 201, type: "isolated" } },
    },
    datastores: { "ds-1": { name: "san-lun-1", hypervisors: ["esx-1", "esx-2"] } },
    vms: {
      "a-web": { name: "a-web", hypervisor: "esx-1", tenant: "tenant-a", nics: { eth0: { portGroup: "prod-1" }, eth1: { portGroup: "shared" } } },
      "b-db": { name: "b-db", hypervisor: "esx-2", tenant: "tenant-b", nics: { eth0: { portGroup: "prod-2" } } },
    },
    firewalls: {
      fw: { name: "Edge firewall", interfaces: { in: { physicalSwitch: "tor-1", vlan: 100 }, out: { physicalSwitch: "tor-1", vlan: 20 } } },
      pfsense: { name: "pfSense", hypervisor: "esx-2", interfaces: { lan: { portGroup: "prod-2" } } },
    },
    distributedFirewalls: { dfw: { name: "DFW", virtualSwitches: ["dvs"] } },
    externalNetworks: { internet: { name: "Internet", trust: "untrusted", attachedTo: { physicalSwitch: "tor-1", vlan: 20 } } },
    policy: { accept: [{ finding: "MGT-001:esx-1", reason: "Replaced in March", by: "A. Admin", until: "2027-03-31" }] },
  };
}

/** `hosts` ESXi hosts with `guests` VMs each on one distributed switch of `groups` port groups. */
export function cluster(hosts: number, guests: number, groups = 5): Topology {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  const each = <T>(count: number, make: (n: number) => [string, T]): Record<string, T> => Object.fromEntries(numbers(count).map(make));
  return {
    format: "bulkhead/1", name: "Cluster",
    tenants: each(groups, (n) => [`tenant-${n}`, { name: `Tenant ${n}` }]),
    hosts: each(hosts, (n) => [`host-${n}`, { name: `srv${n}` }]),
    physicalSwitches: { tor: { name: "tor" } },
    hypervisors: each(hosts, (n) => [`esx-${n}`, { name: `esx-${n}`, host: `host-${n}`, platform: "esxi" as const }]),
    virtualSwitches: { dvs: { name: "dvs", kind: "distributed", hypervisors: numbers(hosts).map((n) => `esx-${n}`) } },
    uplinks: each(hosts, (n) => [`up-${n}`, { virtualSwitch: "dvs", hypervisor: `esx-${n}`, physicalSwitch: "tor", port: { mode: "trunk" as const, allowed: "all" } }]),
    portGroups: each(groups, (n) => [`pg-${n}`, { name: `Net ${n}`, virtualSwitch: "dvs", vlan: { mode: "access" as const, id: n } }]),
    vms: each(hosts * guests, (n) => [`vm-${n}`, {
      name: `vm-${n}`, hypervisor: `esx-${1 + (n % hosts)}`, tenant: `tenant-${1 + (n % groups)}`, nics: { eth0: { portGroup: `pg-${1 + (n % groups)}` } },
    }]),
  };
}

export function finding(rule: string, key: string, subjects: readonly string[], extra: Partial<Finding> = {}): Finding {
  return {
    id: `${rule}:${key}`, rule, severity: "critical", title: `${rule} at ${key}`, accepted: false, subjects, detail: "What is wrong, in a sentence that is long enough to wrap.",
    services: ["any"], path: [], fixes: [], references: [], ...extra,
  };
}

/** The path from `a-web` to `b-db` in `sharedVlan`, as the kernel tells it. */
export const SHARED_PATH: Finding["path"] = [
  { at: "a-web/eth0", kind: "vm", does: "sends" }, { at: "prod-1", kind: "portGroup", does: "tags 100", vlan: 100 },
  { at: "vsw-1", kind: "virtualSwitch", does: "carries", vlan: 100 }, { at: "up-1", kind: "uplink", does: "carries", vlan: 100 },
  { at: "tor-1", kind: "physicalSwitch", does: "carries", vlan: 100 }, { at: "tor1-tor2", kind: "trunk", does: "carries", vlan: 100 },
  { at: "tor-2", kind: "physicalSwitch", does: "carries", vlan: 100 }, { at: "up-2", kind: "uplink", does: "carries", vlan: 100 },
  { at: "vsw-2", kind: "virtualSwitch", does: "carries", vlan: 100 }, { at: "prod-2", kind: "portGroup", does: "untags 100", vlan: 100 },
  { at: "b-db/eth0", kind: "vm", does: "receives" },
];

export const SUMMARY: Summary = {
  critical: 1, high: 1, medium: 0, low: 0, info: 0, accepted: 1, tenantPairs: { isolated: 0, permitted: 0, violating: 2, unknown: 0 },
  managementExposedTo: ["tenant-a"],
};

/** Pairs of ids that lie on one another in the same container. */
export function siblingsThatOverlap(scene: Scene): string[] {
  const levels = new Map<string, SceneNode[]>();
  for (const node of scene.nodes) levels.set(node.parent ?? "", [...(levels.get(node.parent ?? "") ?? []), node]);
  const found: string[] = [];
  for (const nodes of levels.values()) {
    nodes.forEach((a, index) => { for (const b of nodes.slice(index + 1)) if (overlaps(a, b)) found.push(`${a.id} ${b.id}`); });
  }
  return found;
}

/** Ids of what reaches beyond its container. */
export function outsideTheirParent(scene: Scene): string[] {
  return scene.nodes.filter((node) => {
    const parent = scene.node.get(node.parent ?? "");
    return parent !== undefined && (node.x < 0 || node.y < 0 || node.x + node.width > parent.width || node.y + node.height > parent.height);
  }).map((node) => node.id);
}
