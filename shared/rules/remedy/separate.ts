/** Gives tenants that share a segment a VLAN each. */
import type { Topology } from "../../model/topology";
import type { End } from "../../network/types";
import type { FixCandidate } from "../rule";
import { listed } from "../phrase";
import { tenantName } from "../workload";
import { candidate } from "./board";
import { freeVlan } from "./free-vlan";
import { moveToVlan } from "./move";

/** More choices of who stays would be verified for little gain. */
const MOST_STAYING = 2;

/**
 * Candidates, by the ends of each tenant in the segment: all but one tenant move (the one with most ports stays first, then others
 * of the pair), all of them move, and last only one of the pair moves.
 */
export function separateTenants(topology: Topology, endsByTenant: ReadonlyMap<string, readonly End[]>, pair: readonly [string, string]): FixCandidate[] {
  const tenants = [...endsByTenant.keys()];
  const size = (tenant: string): number => endsByTenant.get(tenant)?.length ?? 0;
  const bySize = [...tenants].sort((a, b) => size(b) - size(a));
  const staying = [...new Set([...bySize.slice(0, 1), ...pair])].slice(0, MOST_STAYING + 1);
  const sets = [
    ...staying.map((stays) => tenants.filter((tenant) => tenant !== stays)),
    tenants,
    ...(tenants.length > 2 ? [[pair[1]], [pair[0]]] : []),
  ];
  return sets.flatMap((moving) => moveTenants(topology, endsByTenant, moving));
}

function moveTenants(topology: Topology, endsByTenant: ReadonlyMap<string, readonly End[]>, moving: readonly string[]): FixCandidate[] {
  const names = moving.map((tenant) => tenantName(topology, tenant));
  const title = moving.length === 1 ? `Move ${listed(names)} into a VLAN of its own` : `Move ${listed(names)} into a VLAN each`;
  return candidate(topology, title, (board) => {
    for (const tenant of moving) {
      const vlan = freeVlan(board.topology, "tenant");
      if (vlan === undefined) return false;
      moveToVlan(board, { ends: endsByTenant.get(tenant) ?? [], vlan, stem: tenant, name: tenantName(topology, tenant) });
    }
    return true;
  });
}
