/** The topology document: one schema from which every type is inferred and the JSON Schema is published. */
import { z } from "./zod";
import { idSchema, named } from "./primitives";
import { tenantSchema } from "./kinds/tenant";
import { hostSchema } from "./kinds/host";
import { physicalSwitchSchema } from "./kinds/physical-switch";
import { trunkSchema } from "./kinds/trunk";
import { hypervisorSchema } from "./kinds/hypervisor";
import { managementInterfaceSchema } from "./kinds/management-interface";
import { virtualSwitchSchema } from "./kinds/virtual-switch";
import { uplinkSchema } from "./kinds/uplink";
import { portGroupSchema } from "./kinds/port-group";
import { datastoreSchema } from "./kinds/datastore";
import { vmSchema } from "./kinds/vm";
import { forwarderSchema } from "./kinds/forwarder";
import { distributedFirewallSchema } from "./kinds/distributed-firewall";
import { externalNetworkSchema } from "./kinds/external-network";
import { policySchema } from "./policy";
import { placementSchema } from "./layout";

export const FORMAT = "bulkhead/1";

/** Every collection of the document, in file order. A new kind is a schema in `kinds/` and a line here. */
export const collectionSchemas = {
  tenants: tenantSchema,
  hosts: hostSchema,
  physicalSwitches: physicalSwitchSchema,
  trunks: trunkSchema,
  hypervisors: hypervisorSchema,
  managementInterfaces: managementInterfaceSchema,
  virtualSwitches: virtualSwitchSchema,
  uplinks: uplinkSchema,
  portGroups: portGroupSchema,
  datastores: datastoreSchema,
  vms: vmSchema,
  routers: forwarderSchema,
  firewalls: forwarderSchema,
  distributedFirewalls: distributedFirewallSchema,
  externalNetworks: externalNetworkSchema,
} as const;

export type CollectionName = keyof typeof collectionSchemas;
/** The collections in file order. */
export const COLLECTIONS = Object.keys(collectionSchemas) as readonly CollectionName[];

export const topologySchema = z.strictObject({
  format: z.literal(FORMAT),
  name: named.name,
  description: named.description,
  tenants: z.record(idSchema, tenantSchema).optional(),
  hosts: z.record(idSchema, hostSchema).optional(),
  physicalSwitches: z.record(idSchema, physicalSwitchSchema).optional(),
  trunks: z.record(idSchema, trunkSchema).optional(),
  hypervisors: z.record(idSchema, hypervisorSchema).optional(),
  managementInterfaces: z.record(idSchema, managementInterfaceSchema).optional(),
  virtualSwitches: z.record(idSchema, virtualSwitchSchema).optional(),
  uplinks: z.record(idSchema, uplinkSchema).optional(),
  portGroups: z.record(idSchema, portGroupSchema).optional(),
  datastores: z.record(idSchema, datastoreSchema).optional(),
  vms: z.record(idSchema, vmSchema).optional(),
  routers: z.record(idSchema, forwarderSchema).optional(),
  firewalls: z.record(idSchema, forwarderSchema).optional(),
  distributedFirewalls: z.record(idSchema, distributedFirewallSchema).optional(),
  externalNetworks: z.record(idSchema, externalNetworkSchema).optional(),
  policy: policySchema.optional(),
  layout: z.record(idSchema, placementSchema).optional(),
});

/** A valid document. Treat as immutable: edits (`edit.ts`) return a new one that shares what did not change. */
export type Topology = z.infer<typeof topologySchema>;
/** The record type of a collection, such as `RecordOf<"vms">`. */
export type RecordOf<C extends CollectionName> = z.infer<(typeof collectionSchemas)[C]>;

/** The entries of a collection, sorted by id. */
export function entries<C extends CollectionName>(topology: Topology, collection: C): [string, RecordOf<C>][] {
  const records = topology[collection] as Record<string, RecordOf<C>> | undefined;
  return records === undefined ? [] : sortedIds(records).map((id) => [id, records[id] as RecordOf<C>]);
}

/** The keys of a collection in the order of `compareIds`, which a file has them in. */
export function sortedIds(records: Readonly<Record<string, unknown>>): string[] {
  const ids = Object.keys(records);
  // Without a function `sort` compares by code unit.
  for (let at = 1; at < ids.length; at++) if ((ids[at - 1] as string) > (ids[at] as string)) return ids.sort();
  return ids;
}

/** The record with this id in a collection; own properties only, so `constructor` is an id like any other. */
export function record<C extends CollectionName>(topology: Topology, collection: C, id: string | undefined): RecordOf<C> | undefined {
  const records = topology[collection] as Record<string, RecordOf<C>> | undefined;
  if (records === undefined || id === undefined || !Object.hasOwn(records, id)) return undefined;
  return records[id];
}

/** Orders ids by code unit, the same in every locale. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
