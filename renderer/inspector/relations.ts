import { entries, record, type CollectionName, type Topology } from "../../shared/model/topology";

/** Something that is plugged into or contained in a record. */
export interface Relation {
  readonly id: string;
  readonly name: string;
  /** Such as a tenant's name. */
  readonly note: string;
}

const MOST = 40;

/** What is directly connected to a record: members of a port group, ports of a switch, VMs of a hypervisor or tenant. */
export function relationsOf(topology: Topology, collection: CollectionName, id: string): readonly Relation[] {
  return all(topology, collection, id).slice(0, MOST);
}

function all(topology: Topology, collection: CollectionName, id: string): Relation[] {
  switch (collection) {
    case "portGroups": return [...vms(topology, (vm) => Object.values(vm.nics ?? {}).some((nic) => nic.portGroup === id)), ...plain(topology, "managementInterfaces", (own) => own.portGroup === id, "management")];
    case "virtualSwitches": return [...plain(topology, "portGroups", (group) => group.virtualSwitch === id, "port group"), ...plain(topology, "uplinks", (uplink) => uplink.virtualSwitch === id, "uplink")];
    case "physicalSwitches": return [
      ...plain(topology, "uplinks", (uplink) => uplink.physicalSwitch === id, "uplink"), ...plain(topology, "trunks", (trunk) => trunk.a.switch === id || trunk.b.switch === id, "trunk"),
      ...plain(topology, "externalNetworks", ({ attachedTo }) => attachedTo !== undefined && "physicalSwitch" in attachedTo && attachedTo.physicalSwitch === id, "external"),
    ];
    case "hypervisors": return [...vms(topology, (vm) => vm.hypervisor === id), ...plain(topology, "managementInterfaces", (own) => own.hypervisor === id, "management")];
    case "hosts": return plain(topology, "hypervisors", (hypervisor) => hypervisor.host === id, "hypervisor");
    case "tenants": return vms(topology, (vm) => vm.tenant === id);
    case "datastores": return vms(topology, (vm) => (vm.disks ?? []).some((disk) => disk.datastore === id));
    default: return [];
  }
}

function vms(topology: Topology, test: (vm: NonNullable<Topology["vms"]>[string]) => boolean): Relation[] {
  return entries(topology, "vms").filter(([, vm]) => test(vm)).map(([id, vm]) => ({ id, name: vm.name, note: record(topology, "tenants", vm.tenant)?.name ?? "no tenant" }));
}

function plain<C extends CollectionName>(topology: Topology, collection: C, test: (value: NonNullable<ReturnType<typeof record<C>>>) => boolean, note: string): Relation[] {
  return entries(topology, collection).filter(([, value]) => test(value as NonNullable<ReturnType<typeof record<C>>>)).map(([id, value]) => ({ id, name: value.name ?? id, note }));
}
