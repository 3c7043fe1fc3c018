/**
 * Data centres for benchmarks: the same settings give the same document.
 *
 * At 40,000 VMs it is one vCenter at its documented maximum: 2,500 hosts in pods of 2,500 VMs, each with its own distributed switch,
 * four top-of-rack switches, a spine, and an edge firewall; 1,000 tenants, 10,000 port groups, 10,000 ACL rules over the edges and
 * 10,000 rules in one distributed firewall. Other sizes are in proportion.
 */
import type { Rule } from "../shared/model/kinds/forwarder";
import { FORMAT, type Topology } from "../shared/model/topology";
import { Random } from "./random";

export interface Settings {
  readonly vms: number;
  /** What the firewalls do with what no rule names. */
  readonly defaultAction: "allow" | "deny";
  readonly seed?: number;
  /** Rules of the distributed firewall; absent: a quarter of the VMs. */
  readonly distributedRules?: number;
  /** Rules of all edge firewalls together; absent: a quarter of the VMs. */
  readonly edgeRules?: number;
}

const POD_VMS = 2500;
const VMS_A_HOST = 16;
const VMS_A_GROUP = 4;
const GROUPS_A_TENANT = 10;
const RACKS_A_POD = 4;
const FIRST_VLAN = 100;
const ROLES = ["web", "app", "db", "queue", "cache"];
const PORTS = [22, 80, 443, 1433, 3306, 5432, 5672, 6379, 8080, 8443, 9092, 27017];

type Records<K extends keyof Topology> = NonNullable<Topology[K]>;

export function generate(settings: Settings): Topology {
  return new DataCentre(settings).build();
}

class DataCentre {
  private readonly random: Random;
  private readonly podCount: number;
  private readonly tenantCount: number;
  private readonly groupCount: number;
  private readonly sharedTenants: number;
  private readonly hosts: Records<"hosts"> = {};
  private readonly hypervisors: Records<"hypervisors"> = {};
  private readonly physicalSwitches: Records<"physicalSwitches"> = {};
  private readonly trunks: Records<"trunks"> = {};
  private readonly virtualSwitches: Records<"virtualSwitches"> = {};
  private readonly uplinks: Records<"uplinks"> = {};
  private readonly portGroups: Records<"portGroups"> = {};
  private readonly managementInterfaces: Records<"managementInterfaces"> = {};
  private readonly vms: Records<"vms"> = {};
  private readonly firewalls: Records<"firewalls"> = {};
  private readonly tenants: Records<"tenants"> = {};

  constructor(private readonly settings: Settings) {
    this.random = new Random(settings.seed ?? 1);
    this.podCount = Math.max(1, Math.ceil(settings.vms / POD_VMS));
    this.groupCount = Math.max(2, Math.ceil(settings.vms / VMS_A_GROUP));
    this.tenantCount = Math.max(2, Math.ceil(this.groupCount / GROUPS_A_TENANT));
    this.sharedTenants = Math.max(1, Math.floor(this.tenantCount / 100));
  }

  build(): Topology {
    this.physicalSwitches["core"] = { name: "core" };
    for (let tenant = 0; tenant < this.tenantCount; tenant++) {
      this.tenants[tenantId(tenant)] = { name: `Tenant ${tenant}`, kind: this.isShared(tenant) ? "shared" : "customer" };
    }
    for (let pod = 0; pod < this.podCount; pod++) this.addPod(pod);
    for (let group = 0; group < this.groupCount; group++) this.addGroup(group);
    for (let vm = 0; vm < this.settings.vms; vm++) this.addVm(vm);
    this.addEdges();
    const { hosts, hypervisors, physicalSwitches, trunks, virtualSwitches, uplinks, portGroups, managementInterfaces, vms, firewalls, tenants } = this;
    return {
      format: FORMAT, name: `Data centre of ${this.settings.vms} VMs, default ${this.settings.defaultAction}`,
      tenants, hosts, physicalSwitches, trunks, hypervisors, managementInterfaces, virtualSwitches, uplinks, portGroups, vms, firewalls,
      distributedFirewalls: {
        dfw: { name: "Distributed firewall", stateful: true, rules: this.distributedRules(), defaultAction: this.settings.defaultAction },
      },
      externalNetworks: { internet: { name: "Internet", trust: "untrusted", attachedTo: { physicalSwitch: "core", vlan: 4000 } } },
      policy: { allow: [{ id: "dns", from: ["workloads"], to: [...Array(this.sharedTenants).keys()].map((k) => `tenant:${tenantId(k * 100)}`), services: ["udp/53", "tcp/443"], reason: "shared services" }] },
    };
  }

  private isShared(tenant: number): boolean {
    return tenant % 100 === 0 && tenant / 100 < this.sharedTenants;
  }

