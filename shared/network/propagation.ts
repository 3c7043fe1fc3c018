/**
 * Walks packets over forwarders: from the ports that a sender hands them to, to every port that they leave by.
 *
 * A path passes what all its filters pass, and what gets anywhere is the union over all paths. Both are had at once as the least
 * fixpoint of sets of services per port, so paths are never listed.
 */
import { ALL_TCP, ALL_UDP, ANY_SERVICE, ICMP_SERVICE, NO_SERVICES, coversServices, intersectServices, unionServices, type ServiceSet } from "../model/services";
import type { Fabric, PortSet } from "./fabric";
import type { Crossing, Traits } from "./filters";
import type { Port } from "./forwarders";
import type { Model } from "./spots";

/** The two ends of a packet. */
export interface Packet {
  readonly from: Traits;
  readonly to: Traits;
}

/**
 * What must be true at every filter on the way.
 * `first`: it passes as the first packet of a flow. A number: besides, a stateless filter passes the answer to that client port, the
 * other way. `untracked`: besides, no filter keeps state that would miss the answer, because that takes another path.
 */
export type Demand = "first" | "untracked" | number;

/** What a distributed firewall that filters neither end does to packets that a VM forwards, by index of the firewall. */
export type Transit = ReadonlyMap<number, { readonly forth: ServiceSet; /** Client ports to which answers pass. */ readonly back: ServiceSet }>;

/** When a router may send a packet back by the port that it came in by: at any hop, or only from a neighbour to a neighbour. */
export type Turning = "anywhere" | "neighbours";

/** Services by the index of the port that they leave by; absent: none. */
export type Departures = readonly (ServiceSet | undefined)[];

/** Whether a set holds the service with this number. */
export function hasService(set: ServiceSet, service: number): boolean {
  for (let i = 0; i < set.length; i += 2) if ((set[i] as number) <= service && service <= (set[i + 1] as number)) return true;
  return false;
}

const PROTOCOLS: readonly ServiceSet[] = [ICMP_SERVICE, ALL_TCP, ALL_UDP];

/** Every service of the protocols that occur in a set: answers to them go to any client port. */
export function protocolsOf(services: ServiceSet): ServiceSet {
  return PROTOCOLS.filter((protocol) => intersectServices(services, protocol).length > 0)
    .reduce<ServiceSet>((set, protocol) => unionServices(set, protocol), NO_SERVICES);
}

export class Propagation {
  private readonly known = new Map<string, Departures>();

  constructor(private readonly fabric: Fabric) {}

  /** Over every forwarder. Each hop from one to the next is heard both ways. */
  routed(entry: PortSet, packet: Packet, demand: Demand, model: Model, transit: Transit, turning: Turning): Departures {
    return this.run("routed", entry, packet, demand, model, transit, turning);
  }

  /** Over transparent firewalls only, as frames go: one way is enough. */
  relayed(entry: PortSet, packet: Packet, demand: Demand, model: Model): Departures {
    return this.run("relayed", entry, packet, demand, model, NO_TRANSIT, "anywhere");
  }

  private run(over: "routed" | "relayed", entry: PortSet, packet: Packet, demand: Demand, model: Model, transit: Transit, turning: Turning): Departures {
    if (entry.ports.length === 0) return NOWHERE;
    const judged = transit.size === 0 ? "" : [...transit].map(([index, { forth, back }]) => `${index}:${forth.join(",")}/${back.join(",")}`).join(";");
    const key = `${over} ${turning} ${model} ${entry.id} ${packet.from.address.id} ${packet.to.address.id} ${demand} ${judged}`;
    let departures = this.known.get(key);
    if (departures === undefined) {
      const next = (port: Port): readonly Port[] => this.fabric.beyond(port, model)[over === "routed" ? "mutual" : "into"].ports;
      const passes = (enter: Port, leave: Port): ServiceSet => this.passes(enter, leave, packet, demand, transit);
      this.known.set(key, (departures = this.walk(entry, next, passes, turning)));
    }
    return departures;
  }

  private walk(entry: PortSet, next: (port: Port) => readonly Port[], passes: (enter: Port, leave: Port) => ServiceSet, turning: Turning): Departures {
    const arrived: ServiceSet[] = [];
    const departed: ServiceSet[] = [];
    const turned: ServiceSet[] = [];
    const waiting: Port[] = [...entry.ports];
    for (const port of waiting) arrived[port.index] = ANY_SERVICE;
    for (let enter = waiting.pop(); enter !== undefined; enter = waiting.pop()) {
      const here = arrived[enter.index] ?? NO_SERVICES;
      for (const leave of this.fabric.exits(enter)) {
        const out = intersectServices(here, passes(enter, leave));
        if (turning === "neighbours" && enter === leave) {
          if (entry.ports.includes(enter)) turned[leave.index] = out;
          continue;
        }
        const before = departed[leave.index] ?? NO_SERVICES;
        if (out.length === 0 || coversServices(before, out)) continue;
        const now = unionServices(before, out);
        departed[leave.index] = now;
        for (const port of next(leave)) {
          const had = arrived[port.index] ?? NO_SERVICES;
          if (coversServices(had, now)) continue;
          arrived[port.index] = unionServices(had, now);
          waiting.push(port);
        }
      }
    }
    turned.forEach((services, index) => (departed[index] = unionServices(departed[index] ?? NO_SERVICES, services)));
    return departed;
  }

  private passes(enter: Port, leave: Port, packet: Packet, demand: Demand, transit: Transit): ServiceSet {
    const { filter } = enter.forwarder;
    if (filter !== undefined) return passesFilter(filter.crossing(enter.local, leave.local), () => filter.crossing(leave.local, enter.local), packet, demand);
    let services = ANY_SERVICE;
    for (const guard of new Set([...enter.guards, ...leave.guards])) {
      // A vNIC on the way keeps state of its own, so it misses an answer that takes another path.
      if (demand === "untracked" && guard.filter.stateful && guard.filter.filtering) return NO_SERVICES;
      const judged = transit.get(guard.index);
      if (judged === undefined) continue;
      if (typeof demand === "number" && !hasService(judged.back, demand)) return NO_SERVICES;
      services = intersectServices(services, judged.forth);
    }
    return services;
  }
}

const NO_TRANSIT: Transit = new Map();
const NOWHERE: Departures = [];

/** What one appliance passes of a packet, given what is demanded of it; `reverse` is the crossing that the answer takes. */
function passesFilter(crossing: Crossing, reverse: () => Crossing, { from, to }: Packet, demand: Demand): ServiceSet {
  const { filter } = crossing;
  if (!filter.filtering) return ANY_SERVICE;
  if (demand === "untracked" && filter.stateful) return NO_SERVICES;
  if (typeof demand === "number" && !filter.stateful && !hasService(reverse().passes(to, from), demand)) return NO_SERVICES;
  return crossing.passes(from, to);
}
