/** What each vNIC, management interface, BMC, external network and router interface is a member of, and the addresses written on it. */
import { entries, record, type Topology } from "../model/topology";
import type { Label, LabelSet, LabelTable } from "./labels";

/** A record that addresses are written on; `id` is that of its end (`a-web/eth0`), connected or not. */
export interface Subject {
  readonly id: string;
  /** Labels of the selectors that name it, by what it is; not those by address. */
  readonly identity: LabelSet;
  /** As written; undefined where the field is absent and the addresses are therefore unknown. */
  readonly addresses: readonly string[] | undefined;
}

/** Every subject of the document by end id. Templates are members of nothing: they do not run. */
export function subjectsOf(topology: Topology, labels: LabelTable): ReadonlyMap<string, Subject> {
  const subjects = new Map<string, Subject>();
  const add = (id: string, texts: readonly string[], addresses: readonly string[] | undefined): void => {
    const known = texts.map((text) => labels.get(text)).filter((label): label is Label => label !== undefined);
    subjects.set(id, { id, identity: labels.set(known), addresses });
  };
  addVms(topology, add);
  for (const [id, adapter] of entries(topology, "managementInterfaces")) {
    const tags = [...tagsOf(adapter.tags), ...tagsOf(record(topology, "hypervisors", adapter.hypervisor)?.tags)];
    add(id, ["management", `hypervisor:${adapter.hypervisor}`, ...ofPortGroup(topology, adapter.portGroup), ...tags], adapter.addresses);
  }
  for (const [id, { bmc, tags }] of entries(topology, "hosts")) {
    if (bmc !== undefined) add(`${id}/bmc`, ["bmc", ...tagsOf(tags)], bmc.addresses);
  }
  for (const [id, { attachedTo, tags }] of entries(topology, "externalNetworks")) {
    const portGroup = attachedTo !== undefined && "portGroup" in attachedTo ? attachedTo.portGroup : undefined;
    add(id, ["external", `external:${id}`, ...ofPortGroup(topology, portGroup), ...tagsOf(tags)], []);
  }
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, { interfaces = {} }] of entries(topology, collection)) {
      for (const [local, { addresses }] of Object.entries(interfaces)) add(`${id}/${local}`, [], addresses ?? []);
    }
  }
  return subjects;
}

type Add = (id: string, texts: readonly string[], addresses: readonly string[] | undefined) => void;

function addVms(topology: Topology, add: Add): void {
  for (const [id, vm] of entries(topology, "vms")) {
    const template = vm.role === "template";
    const own = [`vm:${id}`, "workloads", ...tagsOf(vm.tags)];
    if (vm.tenant !== undefined) own.push(`tenant:${vm.tenant}`, ...tagsOf(record(topology, "tenants", vm.tenant)?.tags));
    for (const [local, nic] of Object.entries(vm.nics ?? {})) {
      const group = nic.connected === false ? [] : ofPortGroup(topology, nic.portGroup);
      add(`${id}/${local}`, template ? [] : [...own, ...group, ...tagsOf(nic.tags)], nic.addresses);
    }
  }
}

/** The port group itself and its tags: a tag stands for what its bearer stands for. */
function ofPortGroup(topology: Topology, id: string | undefined): string[] {
  return id === undefined ? [] : [`portgroup:${id}`, ...tagsOf(record(topology, "portGroups", id)?.tags)];
}

function tagsOf(tags: readonly string[] = []): string[] {
  return tags.map((tag) => `tag:${tag}`);
}
