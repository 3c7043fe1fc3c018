/** What each vNIC, management interface, BMC, external network and router interface is a member of, and the addresses written on it. */
import { record, type RecordOf, type Topology } from "../model/topology";
import type { Vnic } from "../model/kinds/vm";
import type { Label, LabelSet, LabelTable } from "./labels";
import { roomFor } from "./lists";
import type { End, Layer2 } from "./types";

/** A record that addresses are written on. */
export interface Subject {
  /** Labels of the selectors that name it, by what it is; not those by address. */
  readonly identity: LabelSet;
  /** As written; undefined where the field is absent and the addresses are therefore unknown. */
  readonly addresses: readonly string[] | undefined;
}

const NONE: readonly string[] = [];
const NO_LABELS: readonly Label[] = [];

/** What vNICs of one port group, tenant and tags have in common. */
interface Vnics {
  readonly tenant: string;
  readonly tags: string;
  readonly identity: LabelSet;
}

/** Those of a port group, that asked for last first: they are mostly alike. */
interface Alike {
  last: Vnics;
  all: Map<string, Map<string, Vnics>> | undefined;
}

/** Memberships of a document, worked out when asked for; those of connected ends are kept. */
export class Membership {
  private readonly known: (Subject | undefined)[];
  /** By port group, then by tenant and tags: most vNICs share theirs with others. Those of ends are by its number. */
  private readonly ofVnics = new Map<string, Alike>();
  private readonly ofEnds: (Alike | undefined)[] = [];
  private readonly labelsOfTenant = new Map<string, readonly Label[]>();
  private readonly labelsOfGroup = new Map<string, readonly Label[]>();
  private readonly nobody: LabelSet;

  private readonly vmIds: readonly string[];

  constructor(private readonly topology: Topology, private readonly labels: LabelTable, layer2?: Pick<Layer2, "ends" | "vmIds">) {
    this.known = roomFor(layer2?.ends.length ?? 0);
    this.vmIds = layer2?.vmIds ?? Object.keys(topology.vms ?? {});
    this.nobody = labels.set([]);
  }

  of(end: End): Subject {
    return (this.known[end.index] ??= this.describe(end));
  }

  /** Of an end, not kept. */
  identityOf(end: End): LabelSet {
    return end.vm !== undefined && end.nic !== undefined ? this.ofEnd(end.owner, end.vm, end.nic, end.group) : this.of(end).identity;
  }

  /** To be looked at anew. Returns what it was. */
  forget(end: End): Subject | undefined {
    const before = this.known[end.index];
    this.known[end.index] = undefined;
    return before;
  }

  /** Of a vNIC, connected or not. */
  ofVnic(vmId: string, local: string): Subject | undefined {
    const vm = record(this.topology, "vms", vmId);
    const nic = vm?.nics?.[local];
    return vm === undefined || nic === undefined ? undefined : { identity: this.vnic(vmId, vm, nic), addresses: nic.addresses };
  }

  /** Visits every record that addresses may be written on; `identity` is to be called during the visit. Disconnected vNICs and templates too. Templates are members of nothing: they do not run. */
  forEach(visit: (addresses: readonly string[], identity: () => LabelSet) => void): void {
    const { vms = {}, managementInterfaces = {}, hosts = {}, routers = {}, firewalls = {} } = this.topology;
    // One function for all of them: there are tens of thousands.
    let [owner, vm, nic] = ["", {} as RecordOf<"vms">, {} as Vnic];
    const identity = (): LabelSet => this.vnic(owner, vm, nic);
    for (let at = 0; at < this.vmIds.length; at++) {
      owner = this.vmIds[at] as string;
      vm = vms[owner] as RecordOf<"vms">;
      for (const local in vm.nics) {
        nic = vm.nics[local] as Vnic;
        if (nic.addresses !== undefined) visit(nic.addresses, identity);
      }
    }
    for (const id of Object.keys(managementInterfaces)) visit(managementInterfaces[id]?.addresses ?? NONE, () => this.management(id));
    for (const id of Object.keys(hosts)) visit(hosts[id]?.bmc?.addresses ?? NONE, () => this.bmc(id));
    for (const forwarders of [routers, firewalls]) {
      for (const { interfaces = {} } of Object.values(forwarders)) for (const { addresses = NONE } of Object.values(interfaces)) visit(addresses, () => this.nobody);
    }
  }

