/** Opens what stops a declared flow, and no more: a rule in the filter, a VLAN in a list, a source in an interface's own firewall. */
import { ownerOf } from "../../model/ids";
import type { Intent } from "../../model/policy";
import { record } from "../../model/topology";
import type { Hop } from "../../analysis/result";
import type { Board } from "./board";
import { allowOn } from "./carry";
import { nameFor } from "./connect";
import { filterRef, prependRule } from "./filter-rule";

/** Opens every place that stops the flow; false where none of them can be opened. */
export function permit(board: Board, blockedBy: readonly Hop[], intent: Intent): boolean {
  return blockedBy.map((hop) => openAt(board, hop, intent)).some((opened) => opened);
}

function openAt(board: Board, hop: Hop, intent: Intent): boolean {
  const owner = ownerOf(hop.at);
  switch (hop.kind) {
    case "router":
    case "firewall":
    case "distributedFirewall":
      return openFilter(board, owner, intent);
    case "managementInterface":
      return openOwnFirewall(board, owner, intent);
    case "uplink":
      return allowVlan(board, hop, [["uplinks", owner, "port"]]);
    case "trunk":
      return allowVlan(board, hop, [["trunks", owner, "a", "port"], ["trunks", owner, "b", "port"]]);
    default:
      return false;
  }
}

function openFilter(board: Board, id: string, intent: Intent): boolean {
  const filter = filterRef(board.topology, id);
  if (filter === undefined) return false;
  const rules = record(board.topology, filter.collection, id)?.rules ?? [];
  if (rules[0]?.name === nameFor(intent) && rules[0].in === undefined) return true;
  prependRule(board, filter, {
    id: `allow-${intent.id}`, name: nameFor(intent), action: "allow",
    ...(intent.from === undefined ? {} : { from: intent.from }), ...(intent.to === undefined ? {} : { to: intent.to }),
    ...(intent.services === undefined ? {} : { services: intent.services }),
  });
  return true;
}

function openOwnFirewall(board: Board, id: string, intent: Intent): boolean {
  const firewall = record(board.topology, "managementInterfaces", id)?.firewall;
  if (firewall === undefined || firewall.enabled === false) return false;
  const { allowedSources, ports } = firewall;
  if (allowedSources !== undefined) board.set(["managementInterfaces", id, "firewall", "allowedSources"], union(allowedSources, intent.from ?? ["any"]));
  if (ports !== undefined) board.set(["managementInterfaces", id, "firewall", "ports"], union(ports, intent.services ?? ["any"]));
  return allowedSources !== undefined || ports !== undefined;
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function allowVlan(board: Board, hop: Hop, ports: readonly (readonly string[])[]): boolean {
  if (hop.vlan === undefined || hop.vlan < 1) return false;
  for (const port of ports) allowOn(board, port, hop.vlan);
  return true;
}
