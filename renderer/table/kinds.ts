/** What the table can show: the records of a collection, or the parts that records have, such as the vNICs of VMs. */
import type { IconName } from "../../shared/diagram/icons";
import { COLLECTIONS, type CollectionName } from "../../shared/model/topology";
import { KINDS } from "../actions/kinds";

export type PartName = "nics" | "interfaces" | "mirrors";

export interface TableKind {
  /** `vms`, `vms.nics`. */
  readonly id: string;
  readonly collection: CollectionName;
  /** The map of the record in which the parts are. */
  readonly part?: PartName;
  /** In a sentence: "vNIC". */
  readonly noun: string;
  readonly plural: string;
  readonly icon: IconName;
}

const PARTS: readonly TableKind[] = [
  { id: "vms.nics", collection: "vms", part: "nics", noun: "vNIC", plural: "vNICs", icon: "nic" },
  { id: "virtualSwitches.mirrors", collection: "virtualSwitches", part: "mirrors", noun: "port mirror", plural: "port mirrors", icon: "virtualSwitch" },
  { id: "routers.interfaces", collection: "routers", part: "interfaces", noun: "router interface", plural: "router interfaces", icon: "nic" },
  { id: "firewalls.interfaces", collection: "firewalls", part: "interfaces", noun: "firewall interface", plural: "firewall interfaces", icon: "nic" },
  { id: "hosts.nics", collection: "hosts", part: "nics", noun: "host adapter", plural: "host adapters", icon: "nic" },
];

/** Workloads first, as in the palette; whatever is not named here follows. */
const ORDER: readonly CollectionName[] = [
  "vms", "tenants", "datastores", "portGroups", "virtualSwitches", "uplinks", "hypervisors", "managementInterfaces",
  "firewalls", "distributedFirewalls", "routers", "externalNetworks", "hosts", "physicalSwitches", "trunks",
];

/** Every kind, in the order of the chooser; parts follow what has them. */
export const TABLE_KINDS: readonly TableKind[] = [...ORDER, ...COLLECTIONS.filter((each) => !ORDER.includes(each))].flatMap((collection): TableKind[] => [
  { id: collection, collection, noun: KINDS[collection].noun, plural: KINDS[collection].plural, icon: KINDS[collection].icon },
  ...PARTS.filter((part) => part.collection === collection),
]);

export function kindOf(id: string): TableKind {
  const found = TABLE_KINDS.find((kind) => kind.id === id) ?? TABLE_KINDS[0];
  if (found === undefined) throw new Error("there is no kind");
  return found;
}

/** "Port groups", "VMs". */
export function titleOf(kind: TableKind): string {
  return kind.plural.startsWith("vNIC") ? kind.plural : kind.plural.charAt(0).toUpperCase() + kind.plural.slice(1);
}

/** "12 port groups", "1 VM". */
export function counted(kind: TableKind, count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? kind.noun : kind.plural}`;
}
