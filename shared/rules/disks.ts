/** Disks and the datastores below them. */
import type { Vm } from "../model/kinds/vm";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { groupBy } from "./group-by";
import { machinesOf } from "./residents";

export type Disk = NonNullable<Vm["disks"]>[number];

/** Whether no layer encrypts the disk: it says so itself, and its datastore does not say otherwise. */
export function diskInClear(topology: Topology, { encrypted, datastore }: Disk): boolean {
  return encrypted === false && record(topology, "datastores", datastore)?.encrypted !== true;
}

/** Whether some layer encrypts the disk, so that to destroy the key is to destroy what it holds. */
export function diskEncrypted(topology: Topology, { encrypted, datastore }: Disk): boolean {
  return encrypted === true || record(topology, "datastores", datastore)?.encrypted === true;
}

/** A disk of a VM, by its position there. */
export interface PlacedDisk {
  readonly vm: string;
  readonly index: number;
  readonly disk: Disk;
}

const known = new WeakMap<Topology, ReadonlyMap<string, readonly PlacedDisk[]>>();

/** The disks that are read and written over the storage interface, sorted by VM. */
export function disksOver(topology: Topology, managementInterface: string): readonly PlacedDisk[] {
  let index = known.get(topology);
  if (index === undefined) known.set(topology, (index = indexDisks(topology)));
  return index.get(managementInterface) ?? [];
}

function indexDisks(topology: Topology): Map<string, PlacedDisk[]> {
  const networks = new Map(entries(topology, "datastores").flatMap(([id, { storageNetwork }]) => (storageNetwork === undefined ? [] : [[id, storageNetwork] as const])));
  const index = new Map<string, PlacedDisk[]>();
  if (networks.size === 0) return index;
  for (const { id: vm, vm: { disks = [] } } of machinesOf(topology)) {
    disks.forEach((disk, at) => {
      const network = networks.get(disk.datastore ?? "");
      if (network === undefined) return;
      const placed = index.get(network);
      if (placed === undefined) index.set(network, [{ vm, index: at, disk }]);
      else placed.push({ vm, index: at, disk });
    });
  }
  return index;
}

const shared = new WeakMap<Topology, ReadonlyMap<string, readonly string[]>>();

/** The tenants that have a disk on the datastore, encrypted or not, sorted. */
export function tenantsOn(topology: Topology, datastore: string): readonly string[] {
  let index = shared.get(topology);
  if (index === undefined) shared.set(topology, (index = indexTenants(topology)));
  return index.get(datastore) ?? [];
}

function indexTenants(topology: Topology): Map<string, string[]> {
  const placed = machinesOf(topology).flatMap(({ vm: { tenant, disks = [] } }) => disks.flatMap(({ datastore }) => (tenant === undefined || datastore === undefined ? [] : [{ tenant, datastore }])));
  return new Map([...groupBy(placed, ({ datastore }) => datastore)].map(([datastore, there]) => [datastore, [...new Set(there.map(({ tenant }) => tenant))].sort(compareIds)]));
}
