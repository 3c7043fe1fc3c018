/** Disks and the datastores below them. */
import type { Vm } from "../model/kinds/vm";
import { record, type Topology } from "../model/topology";

export type Disk = NonNullable<Vm["disks"]>[number];

/** Whether no layer encrypts the disk: it says so itself, and its datastore does not say otherwise. */
export function diskInClear(topology: Topology, { encrypted, datastore }: Disk): boolean {
  return encrypted === false && record(topology, "datastores", datastore)?.encrypted !== true;
}

/** Whether some layer encrypts the disk, so that to destroy the key is to destroy what it holds. */
export function diskEncrypted(topology: Topology, { encrypted, datastore }: Disk): boolean {
  return encrypted === true || record(topology, "datastores", datastore)?.encrypted === true;
}
