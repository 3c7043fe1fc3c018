/** Whether those who administer the hypervisors still get to them. */
import { compareIds, entries, record } from "../model/topology";
import type { Network } from "../network/compiled-network";
import { servesManagement } from "../rules/workload";
import type { Administration } from "./segmentation";

/** Networks of administrators, and jump hosts of no tenant, by what they reached before and reach after; those that reached nothing are left out. */
export function administrationsBetween(before: Network, after: Network): Administration[] {
  const targets = before.parties.filter(({ id, kind }) => kind === "bmc" || (kind === "managementInterface" && servesManagement(record(before.topology, "managementInterfaces", id) ?? { name: "", hypervisor: "", portGroup: "" }))).map(({ id }) => id);
  return administratorsOf(before).flatMap((from) => {
    const had = targets.filter((to) => reachesPerhaps(before, from, to));
    if (had.length === 0) return [];
    const reaches = had.filter((to) => reachesPerhaps(after, from, to));
    return [{ from, reaches, loses: had.filter((to) => !reaches.includes(to)) }];
  });
}

export function administratorsOf({ topology, parties }: Network): string[] {
  const networks = entries(topology, "externalNetworks").filter(([, { trust }]) => trust === "admin").map(([id]) => id);
  const jumpHosts = parties.filter(({ id, tenant }) => tenant === undefined && record(topology, "vms", id)?.role === "jump-host").map(({ id }) => id);
  return [...networks, ...jumpHosts].sort(compareIds);
}

/** What is unknown may well work today: to cut it for certain would be to lock somebody out. */
function reachesPerhaps(network: Network, from: string, to: string): boolean {
  const { services, verdict } = network.pair(from, to);
  return services.length > 0 || verdict === "unknown";
}
