/**
 * The members of every tenant, port group, hypervisor and tag, gathered once per document, so that 100,000 rules cost what their
 * answers do. Members are parties of the matrix: VMs but templates, management interfaces, BMCs (`host/bmc`), external networks.
 */
import { parseCidr, rangeContains, type AddressRange, type Cidr } from "./address";
import type { ExternalNetwork } from "./kinds/external-network";
import type { Selector } from "./selector";
import { entries, type Topology } from "./topology";
import { WrittenAddresses } from "./written-addresses";

/** Party ids. The set is shared: do not change it. */
export type Members = ReadonlySet<string>;

export const NOBODY: Members = new Set();

export class MemberIndex {
  /** Members by canonical selector text, such as `tenant:a` or `bmc`. */
  private readonly groups = new Map<string, Set<string>>();
  private readonly written = new WrittenAddresses();
  private readonly cidrs = new Map<string, Members>();

  constructor(private readonly topology: Topology) {
    this.addVms();
    this.addManagement();
    this.addExternals();
    this.addTags();
    for (const collection of ["routers", "firewalls"] as const) {
      for (const [, forwarder] of entries(topology, collection)) {
        for (const { addresses } of Object.values(forwarder.interfaces ?? {})) this.written.add(undefined, addresses);
      }
    }
  }

  members(selector: Selector, text: string): Members {
    switch (selector.kind) {
      case "cidr":
        return this.inBlock(selector.cidr, text);
      case "externals":
        return this.group("external");
      case "tag":
        return this.group(`tag:${selector.name}`);
      case "tenant":
      case "vm":
      case "portgroup":
      case "hypervisor":
      case "external":
        return this.group(`${selector.kind}:${selector.id}`);
      default:
        return this.group(selector.kind);
    }
  }

  private group(key: string): Members {
    return this.groups.get(key) ?? NOBODY;
  }

  private add(party: string, ...keys: readonly string[]): void {
    for (const key of keys) {
      const group = this.groups.get(key);
      if (group === undefined) this.groups.set(key, new Set([party]));
      else group.add(party);
    }
  }

  private addVms(): void {
    for (const [id, vm] of entries(this.topology, "vms")) {
      if (vm.role === "template") continue;
      this.add(id, "any", "workloads", `vm:${id}`);
      if (vm.tenant !== undefined) this.add(id, `tenant:${vm.tenant}`);
      for (const nic of Object.values(vm.nics ?? {})) {
        if (nic.portGroup !== undefined && nic.connected !== false) this.add(id, `portgroup:${nic.portGroup}`);
        this.written.add(id, nic.addresses);
      }
    }
  }

  private addManagement(): void {
    for (const [id, adapter] of entries(this.topology, "managementInterfaces")) {
      this.add(id, "any", "management", `hypervisor:${adapter.hypervisor}`, `portgroup:${adapter.portGroup}`);
      this.written.add(id, adapter.addresses);
    }
    for (const [id, host] of entries(this.topology, "hosts")) {
      if (host.bmc === undefined) continue;
      this.add(`${id}/bmc`, "any", "bmc");
      this.written.add(`${id}/bmc`, host.bmc.addresses);
    }
  }

  private addExternals(): void {
    for (const [id, { attachedTo }] of entries(this.topology, "externalNetworks")) {
      this.add(id, "any", "external", `external:${id}`);
      if (attachedTo !== undefined && "portGroup" in attachedTo) this.add(id, `portgroup:${attachedTo.portGroup}`);
    }
  }

  /** A tag stands for what the records that carry it stand for. */
  private addTags(): void {
    const bearers = [["vms", "vm"], ["externalNetworks", "external"], ["tenants", "tenant"], ["hypervisors", "hypervisor"], ["portGroups", "portgroup"]] as const;
    for (const [collection, kind] of bearers) {
      for (const [id, { tags = [] }] of entries(this.topology, collection)) {
        for (const tag of tags) for (const party of this.group(`${kind}:${id}`)) this.add(party, `tag:${tag}`);
      }
    }
    for (const [id, { tags = [] }] of entries(this.topology, "managementInterfaces")) for (const tag of tags) this.add(id, `tag:${tag}`);
    for (const [id, { bmc, tags = [] }] of entries(this.topology, "hosts")) if (bmc !== undefined) for (const tag of tags) this.add(`${id}/bmc`, `tag:${tag}`);
  }

  private inBlock(block: Cidr, text: string): Members {
    const known = this.cidrs.get(text);
    if (known !== undefined) return known;
    const members = this.written.partiesIn(block);
    if (block.prefix === 0 || !this.written.overlaps(block)) {
      for (const [id, external] of entries(this.topology, "externalNetworks")) if (mayHold(external, block)) members.add(id);
    }
    this.cidrs.set(text, members);
    return members;
  }
}

/** An external network has no addresses in the format: it may hold whatever the document does not; the Internet holds no private ones. */
function mayHold(external: ExternalNetwork, block: AddressRange): boolean {
  if (external.trust !== "untrusted") return true;
  return !PRIVATE_BLOCKS.some((range) => rangeContains(range, block));
}

/** RFC 1918, RFC 6598 (shared), RFC 3927 (link local), RFC 1122 (loopback); RFC 4193 (unique local), RFC 4291 (link local, loopback). */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"]
  .map(parseCidr).filter((block) => block !== undefined);