  /** Every record that addresses may be written on, connected or not, and every external network, by the id of its end. */
  byId(): ReadonlyMap<string, Subject> {
    const found = new Map<string, Subject>();
    const { vms = {}, managementInterfaces = {}, hosts = {}, externalNetworks = {}, routers = {}, firewalls = {} } = this.topology;
    for (const [id, { nics = {} }] of Object.entries(vms)) {
      for (const local of Object.keys(nics)) found.set(`${id}/${local}`, this.ofVnic(id, local) ?? missing(`${id}/${local}`));
    }
    for (const [id, { addresses }] of Object.entries(managementInterfaces)) found.set(id, { identity: this.management(id), addresses });
    for (const [id, { bmc }] of Object.entries(hosts)) if (bmc !== undefined) found.set(`${id}/bmc`, { identity: this.bmc(id), addresses: bmc.addresses });
    for (const id of Object.keys(externalNetworks)) found.set(id, { identity: this.external(id), addresses: NONE });
    for (const [id, { interfaces = {} }] of [...Object.entries(routers), ...Object.entries(firewalls)]) {
      for (const [local, { addresses = NONE }] of Object.entries(interfaces)) found.set(`${id}/${local}`, { identity: this.nobody, addresses });
    }
    return found;
  }

  private describe(end: End): Subject {
    switch (end.kind) {
      case "vnic":
        return end.vm === undefined || end.nic === undefined ? missing(end.id) : { identity: this.ofEnd(end.owner, end.vm, end.nic, end.group), addresses: end.nic.addresses };
      case "managementInterface":
        return { identity: this.management(end.id), addresses: record(this.topology, "managementInterfaces", end.id)?.addresses };
      case "bmc": {
        const host = end.id.slice(0, end.id.lastIndexOf("/"));
        return { identity: this.bmc(host), addresses: record(this.topology, "hosts", host)?.bmc?.addresses };
      }
      case "external":
        return { identity: this.external(end.id), addresses: NONE };
      case "interface":
        return { identity: this.nobody, addresses: end.addresses };
    }
  }

  private vnic(id: string, vm: RecordOf<"vms">, nic: Vnic): LabelSet {
    if (vm.role === "template") return this.nobody;
    const group = nic.connected === false ? "" : nic.portGroup ?? "";
    const own = this.labels.ofVm(id);
    if (own !== undefined) return this.labels.set([own, ...this.shared(vm, nic, group)]);
    const known = this.ofVnics.get(group), row = known ?? this.first(vm, nic, group);
    if (known === undefined) this.ofVnics.set(group, row);
    return this.among(row, vm, nic, group);
  }

  /** The same of a vNIC that is an end. */
  private ofEnd(id: string, vm: RecordOf<"vms">, nic: Vnic, number: number): LabelSet {
    const group = nic.portGroup ?? "";
    const own = this.labels.ofVm(id);
    if (own !== undefined) return this.labels.set([own, ...this.shared(vm, nic, group)]);
    return this.among((this.ofEnds[number] ??= this.first(vm, nic, group)), vm, nic, group);
  }

  private first(vm: RecordOf<"vms">, nic: Vnic, group: string): Alike {
    return { last: this.findAlike(vm, nic, group, tagsOf(vm, nic)), all: undefined };
  }

  private findAlike(vm: RecordOf<"vms">, nic: Vnic, group: string, tags: string): Vnics {
    return { tenant: vm.tenant ?? "", tags, identity: this.labels.set(this.shared(vm, nic, group)) };
  }

