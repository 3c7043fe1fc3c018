/** Parts VMs of two tenants that frames join although nothing else is to be changed: those of the one side get a VLAN of their own. */
import type { Topology } from "../../model/topology";
import type { Network } from "../../network/compiled-network";
import type { Pair } from "../../network/types";
import { listed } from "../phrase";
import type { FixCandidate } from "../rule";
import { tenantName } from "../workload";
import { candidate } from "./board";
import { freeVlan } from "./free-vlan";
import { moveToVlan } from "./move";

/** Candidates: the senders of the pairs that frames join, or else their receivers. */
export function moveApart(topology: Topology, network: Network, pairs: readonly Pair[]): FixCandidate[] {
  const joined = pairs.filter((pair) => pair.layer === 2);
  const move = (side: "from" | "to"): FixCandidate[] => {
    const owners = [...new Set(joined.map((pair) => pair[side]))];
    const tenant = network.party(owners[0] ?? "")?.tenant;
    const ends = owners.flatMap((owner) => network.layer2.endsOf(owner));
    const others = [...new Set(joined.map((pair) => pair[side === "from" ? "to" : "from"]))].flatMap((owner) => network.layer2.endsOf(owner));
    const touching = ends.filter((end) => others.some((other) => (side === "from" ? network.layer2.hears(end, other) : network.layer2.hears(other, end))));
    if (tenant === undefined || touching.length === 0) return [];
    return candidate(topology, `Move ${listed(owners)} of ${tenantName(topology, tenant)} into a VLAN of their own`, (board) => {
      const vlan = freeVlan(board.topology, "tenant");
      if (vlan === undefined) return false;
      moveToVlan(board, { ends: touching, vlan, stem: tenant, name: tenantName(topology, tenant) });
      return true;
    });
  };
  return [...move("from"), ...move("to")];
}
