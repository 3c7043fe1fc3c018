/** What forwarders and filters did to a packet, as hops in words. */
import { coversServices, intersectServices, listServices, subtractServices, type ServiceSet } from "../model/services";
import type { Hop } from "../analysis/result";
import type { Guard } from "./distributed";
import type { Crossing, Decision } from "./filters";
import type { Port } from "./forwarders";
import type { Host } from "./hosts";
import { hasService, protocolsOf, type Packet } from "./propagation";

/** A packet that passes a place, and what is told of it. */
export interface Judged {
  readonly packet: Packet;
  /** What passes on the whole path. */
  readonly services: ServiceSet;
  /** The one service whose rule is named first. */
  readonly first: number;
  /** Client ports to which the answer comes back over this place. */
  readonly answers: ServiceSet;
}

type Words = Pick<Hop, "does" | "rule">;
type Direction = "outbound" | "inbound";

/** "allows by r1, r2": the rules that let these services pass, that of the first service first. */
function allows(crossing: Crossing, { packet, services, first, answers }: Judged, how = ""): Words {
  const named = rulesOf(crossing.explain(packet.from, packet.to), true, services, first);
  const { stateful, filtering } = crossing.filter;
  const back = stateful || !filtering || answers.length === 0 ? "" : `, the answer by ${rulesOf(crossing.explain(packet.to, packet.from), true, answers).map(nameOf).join(", ")}`;
  return { does: `allows${how} by ${named.map(nameOf).join(", ")}${back}`, ...ruleOf(named) };
}

/** The rules, or undefined for the default action, that decide so about any of the services. */
function rulesOf(decisions: readonly Decision[], allowing: boolean, services: ServiceSet, first?: number): (string | undefined)[] {
  const deciding = decisions.filter(({ allows: allowed, services: decided }) => allowed === allowing && intersectServices(decided, services).length > 0);
  const leads = (decision: Decision): boolean => first !== undefined && hasService(decision.services, first);
  return deciding.sort((a, b) => Number(leads(b)) - Number(leads(a))).map(({ rule }) => rule);
}

function nameOf(rule: string | undefined): string {
  return rule ?? "default";
}

function ruleOf([first]: readonly (string | undefined)[]): Pick<Hop, "rule"> {
  return first === undefined ? {} : { rule: first };
}

/** A forwarder that lets these services pass from one port to another. */
export function forwarderHop(enter: Port, leave: Port, judged: Judged): Hop {
  const { id, kind, filter, transparent } = enter.forwarder;
  if (filter === undefined) return { at: id, kind: "vm", does: "forwards" };
  const at = { at: id, kind: kind === "firewall" ? ("firewall" as const) : ("router" as const) };
  if (!filter.filtering && filter.rules.length === 0) return { ...at, does: transparent ? "bridges" : "routes" };
  return { ...at, ...allows(filter.crossing(enter.local, leave.local), judged) };
}

/** What the distributed firewalls at a vNIC do to a packet that leaves it or comes to it. */
export function guardHops(guards: readonly Guard[], judged: Judged, direction: Direction): Hop[] {
  return guards.map(({ filter, crossing }) => ({ at: filter.id, kind: "distributedFirewall", ...allows(crossing, judged, ` ${direction}`) }));
}

/** The management interface's own firewall, where it is on. */
export function shieldHops(at: string, { shield }: Host, judged: Judged): Hop[] {
  if (shield === undefined || shield.certain === "open" || shield.certain === "shut") return [];
  const { does, rule } = allows(shield.certain, judged);
  return [{ at, kind: "managementInterface", does, ...(rule === undefined ? {} : { rule }) }];
}

/** What a place does to the packets that get to it. */
export interface Stop {
  readonly hop: Hop;
  readonly stops: ServiceSet;
  readonly passes: ServiceSet;
}

/** A forwarder between two of its ports; undefined where it stops none of the services. */
export function forwarderStop({ forwarder: { id, kind, filter }, local }: Port, leave: Port, packet: Packet, services: ServiceSet): Stop | undefined {
  if (filter === undefined) return undefined;
  return stopAt(id, kind === "firewall" ? "firewall" : "router", filter.crossing(local, leave.local), packet, services);
}

export function guardStops(guards: readonly Guard[], packet: Packet, direction: Direction, services: ServiceSet): Stop[] {
  return guards.flatMap(({ filter, crossing }) => stopAt(filter.id, "distributedFirewall", crossing, packet, services, ` ${direction}`) ?? []);
}

export function shieldStop(at: string, { shield }: Host, packet: Packet, services: ServiceSet): Stop | undefined {
  if (shield === undefined || shield.certain === "open") return undefined;
  if (shield.certain === "shut") {
    return { hop: { at, kind: "managementInterface", does: "is not known to have a firewall" }, stops: services, passes: [] };
  }
  return stopAt(at, "managementInterface", shield.certain, packet, services, "", shield.mayBeOpen ? ", if its firewall is on" : "");
}

function stopAt(at: string, kind: Hop["kind"], crossing: Crossing, packet: Packet, services: ServiceSet, how = "", provided = ""): Stop | undefined {
  const passes = intersectServices(crossing.passes(packet.from, packet.to), services);
  if (coversServices(passes, services)) return undefined;
  const named = rulesOf(crossing.explain(packet.from, packet.to), false, services);
  return { hop: { at, kind, does: `denies${how} by ${named.map(nameOf).join(", ")}${provided}`, ...ruleOf(named) }, stops: subtractServices(services, passes), passes };
}

/** A filter without state that stops every answer to some of the services; undefined where it does not. */
export function answerStop(at: { readonly id: string; readonly kind: Hop["kind"] }, reverse: Crossing, packet: Packet, services: ServiceSet): Stop | undefined {
  if (reverse.filter.stateful || !reverse.filter.filtering) return undefined;
  const answers = protocolsOf(services);
  const passes = intersectServices(reverse.passes(packet.to, packet.from), answers);
  const stopped = subtractServices(services, protocolsOf(passes));
  if (stopped.length === 0) return undefined;
  const named = rulesOf(reverse.explain(packet.to, packet.from), false, protocolsOf(stopped));
  return { hop: { at: at.id, kind: at.kind, does: `denies the answer by ${named.map(nameOf).join(", ")}`, ...ruleOf(named) }, stops: stopped, passes };
}

/** The hop with what it stops and what it passes. */
export function stoppedHop({ hop, stops, passes }: Stop, behind: boolean): Hop {
  return { ...hop, stops: listServices(stops), passes: listServices(passes), ...(behind ? { behind: true as const } : {}) };
}
