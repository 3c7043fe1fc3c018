/**
 * Where VMs could run besides where they are drawn. The document has no clusters, so a cluster is what live migration, or the restart
 * after a host has failed, needs of it: the same platform, the networks of the VM's vNICs, and the datastores that its disks are on.
 * vSphere asks for a port group of the same name where the switch is a host's own; elsewhere a vNIC names a bridge or switch, and the
 * VLAN goes along. What is not said stands in no way, but a VM without any network or datastore belongs to no cluster, and one with a
 * device of its host passed through stays where it is.
 */
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import { isSensitive, machinesOf } from "../rules/residents";
import { passesThrough } from "../rules/passthrough";
import type { Place } from "../rules/rule";

/** VMs that could run on the same hypervisors, of one setting of memory sharing. */
export interface MobilityGroup {
  /** More than one, sorted by id. */
  readonly hypervisors: readonly Place[];
  readonly memorySharing: NonNullable<Vm["resources"]>["memorySharing"];
  /** Its VMs, sorted by id. */
  readonly places: readonly Place[];
  readonly tenants: ReadonlySet<string>;
  readonly sensitive: boolean;
}

interface Growing extends MobilityGroup {
  readonly places: Place[];
  readonly tenants: Set<string>;
  sensitive: boolean;
}

export class Placement {
  private readonly groups = new Map<string, Growing>();
  private readonly byVm = new Map<string, MobilityGroup>();
  private readonly byHypervisor = new Map<string, MobilityGroup[]>();

  constructor(topology: Topology) {
    const networks = hypervisorsByNetwork(topology);
    const known = new Map<string, readonly string[]>();
    for (const { id, vm } of machinesOf(topology)) {
      const needs = [record(topology, "hypervisors", vm.hypervisor)?.platform ?? "", ...networksOf(topology, vm), "|", ...datastoresOf(topology, vm)];
      const key = needs.join("\n");
      const could = known.get(key) ?? hypervisorsFor(topology, needs, networks);
      known.set(key, could);
      if (needs.length > 2 && could.length > 1 && could.includes(vm.hypervisor) && !passesThrough(vm)) this.add(topology, id, vm, could);
    }
  }

  /** Undefined for a VM that stays where it is drawn. */
  groupOf(vm: string): MobilityGroup | undefined {
    return this.byVm.get(vm);
  }

  /** Who could run on a hypervisor, those that do among them. */
  on(hypervisor: string): readonly MobilityGroup[] {
    return this.byHypervisor.get(hypervisor) ?? [];
  }

  private add(topology: Topology, id: string, vm: Vm, hypervisors: readonly string[]): void {
    const memorySharing = vm.resources?.memorySharing;
    const key = `${memorySharing ?? ""} ${hypervisors.join(" ")}`;
    let group = this.groups.get(key);
    if (group === undefined) {
      this.groups.set(key, (group = { hypervisors: hypervisors.map((hypervisor): Place => `hypervisor:${hypervisor}`), memorySharing, places: [], tenants: new Set(), sensitive: false }));
      for (const hypervisor of hypervisors) this.byHypervisor.set(hypervisor, [...(this.byHypervisor.get(hypervisor) ?? []), group]);
    }
    group.places.push(`vm:${id}`);
    if (vm.tenant !== undefined) group.tenants.add(vm.tenant);
    group.sensitive ||= isSensitive(topology, vm);
    this.byVm.set(id, group);
  }
}

/** What a vNIC asks a hypervisor for, and which have it. */
function hypervisorsByNetwork(topology: Topology): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [id, { virtualSwitch }] of entries(topology, "portGroups")) {
    const network = networkOf(topology, id);
    const on = found.get(network) ?? new Set<string>();
    found.set(network, on);
    for (const hypervisor of record(topology, "virtualSwitches", virtualSwitch)?.hypervisors ?? []) on.add(hypervisor);
  }
  return found;
}

function networkOf(topology: Topology, portGroup: string): string {
  const group = record(topology, "portGroups", portGroup);
  const own = record(topology, "virtualSwitches", group?.virtualSwitch);
  if (group === undefined || own === undefined) return portGroup;
  if (own.kind === "distributed" || own.hypervisors.length > 1) return `switch ${group.virtualSwitch}`;
  return own.kind === "standard" ? `port group ${group.name}` : `${own.kind} ${own.name}`;
}

function networksOf(topology: Topology, { nics = {} }: Vm): string[] {
  const found = Object.values(nics).flatMap(({ portGroup, connected }) => (portGroup === undefined || connected === false ? [] : [networkOf(topology, portGroup)]));
  return [...new Set(found)].sort(compareIds);
}

/** Those of its datastores that say where they are mounted. */
function datastoresOf(topology: Topology, { disks = [] }: Vm): string[] {
  const found = disks.flatMap(({ datastore }) => (datastore === undefined || record(topology, "datastores", datastore)?.hypervisors === undefined ? [] : [datastore]));
  return [...new Set(found)].sort(compareIds);
}

/** @param needs the platform, networks, a line, datastores */
function hypervisorsFor(topology: Topology, needs: readonly string[], networks: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const line = needs.indexOf("|");
  const mounted = needs.slice(line + 1).map((datastore) => new Set(record(topology, "datastores", datastore)?.hypervisors));
  return entries(topology, "hypervisors").flatMap(([id, { platform }]) => {
    const fits = platform === needs[0] && needs.slice(1, line).every((network) => networks.get(network)?.has(id) === true) && mounted.every((on) => on.has(id));
    return fits ? [id] : [];
  });
}