  private podOfGroup(group: number): number {
    return Math.min(this.podCount - 1, Math.floor((group * VMS_A_GROUP) / POD_VMS));
  }

  private hostsOfPod(pod: number): readonly [first: number, end: number] {
    const end = Math.min(this.settings.vms, (pod + 1) * POD_VMS);
    const first = Math.ceil((pod * POD_VMS) / VMS_A_HOST);
    return [first, Math.max(first + 1, Math.ceil(end / VMS_A_HOST))];
  }

  private addPod(pod: number): void {
    const [spine, vds] = [`pod${pod}-spine`, `pod${pod}-vds`];
    const allowed = `10,${FIRST_VLAN}-${FIRST_VLAN + POD_VMS / VMS_A_GROUP}`;
    const port = { mode: "trunk", allowed, native: 999, tagNative: true } as const;
    this.physicalSwitches[spine] = { name: spine };
    this.trunks[`core-${spine}`] = { a: { switch: "core", port: { mode: "trunk", allowed: "10,3999" } }, b: { switch: spine, port: { mode: "trunk", allowed: "10,3999" } } };
    for (let rack = 0; rack < RACKS_A_POD; rack++) {
      const tor = `pod${pod}-tor${rack}`;
      this.physicalSwitches[tor] = { name: tor };
      this.trunks[`${spine}-${tor}`] = { a: { switch: spine, port }, b: { switch: tor, port } };
    }
    const members: string[] = [];
    const [first, end] = this.hostsOfPod(pod);
    for (let host = first; host < end; host++) members.push(this.addHost(host, vds, `pod${pod}-tor${host % RACKS_A_POD}`, port));
    this.virtualSwitches[vds] = { name: vds, kind: "distributed", hypervisors: members };
    this.portGroups[`pod${pod}-mgmt`] = { name: `Management of pod ${pod}`, virtualSwitch: vds, vlan: { mode: "access", id: 10 } };
    for (const esx of members) this.addManagement(esx, `pod${pod}-mgmt`);
  }

  private addHost(host: number, vds: string, tor: string, port: NonNullable<Records<"uplinks">[string]["port"]>): string {
    const [server, esx] = [`srv-${host}`, `esx-${host}`];
    this.hosts[server] = { name: server, nics: { vmnic0: { name: "vmnic0" } } };
    this.hypervisors[esx] = { name: esx, host: server, platform: "esxi", version: "8.0.3" };
    this.uplinks[`${esx}-up0`] = { virtualSwitch: vds, hypervisor: esx, hostNic: "vmnic0", physicalSwitch: tor, port };
    return esx;
  }

  private addManagement(esx: string, portGroup: string): void {
    const number = Number(esx.slice("esx-".length));
    this.managementInterfaces[`${esx}-vmk0`] = {
      name: "vmk0", hypervisor: esx, portGroup, addresses: [`172.16.${number >> 8}.${number & 255}/16`], services: ["management"],
      firewall: { enabled: true, allowedSources: ["cidr:172.16.0.0/16"], ports: ["tcp/443", "tcp/902"] },
    };
  }

  private addGroup(group: number): void {
    const pod = this.podOfGroup(group);
    const vlan = FIRST_VLAN + (group % (POD_VMS / VMS_A_GROUP));
    this.portGroups[groupId(group)] = { name: `Network ${group}`, virtualSwitch: `pod${pod}-vds`, vlan: { mode: "access", id: vlan }, tags: [`zone-${group % 64}`] };
  }

  private addVm(vm: number): void {
    const group = Math.floor(vm / VMS_A_GROUP);
    const [first, end] = this.hostsOfPod(this.podOfGroup(group));
    const tenant = Math.floor(group / GROUPS_A_TENANT);
    this.vms[vmId(vm)] = {
      name: vmId(vm), hypervisor: `esx-${first + ((vm * 7) % (end - first))}`, tenant: tenantId(tenant), tags: [`${tenantId(tenant)}-${ROLES[group % ROLES.length] ?? ""}`],
      nics: { eth0: { portGroup: groupId(group), mac: macOf(vm), addresses: [`${subnet(group)}.${10 + (vm % VMS_A_GROUP)}/24`], gateway: `${subnet(group)}.1` } },
      guest: { tools: "full", toolsCurrent: true, clipboard: false },
    };
  }

