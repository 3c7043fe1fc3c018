/** What forwarders and filters did to a packet, as hops in words. */
import { NO_SERVICES, intersectServices, type ServiceSet } from "../model/services";
import type { Hop } from "../analysis/result";
import type { Guard } from "./distributed";
import type { Crossing, Decision } from "./filters";
import type { Port } from "./forwarders";
import type { Host } from "./hosts";
import { protocolsOf, type Packet } from "./propagation";

/** "allows by r1, r2" for what lets these services pass. */
function allows(decisions: readonly Decision[], services: ServiceSet, how: string): Pick<Hop, "does" | "rule"> {
  return inWords(decisions.filter(({ allows: allowed }) => allowed), services, `allows${how}`);
}

function denies(decisions: readonly Decision[], services: ServiceSet, how: string): Pick<Hop, "does" | "rule"> {
  return inWords(decisions.filter(({ allows: allowed }) => !allowed), services, `denies${how}`);
}

function inWords(decisions: readonly Decision[], services: ServiceSet, verb: string): Pick<Hop, "does" | "rule"> {
  const named = decisions.filter((decision) => intersectServices(decision.services, services).length > 0).map(({ rule }) => rule);
  const rule = named.find((id) => id !== undefined);
  return { does: `${verb} by ${named.map((id) => id ?? "default").join(", ")}`, ...(rule === undefined ? {} : { rule }) };
}

/** The part of a packet's services that a filter denies. */
function denied(decisions: readonly Decision[], services: ServiceSet): ServiceSet {
  return decisions.reduce<ServiceSet>((set, decision) => (decision.allows ? set : [...set, ...intersectServices(decision.services, services)]), NO_SERVICES);
}

/** A forwarder that lets these services pass from one port to another. */
export function forwarderHop(enter: Port, leave: Port, packet: Packet, services: ServiceSet): Hop {
  const { id, kind, filter, transparent } = enter.forwarder;
  if (filter === undefined) return { at: id, kind: "vm", does: "forwards" };
  const at = { at: id, kind: kind === "firewall" ? ("firewall" as const) : ("router" as const) };
  if (!filter.filtering && filter.rules.length === 0) return { ...at, does: transparent ? "bridges" : "routes" };
  return { ...at, ...allows(filter.crossing(enter.local, leave.local).explain(packet.from, packet.to), services, "") };
}

/** A forwarder that stops some of these services between two ports; undefined where it stops none. */
export function forwarderDenial(enter: Port, leave: Port, packet: Packet, services: ServiceSet): Hop | undefined {
  const { id, kind, filter } = enter.forwarder;
  if (filter === undefined) return undefined;
  const decisions = filter.crossing(enter.local, leave.local).explain(packet.from, packet.to);
  if (denied(decisions, services).length === 0) return undefined;
  return { at: id, kind: kind === "firewall" ? "firewall" : "router", ...denies(decisions, services, "") };
}

/** A filter without state that stops every answer to these services; undefined where it does not. */
export function answerDenial({ filter }: Pick<Guard, "filter">, reverse: Crossing, packet: Packet, services: ServiceSet): Hop | undefined {
  if (filter.stateful || !filter.filtering) return undefined;
  const decisions = reverse.explain(packet.to, packet.from);
  const answers = protocolsOf(services);
  if (decisions.some(({ allows: allowed, services: decided }) => allowed && intersectServices(decided, answers).length > 0)) return undefined;
  return { at: filter.id, kind: filter.kind, ...denies(decisions, answers, " the answer") };
}

/** What the distributed firewalls at a vNIC do to a packet that leaves it or comes to it. */
export function guardHops(guards: readonly Guard[], packet: Packet, direction: "outbound" | "inbound", services: ServiceSet): Hop[] {
  return guards.map(({ filter, crossing }) => ({
    at: filter.id, kind: "distributedFirewall", ...allows(crossing.explain(packet.from, packet.to), services, ` ${direction}`),
  }));
}

export function guardDenials(guards: readonly Guard[], packet: Packet, direction: "outbound" | "inbound", services: ServiceSet): Hop[] {
  return guards.flatMap(({ filter, crossing }) => {
    const decisions = crossing.explain(packet.from, packet.to);
    return denied(decisions, services).length === 0 ? [] : [{ at: filter.id, kind: "distributedFirewall" as const, ...denies(decisions, services, ` ${direction}`) }];
  });
}

/** The management interface's own firewall, where it says anything about the packet. */
export function shieldHop(at: string, { shield }: Host, packet: Packet, services: ServiceSet): Hop | undefined {
  if (shield === undefined || shield.certain === "open") return undefined;
  const own = { at, kind: "managementInterface" as const };
  if (shield.certain === "shut") return { ...own, does: "is not known to have a firewall" };
  const passed = intersectServices(shield.certain.passes(packet.from, packet.to), services);
  if (passed.length > 0) return { ...own, does: "allows by its own firewall" };
  return { ...own, does: shield.mayBeOpen ? "denies by its own firewall, if that is on" : "denies by its own firewall" };
}
