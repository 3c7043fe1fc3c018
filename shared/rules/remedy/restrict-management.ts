/** Keeps sources that the policy does not name away from a management interface. */
import { resolveSelector } from "../../model/members";
import { listServices, NO_SERVICES, unionServices, type ServiceSet } from "../../model/services";
import { record, type Topology } from "../../model/topology";
import type { Network } from "../../network/compiled-network";
import type { Pair } from "../../network/types";
import { currentIntents } from "../intents";
import type { FixCandidate, RuleContext } from "../rule";
import { candidate } from "./board";
import { denyOnTheWay } from "./deny";
import { freeVlan } from "./free-vlan";
import { dedicateManagement } from "./management-network";
import { moveToVlan } from "./move";

interface Exposure {
  readonly source: string;
  readonly kind: "tenant" | "external" | "vm";
  readonly target: string;
  readonly pairs: readonly Pair[];
}

/** Candidates: a segment of its own where the interface shares one, or for the network that is in it; a deny at the gateways on the way; the interface's own firewall. */
export function restrictManagement({ topology, network }: RuleContext, { source, kind, target, pairs }: Exposure): FixCandidate[] {
  const sharesSegment = pairs.some((pair) => pair.layer === 2);
  const selectors = [`${kind === "vm" ? "vm" : kind}:${source}`];
  const services = pairs.reduce<ServiceSet>((set, pair) => unionServices(set, pair.beyond), NO_SERVICES);
  const denied = pairs.some((pair) => network.allowed(pair.from, pair.to).length > 0) ? { services: listServices(services) } : {};
  const hypervisor = record(topology, "managementInterfaces", target)?.hypervisor ?? "";
  const own = restrictOwnFirewall(topology, target, network.today);
  const deny = denyOnTheWay(topology, network, pairs, { id: `deny-${source}-management`, from: selectors, to: [`hypervisor:${hypervisor}`], ...denied });
  return [...(sharesSegment ? dedicateManagement(topology, network, target) : []), ...(sharesSegment && kind === "external" ? moveAway(topology, network, source) : []), ...deny, ...own];
}

/** A network on a port that carries every VLAN gets at management whatever VLAN that is moved to. */
function moveAway(topology: Topology, network: Network, id: string): FixCandidate[] {
  const name = record(topology, "externalNetworks", id)?.name ?? id;
  return candidate(topology, `Move ${name} into a VLAN of its own`, (board) => {
    const vlan = freeVlan(board.topology, "tenant");
    if (vlan === undefined) return false;
    moveToVlan(board, { ends: network.layer2.endsOf(id), vlan, stem: id, name });
    return true;
  });
}

/** The interface's own firewall takes those whom the policy names, and other management interfaces. */
export function restrictOwnFirewall(topology: Topology, adapter: string, today: string): FixCandidate[] {
  const name = record(topology, "managementInterfaces", adapter)?.name ?? adapter;
  return candidate(topology, `Let the firewall of ${name} take only the sources that the policy names`, (board) => {
    board.set(["managementInterfaces", adapter, "firewall", "enabled"], true);
    board.set(["managementInterfaces", adapter, "firewall", "allowedSources"], administrators(topology, adapter, today));
  });
}

/** The sources of the policy entries that name the interface; management itself always. */
function administrators(topology: Topology, adapter: string, today: string): string[] {
  const entries = currentIntents(topology, today).filter((entry) => (entry.to ?? ["any"]).some((selector) => resolveSelector(topology, selector).has(adapter)));
  const sources = entries.flatMap((entry) => entry.from ?? []).filter((selector) => selector !== "any");
  return [...new Set([...sources, "management"])].sort();
}
