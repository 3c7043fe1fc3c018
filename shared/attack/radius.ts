/** The blast radius in short: what somebody gets at, by what it is. */
import { compareIds, entries, record, type Topology } from "../model/topology";
import { machinesOf } from "../rules/residents";
import type { Place } from "../rules/rule";
import { split } from "./opening";

export interface RadiusTenant {
  /** Undefined: VMs of no tenant. */
  readonly id: string | undefined;
  /** How many of its VMs are got at, and how many it has beside those that the attacker has from the beginning. */
  readonly reached: number;
  readonly of: number;
}

export interface Radius {
  /** Those of which a VM is got at, sorted by id; the attacker's own too. */
  readonly tenants: readonly RadiusTenant[];
  /** Ids, sorted. */
  readonly hypervisors: readonly string[];
  /** Management interfaces and BMCs. */
  readonly management: readonly string[];
  readonly datastores: readonly string[];
}

/** How many there are of each, whoever gets at them: tenants with a VM that the attacker does not have from the beginning. */
export function totalsOf(topology: Topology, inside: readonly string[]): Readonly<Record<keyof Radius, number>> {
  const had = new Set(inside);
  const count = (collection: "hypervisors" | "datastores" | "managementInterfaces"): number => entries(topology, collection).length;
  return {
    tenants: new Set(machinesOf(topology).filter(({ id }) => !had.has(id)).map(({ vm }) => vm.tenant)).size, hypervisors: count("hypervisors"), datastores: count("datastores"),
    management: count("managementInterfaces") + entries(topology, "hosts").filter(([, { bmc }]) => bmc !== undefined).length,
  };
}

/** @param inside ids of VMs that the attacker has from the beginning */
export function radiusOf(topology: Topology, reached: readonly Place[], inside: readonly string[]): Radius {
  const had = new Set(inside);
  const totals = new Map<string | undefined, number>();
  for (const { id, vm } of machinesOf(topology)) if (!had.has(id)) totals.set(vm.tenant, (totals.get(vm.tenant) ?? 0) + 1);
  const found = new Map<string | undefined, number>();
  const others: Record<string, string[]> = {};
  for (const place of reached) {
    const [kind, id] = split(place);
    if (kind !== "vm") (others[kind] ??= []).push(id);
    else {
      const tenant = record(topology, "vms", id)?.tenant;
      found.set(tenant, (found.get(tenant) ?? 0) + 1);
    }
  }
  const tenants = [...found].map(([id, count]) => ({ id, reached: count, of: totals.get(id) ?? count })).sort((a, b) => compareIds(a.id ?? "", b.id ?? ""));
  return { tenants, hypervisors: others["hypervisor"] ?? [], management: others["management"] ?? [], datastores: others["datastore"] ?? [] };
}
