/** What a set of parties is made of, for rules that ask whether a boundary runs through it. */
import { compareIds, record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import { isSensitive } from "./residents";

export interface Crowd {
  readonly vms: number;
  readonly tenants: ReadonlySet<string>;
  readonly zones: ReadonlySet<string>;
  readonly externals: ReadonlySet<string>;
  /** Management interfaces and BMCs. */
  readonly management: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
}

export function crowdOf(topology: Topology, network: Network, parties: Iterable<string>): Crowd {
  const crowd = { vms: 0, tenants: new Set<string>(), zones: new Set<string>(), externals: new Set<string>(), management: new Set<string>(), sensitive: new Set<string>() };
  for (const id of parties) {
    const kind = network.party(id)?.kind;
    if (kind === "external") crowd.externals.add(id);
    else if (kind === "managementInterface" || kind === "bmc") crowd.management.add(id);
    const vm = kind === "vm" ? record(topology, "vms", id) : undefined;
    if (vm === undefined) continue;
    crowd.vms += 1;
    if (vm.tenant !== undefined) crowd.tenants.add(vm.tenant);
    if (vm.zone !== undefined) crowd.zones.add(vm.zone);
    if (isSensitive(topology, vm)) crowd.sensitive.add(id);
  }
  return crowd;
}

/** The members in order, for sentences. */
export function sorted(members: ReadonlySet<string>): string[] {
  return [...members].sort(compareIds);
}

/** What a filter between these parties keeps apart or guards, in words; undefined where it is nothing. */
export function boundaryIn({ vms, tenants, zones, externals, management }: Crowd): string | undefined {
  if (tenants.size > 1) return `the tenants ${sorted(tenants).join(", ")}`;
  if (management.size > 0 && (vms > 0 || externals.size > 0)) return `management (${sorted(management).join(", ")}) and others`;
  if (externals.size > 0 && (vms > 0 || externals.size > 1)) return `${sorted(externals).join(", ")} and ${vms > 0 ? "workloads" : "one another"}`;
  return zones.size > 1 ? `the zones ${sorted(zones).join(", ")}` : undefined;
}
