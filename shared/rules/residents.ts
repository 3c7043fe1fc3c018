/** Which VMs run on a hypervisor, and what is plugged into a port group or a virtual switch; gathered once per document. */
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Vm, Vnic } from "../model/kinds/vm";
import { groupBy } from "./group-by";

export interface Resident {
  readonly id: string;
  readonly vm: Vm;
}

/** A connected vNIC of a VM that is no template. Passthrough vNICs are left out: they are behind no virtual port. */
export interface Occupant extends Resident {
  /** `a-web/eth0`. */
  readonly end: string;
  readonly nic: Vnic;
}

interface Index {
  readonly all: readonly Resident[];
  readonly byHypervisor: ReadonlyMap<string, readonly Resident[]>;
  readonly byPortGroup: ReadonlyMap<string, readonly Occupant[]>;
  readonly portGroups: ReadonlyMap<string, readonly string[]>;
  readonly adapters: ReadonlyMap<string, readonly string[]>;
  readonly monitors: ReadonlySet<string>;
}

const indexes = new WeakMap<Topology, Index>();

function indexOf(topology: Topology): Index {
  let index = indexes.get(topology);
  if (index === undefined) indexes.set(topology, (index = build(topology)));
  return index;
}

function build(topology: Topology): Index {
  const residents = entries(topology, "vms").filter(([, vm]) => vm.role !== "template").map(([id, vm]): Resident => ({ id, vm }));
  return {
    all: residents,
    byHypervisor: groupBy(residents, ({ vm }) => vm.hypervisor),
    byPortGroup: groupBy(residents.flatMap(plugged), ({ nic }) => nic.portGroup ?? ""),
    portGroups: groupIds(entries(topology, "portGroups"), (group) => group.virtualSwitch),
    adapters: groupIds(entries(topology, "managementInterfaces"), (adapter) => adapter.portGroup),
    monitors: mirrorDestinations(topology),
  };
}

function plugged({ id, vm }: Resident): Occupant[] {
  return Object.entries(vm.nics ?? {}).flatMap(([nicId, nic]) => {
    const virtual = nic.passthrough === undefined || nic.passthrough === "none";
    return nic.portGroup !== undefined && nic.connected !== false && virtual ? [{ id, vm, nic, end: `${id}/${nicId}` }] : [];
  });
}

function groupIds<T>(records: readonly (readonly [string, T])[], keyOf: (value: T) => string): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [key, group] of groupBy(records, ([, value]) => keyOf(value))) ids.set(key, group.map(([id]) => id));
  return ids;
}

function mirrorDestinations(topology: Topology): Set<string> {
  const monitors = new Set<string>();
  for (const [, { mirrors = {} }] of entries(topology, "virtualSwitches")) {
    for (const { destination } of Object.values(mirrors)) if (destination.startsWith("vm:")) monitors.add(destination.slice("vm:".length));
  }
  return monitors;
}

/** Every VM but templates, sorted by id. */
export function machinesOf(topology: Topology): readonly Resident[] {
  return indexOf(topology).all;
}

/** The VMs of a hypervisor without templates, sorted by id. */
export function residentsOf(topology: Topology, hypervisor: string): readonly Resident[] {
  return indexOf(topology).byHypervisor.get(hypervisor) ?? [];
}

/** What is plugged into a port group, sorted by VM. */
export function occupantsOf(topology: Topology, portGroup: string): readonly Occupant[] {
  return indexOf(topology).byPortGroup.get(portGroup) ?? [];
}

/** The port groups of a virtual switch, sorted by id. */
export function portGroupsOf(topology: Topology, virtualSwitch: string): readonly string[] {
  return indexOf(topology).portGroups.get(virtualSwitch) ?? [];
}

/** The management interfaces in a port group, sorted by id. */
export function adaptersOf(topology: Topology, portGroup: string): readonly string[] {
  return indexOf(topology).adapters.get(portGroup) ?? [];
}

/** Whether the VM is where a port mirror delivers to: a monitor in the catalogue's words. */
export function isMonitor(topology: Topology, vm: string): boolean {
  return indexOf(topology).monitors.has(vm);
}

/** The tenants of the VMs, each once, sorted; VMs without a tenant add none. */
export function tenantsAmong(residents: readonly Resident[]): string[] {
  const tenants = new Set<string>();
  for (const { vm } of residents) if (vm.tenant !== undefined) tenants.add(vm.tenant);
  return [...tenants].sort(compareIds);
}

/** Marked as sensitive, itself or its tenant. */
export function isSensitive(topology: Topology, vm: Vm): boolean {
  return vm.sensitive === true || record(topology, "tenants", vm.tenant)?.sensitive === true;
}
