/** What a selector names: ends by what they are, and packets by the address that they carry. */
import { parseCidr, rangeHas } from "../../model/address";
import { formatIp, parseIp } from "../../model/ip";
import { entries, record, type Topology } from "../../model/topology";
import type { End } from "./ends";

/** An end and the address that it uses; undefined for one that nobody wrote. */
export interface Station {
  readonly end: End;
  readonly address: string | undefined;
  /** As written, with its subnet, where addresses count as configured. */
  readonly written?: string;
}

const BY_ADDRESS = /^(cidr:|hypervisor:|management$|bmc$)/;

export class Selectors {
  /** By id of vNIC, management interface, BMC and external network: the selectors that name it. */
  private readonly named = new Map<string, ReadonlySet<string>>();
  /** By address: the selectors that name something that it is written on. */
  private readonly written = new Map<string, Set<string>>();
  /** Every subnet that is written anywhere. */
  readonly subnets: string[] = [];

  constructor(private readonly topology: Topology) {
    this.addVms();
    for (const [id, { portGroup, hypervisor, tags, addresses }] of entries(topology, "managementInterfaces")) {
      this.add(id, ["management", `hypervisor:${hypervisor}`, ...this.ofGroup(portGroup), ...tagged(tags), ...tagged(record(topology, "hypervisors", hypervisor)?.tags)], addresses);
    }
    for (const [id, { bmc, tags }] of entries(topology, "hosts")) if (bmc !== undefined) this.add(`${id}/bmc`, ["bmc", ...tagged(tags)], bmc.addresses);
    for (const [id, { attachedTo, tags }] of entries(topology, "externalNetworks")) {
      const group = attachedTo !== undefined && "portGroup" in attachedTo ? this.ofGroup(attachedTo.portGroup) : [];
      this.add(id, ["external", `external:${id}`, ...group, ...tagged(tags)], []);
    }
    for (const collection of ["routers", "firewalls"] as const) {
      for (const [id, { interfaces = {} }] of entries(topology, collection)) for (const [local, { addresses }] of Object.entries(interfaces)) this.add(`${id}/${local}`, [], addresses);
    }
  }

  /** Whether some selector of the list matches; an absent list matches everybody. A distributed firewall knows ends by what they are. */
  match(list: readonly string[] | undefined, station: Station, distributed: boolean): boolean {
    return list === undefined || list.some((text) => this.matches(text, station, distributed));
  }

  /** Whether a distributed firewall's exclusion list has the vNIC: by what it is, or by an address that is written on it. */
  excludes(list: readonly string[], vnic: End): boolean {
    return list.some((text) => {
      if (text === "any") return true;
      if (BY_ADDRESS.test(text)) return vnic.addresses.some((address) => this.holds(text, bare(address)));
      return this.named.get(vnic.id)?.has(text) === true;
    });
  }

  private matches(text: string, { end, address }: Station, distributed: boolean): boolean {
    if (text === "any") return true;
    if (distributed && !BY_ADDRESS.test(text)) return this.named.get(end.id)?.has(text) === true;
    if (end.kind === "external" && !text.startsWith("cidr:")) return this.named.get(end.id)?.has(text) === true;
    return this.holds(text, address);
  }

  private holds(text: string, address: string | undefined): boolean {
    if (text.startsWith("cidr:")) {
      const block = parseCidr(text.slice(5));
      const ip = address === undefined ? undefined : parseIp(address);
      return block !== undefined && (ip === undefined ? block.prefix === 0 : rangeHas(block, ip));
    }
    return address !== undefined && this.written.get(canonical(address))?.has(text) === true;
  }

  private addVms(): void {
    for (const [id, { role, tenant, tags, nics = {} }] of entries(this.topology, "vms")) {
      const own = [`vm:${id}`, "workloads", ...tagged(tags), ...(tenant === undefined ? [] : [`tenant:${tenant}`, ...tagged(record(this.topology, "tenants", tenant)?.tags)])];
      for (const [local, { portGroup, connected, addresses }] of Object.entries(nics)) {
        const group = portGroup === undefined || connected === false ? [] : this.ofGroup(portGroup);
        this.add(`${id}/${local}`, role === "template" ? [] : [...own, ...group], addresses);
      }
    }
  }

  private ofGroup(id: string): string[] {
    return [`portgroup:${id}`, ...tagged(record(this.topology, "portGroups", id)?.tags)];
  }

  private add(id: string, selectors: readonly string[], addresses: readonly string[] = []): void {
    this.named.set(id, new Set(selectors));
    this.subnets.push(...addresses);
    for (const address of addresses) {
      const key = canonical(bare(address));
      this.written.set(key, new Set([...(this.written.get(key) ?? []), ...selectors]));
    }
  }
}

export function bare(text: string): string {
  return text.split("/")[0] ?? text;
}

function canonical(address: string): string {
  const ip = parseIp(address);
  return ip === undefined ? address : formatIp(ip);
}

function tagged(tags: readonly string[] = []): string[] {
  return tags.map((tag) => `tag:${tag}`);
}
