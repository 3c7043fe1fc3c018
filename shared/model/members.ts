/**
 * The members of every tenant, port group, hypervisor and tag, gathered once per document, so that 100,000 rules cost what their
 * answers do. Members are parties of the matrix: VMs but templates, management interfaces, BMCs (`host/bmc`), external networks.
 */
import { parseCidr, rangeContains, type AddressRange, type Cidr } from "./address";
import type { ExternalNetwork } from "./kinds/external-network";
import { parseSelector, type Selector } from "./selector";
import { entries, record, type RecordOf, type Topology } from "./topology";
import { WrittenAddresses } from "./written-addresses";

/** Party ids. The set is shared: do not change it. */
export type Members = ReadonlySet<string>;

export const NOBODY: Members = new Set();

/** What members are gathered by. */
type GroupKind = Exclude<Selector["kind"], "cidr" | "vm">;

export class MemberIndex {
  /** By kind of selector, then by what it names; each kind is gathered when one of it is first asked for. */
  private readonly groups = new Map<string, Map<string, Set<string>>>();
  private readonly cidrs = new Map<string, Members>();
  private foundWritten: WrittenAddresses | undefined;

  constructor(private readonly topology: Topology) {}

  members(selector: Selector, text: string): Members {
    switch (selector.kind) {
      case "cidr":
        return this.inBlock(selector.cidr, text);
      case "tag":
        return this.group("tag", selector.name);
      case "vm":
        return this.vm(selector.id);
      case "tenant":
      case "portgroup":
      case "hypervisor":
      case "external":
        return this.group(selector.kind, selector.id);
      default:
        return this.group(selector.kind, "");
    }
  }

  private vm(id: string): Members {
    const vm = record(this.topology, "vms", id);
    return vm === undefined || vm.role === "template" ? NOBODY : new Set([id]);
  }

  private group(kind: GroupKind, id: string): Members {
    let groups = this.groups.get(kind);
    if (groups === undefined) {
      this.groups.set(kind, (groups = new Map<string, Set<string>>()));
      this.gather(kind, groups);
    }
    return groups.get(id) ?? NOBODY;
  }

  private gather(kind: GroupKind, groups: Map<string, Set<string>>): void {
    const add = (party: string, id: string | undefined): void => {
      if (id === undefined) return;
      const group = groups.get(id);
      if (group === undefined) groups.set(id, new Set([party]));
      else group.add(party);
    };
    const all = (...kinds: readonly GroupKind[]): void => {
      for (const part of kinds) for (const party of this.group(part, "")) add(party, "");
    };
    switch (kind) {
      case "any": return all("workloads", "management", "bmc", "externals");
      case "workloads": return this.eachVm((id) => add(id, ""));
      case "tenant": return this.eachVm((id, { tenant }) => add(id, tenant));
      case "management": return this.eachAdapter((id) => add(id, ""));
      case "hypervisor": return this.eachAdapter((id, { hypervisor }) => add(id, hypervisor));
      case "bmc": return this.eachBmc((id) => add(id, ""));
      case "externals": return this.eachExternal((id) => add(id, ""));
      case "external": return this.eachExternal((id) => add(id, id));
      case "portgroup": return this.gatherPortGroups(add);
      case "tag": return this.gatherTags(add);
    }
  }

  private eachVm(visit: (id: string, vm: RecordOf<"vms">) => void): void {
    for (const [id, vm] of entries(this.topology, "vms")) if (vm.role !== "template") visit(id, vm);
  }

  private eachAdapter(visit: (id: string, adapter: RecordOf<"managementInterfaces">) => void): void {
    for (const [id, adapter] of entries(this.topology, "managementInterfaces")) visit(id, adapter);
  }

  private eachBmc(visit: (id: string, host: RecordOf<"hosts">) => void): void {
    for (const [id, host] of entries(this.topology, "hosts")) if (host.bmc !== undefined) visit(`${id}/bmc`, host);
  }

  private eachExternal(visit: (id: string, external: ExternalNetwork) => void): void {
    for (const [id, external] of entries(this.topology, "externalNetworks")) visit(id, external);
  }

  private gatherPortGroups(add: (party: string, id: string | undefined) => void): void {
    this.eachVm((id, { nics = {} }) => {
      for (const nic of Object.values(nics)) if (nic.connected !== false) add(id, nic.portGroup);
    });
    this.eachAdapter((id, { portGroup }) => add(id, portGroup));
    this.eachExternal((id, { attachedTo }) => {
      if (attachedTo !== undefined && "portGroup" in attachedTo) add(id, attachedTo.portGroup);
    });
  }

  /** A tag stands for what the records that carry it stand for. */
  private gatherTags(add: (party: string, id: string | undefined) => void): void {
    const addAll = (party: string, tags: readonly string[] = []): void => tags.forEach((tag) => add(party, tag));
    this.eachVm((id, { tags }) => addAll(id, tags));
    this.eachExternal((id, { tags }) => addAll(id, tags));
    const bearers = [["tenants", "tenant"], ["hypervisors", "hypervisor"], ["portGroups", "portgroup"]] as const;
    for (const [collection, kind] of bearers) {
      for (const [id, { tags }] of entries(this.topology, collection)) if (tags !== undefined) for (const party of this.group(kind, id)) addAll(party, tags);
    }
    this.eachAdapter((id, { tags }) => addAll(id, tags));
    this.eachBmc((id, { tags }) => addAll(id, tags));
  }

  private get written(): WrittenAddresses {
    return (this.foundWritten ??= this.gatherWritten());
  }

  private gatherWritten(): WrittenAddresses {
    const written = new WrittenAddresses();
    this.eachVm((id, { nics = {} }) => Object.values(nics).forEach(({ addresses }) => written.add(id, addresses)));
    this.eachAdapter((id, { addresses }) => written.add(id, addresses));
    this.eachBmc((id, { bmc }) => written.add(id, bmc?.addresses));
    for (const collection of ["routers", "firewalls"] as const) {
      for (const [, forwarder] of entries(this.topology, collection)) {
        for (const { addresses } of Object.values(forwarder.interfaces ?? {})) written.add(undefined, addresses);
      }
    }
    return written;
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

const indexes = new WeakMap<Topology, MemberIndex>();

/**
 * The parties that a selector stands for, by id as in the matrix; empty where it names an empty group, nothing, or is no selector.
 * Cheap to call again for the same document. The set is shared: do not change it.
 */
export function resolveSelector(topology: Topology, text: string): Members {
  const selector = parseSelector(text);
  if (selector === undefined) return NOBODY;
  let index = indexes.get(topology);
  if (index === undefined) indexes.set(topology, (index = new MemberIndex(topology)));
  return index.members(selector, text);
}