  private addEdges(): void {
    const rules = this.settings.edgeRules ?? Math.ceil(this.settings.vms / 4);
    for (let pod = 0; pod < this.podCount; pod++) {
      const id = `pod${pod}-edge`;
      const interfaces: NonNullable<Records<"firewalls">[string]["interfaces"]> = { core: { physicalSwitch: "core", vlan: 3999, addresses: [`192.168.${pod >> 8}.${1 + (pod & 255)}/16`] } };
      if (pod === 0) interfaces["internet"] = { physicalSwitch: "core", vlan: 4000, addresses: ["198.51.100.1/24"] };
      for (let group = 0; group < this.groupCount; group++) {
        if (this.podOfGroup(group) !== pod) continue;
        interfaces[`net${group}`] = { physicalSwitch: `pod${pod}-spine`, vlan: FIRST_VLAN + (group % (POD_VMS / VMS_A_GROUP)), addresses: [`${subnet(group)}.1/24`] };
      }
      const [first, end] = [Math.floor((rules * pod) / this.podCount), Math.floor((rules * (pod + 1)) / this.podCount)];
      this.firewalls[id] = {
        name: `Edge of pod ${pod}`, mode: "routed", stateful: true, interfaces, defaultAction: this.settings.defaultAction,
        rules: Array.from({ length: end - first }, (_, k) => this.edgeRule(first + k, pod)),
      };
    }
  }

  /** Between two subnets of a pod or, one time in ten, of two. */
  private edgeRule(index: number, pod: number): Rule {
    const from = this.groupIn(pod);
    const to = this.random.below(10) === 0 ? this.random.below(this.groupCount) : this.groupIn(pod);
    const inside = this.random.below(10) === 0 ? { in: `net${from}` } : {};
    return { id: `e${index}`, action: this.action(10), from: [`cidr:${subnet(from)}.0/24`], to: [`cidr:${subnet(to)}.0/24`], services: [this.service()], ...inside };
  }

  private distributedRules(): Rule[] {
    return Array.from({ length: this.settings.distributedRules ?? Math.ceil(this.settings.vms / 4) }, (_, index) => ({ id: `d${index}`, ...this.distributedRule() }));
  }

  private distributedRule(): Omit<Rule, "id"> {
    const tenant = this.random.below(this.tenantCount);
    const [a, b] = [this.groupOf(tenant), this.groupOf(tenant)];
    const services = [this.service()];
    const kind = this.random.below(20);
    if (kind < 9) return { action: this.action(20), from: [`portgroup:${groupId(a)}`], to: [`portgroup:${groupId(b)}`], services };
    if (kind < 12) return { action: this.action(20), from: [this.tag(tenant)], to: [this.tag(tenant)], services };
    if (kind < 14) return { action: this.action(20), from: [`vm:${this.vmIn(a)}`], to: [`vm:${this.vmIn(b)}`], services };
    if (kind < 17) return { action: this.action(20), from: [`cidr:${subnet(a)}.0/24`], to: [`cidr:${subnet(b)}.0/24`], services };
    if (kind < 18) return { action: this.action(20), from: [`tenant:${tenantId(tenant)}`], to: [`tenant:${tenantId(this.random.below(this.sharedTenants) * 100)}`], services: ["udp/53"] };
    return { action: this.action(3), from: [`portgroup:${groupId(a)}`], to: [`portgroup:${groupId(this.random.below(this.groupCount))}`], services };
  }

  /** What the default does not do, but for one rule in `exceptions`. */
  private action(exceptions: number): "allow" | "deny" {
    const usual = this.settings.defaultAction === "deny";
    return (this.random.below(exceptions) === 0) === usual ? "deny" : "allow";
  }

  private service(): string {
    const port = this.random.of(PORTS);
    return this.random.below(8) === 0 ? `tcp/${port}-${port + this.random.below(1000)}` : `tcp/${port}`;
  }

  private tag(tenant: number): string {
    const group = this.groupOf(tenant);
    return `tag:${tenantId(Math.floor(group / GROUPS_A_TENANT))}-${ROLES[group % ROLES.length] ?? ""}`;
  }

  private groupOf(tenant: number): number {
    return Math.min(this.groupCount - 1, tenant * GROUPS_A_TENANT + this.random.below(GROUPS_A_TENANT));
  }

  private groupIn(pod: number): number {
    const perPod = POD_VMS / VMS_A_GROUP;
    const first = pod * perPod;
    return first + this.random.below(Math.max(1, Math.min(perPod, this.groupCount - first)));
  }

  private vmIn(group: number): string {
    return vmId(Math.min(this.settings.vms - 1, group * VMS_A_GROUP + this.random.below(VMS_A_GROUP)));
  }
}

const tenantId = (tenant: number): string => `t${tenant}`;
const groupId = (group: number): string => `net-${group}`;
const vmId = (vm: number): string => `vm-${vm}`;
const subnet = (group: number): string => `10.${group >> 8}.${group & 255}`;

function macOf(vm: number): string {
  const hex = (0x005056000000 + vm).toString(16).padStart(12, "0");
  return hex.replace(/(..)(?=.)/g, "$1:");
}