  private among(row: Alike, vm: RecordOf<"vms">, nic: Vnic, group: string): LabelSet {
    const tags = tagsOf(vm, nic), { tenant = "" } = vm, { last } = row;
    if (last.tags === tags && last.tenant === tenant) return last.identity;
    row.all ??= new Map([[last.tenant, new Map([[last.tags, last]])]]);
    const alike = nested(row.all, tenant);
    let found = alike.get(tags);
    if (found === undefined) alike.set(tags, (found = this.findAlike(vm, nic, group, tags)));
    row.last = found;
    return found.identity;
  }

  /** What a VM has in common with others of its tenant, tags and port group. */
  private shared(vm: RecordOf<"vms">, nic: Vnic, group: string): Label[] {
    const found: Label[] = [];
    addLabel(this.labels.get("workloads"), found);
    for (const tag of vm.tags ?? NONE) addLabel(this.labels.ofTag(tag), found);
    for (const tag of nic.tags ?? NONE) addLabel(this.labels.ofTag(tag), found);
    for (const label of vm.tenant === undefined ? NO_LABELS : this.tenant(vm.tenant)) found.push(label);
    for (const label of this.group(group)) found.push(label);
    return found;
  }

  /** The tenant and its tags: a tag stands for what its bearer stands for. */
  private tenant(id: string): readonly Label[] {
    let found = this.labelsOfTenant.get(id);
    if (found === undefined) this.labelsOfTenant.set(id, (found = this.named([`tenant:${id}`, ...tagged(record(this.topology, "tenants", id)?.tags)])));
    return found;
  }

  private management(id: string): LabelSet {
    const adapter = record(this.topology, "managementInterfaces", id);
    if (adapter === undefined) return this.nobody;
    const tags = [...tagged(adapter.tags), ...tagged(record(this.topology, "hypervisors", adapter.hypervisor)?.tags)];
    return this.labels.set([...this.named(["management", `hypervisor:${adapter.hypervisor}`, ...tags]), ...this.group(adapter.portGroup)]);
  }

  private bmc(host: string): LabelSet {
    return this.labels.set(this.named(["bmc", ...tagged(record(this.topology, "hosts", host)?.tags)]));
  }

  private external(id: string): LabelSet {
    const { attachedTo, tags } = record(this.topology, "externalNetworks", id) ?? {};
    const group = attachedTo !== undefined && "portGroup" in attachedTo ? attachedTo.portGroup : "";
    return this.labels.set([...this.named(["external", `external:${id}`, ...tagged(tags)]), ...this.group(group)]);
  }

  /** The port group itself and its tags: a tag stands for what its bearer stands for. No group has an empty id. */
  private group(id: string): readonly Label[] {
    if (id === "") return [];
    let found = this.labelsOfGroup.get(id);
    if (found === undefined) this.labelsOfGroup.set(id, (found = this.groupLabels(id)));
    return found;
  }

  private groupLabels(id: string): readonly Label[] {
    const found: Label[] = [];
    addLabel(this.labels.ofGroup(id), found);
    for (const tag of record(this.topology, "portGroups", id)?.tags ?? NONE) addLabel(this.labels.ofTag(tag), found);
    return found;
  }

  private named(texts: readonly string[]): Label[] {
    return texts.map((text) => this.labels.get(text)).filter((label) => label !== undefined);
  }
}

function addLabel(label: Label | undefined, to: Label[]): void {
  if (label !== undefined) to.push(label);
}

function missing(id: string): never {
  throw new Error(`${id} is in no collection`);
}

function tagged(tags: readonly string[] = NONE): string[] {
  return tags.map((tag) => `tag:${tag}`);
}

/** Equal for equal lists only; no list in JSON begins as a tag does in here. */
function keyOf(tags: readonly string[] = NONE): string {
  const [only] = tags;
  return only === undefined ? "" : tags.length === 1 && !only.startsWith("[") && !only.includes(" ") ? only : JSON.stringify(tags);
}

function tagsOf(vm: RecordOf<"vms">, nic: Vnic): string {
  return nic.tags === undefined || nic.tags.length === 0 ? keyOf(vm.tags) : `${keyOf(vm.tags)} ${keyOf(nic.tags)}`;
}

function nested<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = new Map<string, Value>()));
  return found;
}
