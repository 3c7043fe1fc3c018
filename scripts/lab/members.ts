/** Whom a selector names, and which addresses it stands for: the laboratory's own reading of the document. */
import { entries, record, type Topology } from "../../shared/model/topology";
import type { Rule } from "../../shared/model/kinds/forwarder";
import type { Station } from "./stations";

/** In a distributed firewall these stand for the vNIC itself; the others for addresses there too. */
const BY_IDENTITY = /^(vm|tenant|tag|portgroup|external):|^(workloads|external)$/;

/** Networks that the Internet does not hold. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"];

/** Where external networks have their addresses if no rule names others. */
const OUTSIDE = ["203.0.113.0/24", "198.51.100.0/24", "10.99.0.0/16"];

/** A vNIC that is not connected is no station, but its addresses are its VM's. */
interface Subject {
  readonly id: string;
  readonly names: ReadonlySet<string>;
  readonly addresses: readonly string[];
}

export class Members {
  private readonly subjects: readonly Subject[];
  private readonly subnets: readonly string[];
  private readonly networks: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly topology: Topology) {
    this.subjects = [...this.vms(), ...this.others()];
    const interfaces = (["routers", "firewalls"] as const).flatMap((collection) =>
      entries(topology, collection).flatMap(([, { interfaces = {} }]) => Object.values(interfaces).flatMap(({ addresses = [] }) => addresses)));
    this.subnets = [...new Set([...this.subjects.flatMap(({ addresses }) => addresses), ...interfaces].map(subnetOf))];
    this.networks = new Map(entries(topology, "externalNetworks").map(([id, { trust }], at) => [id, this.addressesOutside(trust, at)]));
  }

  static isIdentity(selector: string): boolean {
    return BY_IDENTITY.test(selector);
  }

  /** The ends that the selector names, as what they are. */
  named(selector: string, stations: readonly Station[]): Station[] {
    const ids = new Set(this.subjects.filter(({ names }) => names.has(selector)).map(({ id }) => id));
    return stations.filter(({ id }) => ids.has(id));
  }

  /**
   * Conditions of nftables under which an address is one of the selector's, any of which is enough.
   * @param side `saddr` or `daddr`
   */
  byAddress(selector: string, side: "saddr" | "daddr"): string[] {
    if (selector === "any") return [""];
    if (selector.startsWith("cidr:")) return [`ip ${side} ${selector.slice(5)}`];
    const subjects = this.subjects.filter(({ names }) => names.has(selector));
    const addresses = [...new Set(subjects.flatMap(({ id, addresses: own }) => [...own.map(bare), ...this.outside(id)]))];
    return addresses.length === 0 ? [] : [`ip ${side} { ${addresses.join(", ")} }`];
  }

  /** Whether the selector stands for the address. */
  holds(selector: string, address: string): boolean {
    if (selector === "any") return true;
    if (selector.startsWith("cidr:")) return inBlock(address, selector.slice(5));
    return this.subjects.some(({ id, names, addresses }) => {
      if (!names.has(selector)) return false;
      return [...addresses.map(bare), ...this.outside(id)].includes(address);
    });
  }

  /**
   * Addresses that the laboratory gives to an external network, for the format has none: outside every written subnet and, for the
   * Internet, not private; in and outside every block that a rule names. No two networks have one in common.
   */
  outside(id: string): readonly string[] {
    return this.networks.get(id) ?? [];
  }

  private addressesOutside(trust: string | undefined, at: number): string[] {
    const taken = trust === "untrusted" ? [...this.subnets, ...PRIVATE] : this.subnets;
    const isFree = (address: string): boolean => !taken.some((block) => inBlock(address, block));
    const blocks = selectorsOf(this.topology).filter((text) => text.startsWith("cidr:")).map((text) => text.slice(5));
    return [...new Set([...OUTSIDE, ...blocks].flatMap((block) => firstFree(block, 70 + at, isFree)))];
  }

  private vms(): Subject[] {
    return entries(this.topology, "vms").flatMap(([id, vm]) => Object.entries(vm.nics ?? {}).map(([local, nic]) => {
      const own = [`vm:${id}`, "workloads", ...tags(vm.tags), ...tags(nic.tags)];
      if (vm.tenant !== undefined) own.push(`tenant:${vm.tenant}`, ...tags(record(this.topology, "tenants", vm.tenant)?.tags));
      if (nic.connected !== false) own.push(...this.group(nic.portGroup));
      return { id: `${id}/${local}`, names: new Set(vm.role === "template" ? [] : own), addresses: nic.addresses ?? [] };
    }));
  }

  private others(): Subject[] {
    const adapters = entries(this.topology, "managementInterfaces").map(([id, { hypervisor, portGroup, addresses = [], tags: own }]) => ({
      id, addresses,
      names: new Set(["management", `hypervisor:${hypervisor}`, ...this.group(portGroup), ...tags(own), ...tags(record(this.topology, "hypervisors", hypervisor)?.tags)]),
    }));
    const controllers = entries(this.topology, "hosts").flatMap(([id, { bmc, tags: own }]) =>
      (bmc === undefined ? [] : [{ id: `${id}/bmc`, addresses: bmc.addresses ?? [], names: new Set(["bmc", ...tags(own)]) }]));
    const networks = entries(this.topology, "externalNetworks").map(([id, { attachedTo, tags: own }]) => ({
      id, addresses: [],
      names: new Set(["external", `external:${id}`, ...tags(own), ...(attachedTo !== undefined && "portGroup" in attachedTo ? this.group(attachedTo.portGroup) : [])]),
    }));
    return [...adapters, ...controllers, ...networks];
  }

  private group(id: string | undefined): string[] {
    return id === undefined ? [] : [`portgroup:${id}`, ...tags(record(this.topology, "portGroups", id)?.tags)];
  }
}

/** An address of the block that is free; of each 256 one is tried. */
function firstFree(block: string, last: number, isFree: (address: string) => boolean): string[] {
  const low = toNumber(block.split("/")[0] ?? "");
  for (let at = 0; at < 1024; at += 1) {
    const address = fromNumber(low + 256 * at + last);
    if (!inBlock(address, block)) return [];
    if (isFree(address)) return [address];
  }
  return [];
}

/** Every selector that some filter names. */
export function selectorsOf(topology: Topology): string[] {
  const lists = rulesOf(topology).flatMap(({ from = [], to = [] }) => [...from, ...to]);
  for (const [, { firewall }] of entries(topology, "managementInterfaces")) lists.push(...(firewall?.allowedSources ?? []));
  return [...new Set(lists)];
}

/** Every rule of a router, a firewall or a distributed firewall. */
export function rulesOf(topology: Topology): Rule[] {
  return (["routers", "firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([, { rules = [] }]) => rules));
}

function tags(list: readonly string[] = []): string[] {
  return list.map((tag) => `tag:${tag}`);
}

export function bare(address: string): string {
  return address.split("/")[0] ?? address;
}

/** The block that an IPv4 address with a prefix length lies in. */
export function subnetOf(address: string): string {
  const [text = "", prefix = "32"] = address.split("/");
  const mask = maskOf(Number(prefix));
  return `${fromNumber((toNumber(text) & mask) >>> 0)}/${prefix}`;
}

export function inBlock(address: string, block: string): boolean {
  const [text = "", prefix = "32"] = block.split("/");
  const mask = maskOf(Number(prefix));
  return (toNumber(bare(address)) & mask) >>> 0 === (toNumber(text) & mask) >>> 0;
}

function maskOf(prefix: number): number {
  return prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
}

export function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) >>> 0;
}

export function fromNumber(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}
