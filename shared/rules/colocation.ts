/** Who shares a hypervisor: what makes a side channel, a noisy neighbour or an escape somebody else's problem. */
import { entries, type Topology } from "../model/topology";
import { groupBy } from "./group-by";
import { isSensitive, residentsOf, tenantsAmong, type Resident } from "./residents";

export interface Colocation {
  readonly residents: readonly Resident[];
  readonly tenants: readonly string[];
  /** Ids of the VMs that are sensitive, themselves or by their tenant. */
  readonly sensitive: readonly string[];
}

export function colocationOn(topology: Topology, hypervisor: string): Colocation {
  return colocationOf(topology, residentsOf(topology, hypervisor));
}

/** Who shares the processors of a host, whichever of its hypervisors runs them. */
export function colocationAt(topology: Topology, host: string): Colocation {
  return colocationOf(topology, hypervisorsOn(topology, host).flatMap((hypervisor) => residentsOf(topology, hypervisor)));
}

function colocationOf(topology: Topology, residents: readonly Resident[]): Colocation {
  return { residents, tenants: tenantsAmong(residents), sensitive: residents.filter(({ vm }) => isSensitive(topology, vm)).map(({ id }) => id) };
}

/** Two tenants, or a sensitive VM and any other. */
export function mayLeak({ residents, tenants, sensitive }: Colocation): boolean {
  return tenants.length > 1 || (sensitive.length > 0 && residents.length > 1);
}

const known = new WeakMap<Topology, ReadonlyMap<string, readonly string[]>>();

/** The hypervisors of a host, sorted by id; gathered once per document. */
export function hypervisorsOn(topology: Topology, host: string): readonly string[] {
  let index = known.get(topology);
  if (index === undefined) {
    const grouped = groupBy(entries(topology, "hypervisors"), ([, hypervisor]) => hypervisor.host);
    known.set(topology, (index = new Map([...grouped].map(([id, own]) => [id, own.map(([hypervisor]) => hypervisor)]))));
  }
  return index.get(host) ?? [];
}
