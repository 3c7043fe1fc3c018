/** Who shares a hypervisor: what makes a side channel, a noisy neighbour or an escape somebody else's problem. */
import type { Topology } from "../model/topology";
import { isSensitive, residentsOf, tenantsAmong, type Resident } from "./residents";

export interface Colocation {
  readonly residents: readonly Resident[];
  readonly tenants: readonly string[];
  /** Ids of the VMs that are sensitive, themselves or by their tenant. */
  readonly sensitive: readonly string[];
}

export function colocationOn(topology: Topology, hypervisor: string): Colocation {
  const residents = residentsOf(topology, hypervisor);
  return { residents, tenants: tenantsAmong(residents), sensitive: residents.filter(({ vm }) => isSensitive(topology, vm)).map(({ id }) => id) };
}

/** Two tenants, or a sensitive VM and any other. */
export function mayLeak({ residents, tenants, sensitive }: Colocation): boolean {
  return tenants.length > 1 || (sensitive.length > 0 && residents.length > 1);
}
