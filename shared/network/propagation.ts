/**
 * Walks packets over forwarders: from the ports that a sender hands them to, to those next to the receiver.
 *
 * A path passes what all its filters pass, and what gets anywhere is the union over all paths. Both are had at once as the least
 * fixpoint of sets of services per port, so paths are never listed.
 */
import { ALL_TCP, ALL_UDP, ANY_SERVICE, ICMP_SERVICE, NO_SERVICES, coversServices, intersectServices, unionServices, type ServiceSet } from "../model/services";
import type { Fabric, Kind, PortSet } from "./fabric";
import type { Traits } from "./addresses";
import type { Filter } from "./filters";
import type { Port } from "./forwarders";
import { Routes, type Route } from "./routes";
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

/**
 * When a router may send a packet back by the port that it came in by: at any hop; or only as the last one, where nobody on the way
 * before it is one of these ports, which hand the packet to the receiver themselves. After it come transparent firewalls at most.
 */
export type Turning = "anywhere" | PortSet;

/** What a walk is asked. */
export interface Walk {
  readonly entry: PortSet;
  readonly exit: PortSet;
  readonly kind: Kind;
  readonly model: Model;
  readonly packet: Packet;
  readonly demand: Demand;
  readonly transit: Transit;
  readonly turning: Turning;
  /** No more than this is of interest: what the ends pass. */
  readonly most: ServiceSet;
}

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
  private readonly routes: Routes;
  private plain: Map<number, ServiceSet>[] = [];
  private readonly known = new Map<string, ServiceSet>();

  constructor(fabric: Fabric) {
    this.routes = new Routes(fabric);
  }

  /** The filters say other things now. */
  forget(): void {
    this.plain = [];
    this.known.clear();
  }

  /** The part of the fabric that a walk goes over. */
  route({ entry, exit, kind, model }: Pick<Walk, "entry" | "exit" | "kind" | "model">): Route {
    return this.routes.between(entry, exit, kind, model);
  }

  /** What arrives at the receiver. */
  arriving(walk: Walk): ServiceSet {
    if (walk.entry.ports.length === 0 || walk.exit.ports.length === 0) return NO_SERVICES;
    const route = this.route(walk);
    if (route.starts.length === 0) return NO_SERVICES;
    const { packet, demand, transit, turning } = walk;
    const addresses = packet.from.address.id * 67108864 + packet.to.address.id;
    if (walk.most !== ANY_SERVICE) return follow(route, walk);
    if (demand === "first" && transit.size === 0 && turning === "anywhere") {
      const plain = (this.plain[route.index] ??= new Map<number, ServiceSet>());
      let services = plain.get(addresses);
      if (services === undefined) plain.set(addresses, (services = follow(route, walk)));
      return services;
    }
    const judged = [...transit].map(([index, { forth, back }]) => `${index}:${forth.join(",")}/${back.join(",")}`).join(";");
    const key = `${route.index} ${addresses} ${demand} ${turning === "anywhere" ? "" : turning.id} ${judged}`;
    let services = this.known.get(key);
    if (services === undefined) this.known.set(key, (services = follow(route, walk)));
    return services;
  }
}

function follow(route: Route, walk: Walk): ServiceSet {
  const straight = straightOn(route, walk);
  // What a detour passes, its first step passes too.
  if (straight.further.every(({ services }) => coversServices(straight.result, services))) return straight.result;
  const near = walk.turning === "anywhere" ? overTwo(route, walk, straight) : undefined;
  if (near?.isAll === true) return near.result;
  let result = near?.result ?? straight.result;
  const arrived = new Map<Port, ServiceSet>();
  /** Of that, what came from somebody who cannot hand it to the receiver. */
  const turnable = new Map<Port, ServiceSet>();
  const departed = new Map<Port, ServiceSet>();
  const waiting: Port[] = [...route.starts];
  const neighbours = walk.turning === "anywhere" ? undefined : new Set(walk.turning.ports);
  for (const port of waiting) for (const sets of [arrived, turnable]) sets.set(port, walk.most);
  for (let enter = waiting.pop(); enter !== undefined; enter = waiting.pop()) {
    if (coversServices(result, arrived.get(enter) ?? NO_SERVICES)) continue;
    for (const leave of route.leaves(enter)) {
      const turns = enter === leave && neighbours !== undefined;
      const here = (turns ? turnable : arrived).get(enter) ?? NO_SERVICES;
      const out = intersectServices(here, passes(enter, leave, walk));
      if (out.length === 0) continue;
      if (route.isLast(leave)) result = unionServices(result, out);
      else if (turns) result = unionServices(result, overBridges(route, leave, out, walk, new Set()));
      const before = departed.get(leave) ?? NO_SERVICES;
      if (turns || coversServices(before, out) || coversServices(result, out)) continue;
      const now = unionServices(before, out);
      departed.set(leave, now);
      for (const port of route.next(leave)) {
        const grew = add(arrived, port, now);
        const grewToo = neighbours?.has(leave) === false && add(turnable, port, now);
        if (grew || grewToo) waiting.push(port);
      }
    }
  }
  return result;
}

/** Beyond this many it is no shortcut. */
const FEW_STEPS = 8;

/** What arrives over one forwarder or two, and whether that is all: a detour passes no more than its first step and some last step do. */
function overTwo(route: Route, walk: Walk, { result: straight, further }: Straight): { readonly result: ServiceSet; readonly isAll: boolean } {
  const steps = route.lastSteps();
  if (steps.length > FEW_STEPS) return { result: straight, isAll: false };
  const last = new Map<Port, ServiceSet>();
  let most: ServiceSet = NO_SERVICES;
  for (const [enter, leave] of steps) {
    const services = intersectServices(walk.most, passes(enter, leave, walk));
    last.set(enter, unionServices(last.get(enter) ?? NO_SERVICES, services));
    most = unionServices(most, services);
  }
  let result = straight;
  for (const { leave, services } of further) {
    for (const enter of last.size === 0 ? [] : route.next(leave)) {
      const passed = last.get(enter);
      if (passed !== undefined) result = unionServices(result, intersectServices(services, passed));
    }
  }
  return { result, isAll: further.every(({ services }) => coversServices(result, intersectServices(services, most))) };
}

/** What gets from a port to the receiver over transparent firewalls alone: what a router that was the last has sent back. */
function overBridges(route: Route, leave: Port, services: ServiceSet, walk: Walk, crossed: ReadonlySet<Port>): ServiceSet {
  let result: ServiceSet = NO_SERVICES;
  for (const enter of route.next(leave)) {
    if (!enter.forwarder.transparent || crossed.has(enter)) continue;
    for (const exit of route.leaves(enter)) {
      const out = intersectServices(services, passes(enter, exit, walk));
      if (out.length > 0) result = unionServices(result, route.isLast(exit) ? out : overBridges(route, exit, out, walk, new Set([...crossed, enter])));
    }
  }
  return result;
}

interface Straight {
  readonly result: ServiceSet;
  readonly further: readonly { readonly leave: Port; readonly services: ServiceSet }[];
}

const NOWHERE: Straight["further"] = [];

/** What passes from a port of entry over its forwarder to the receiver, and what gets as far as to leave towards others. */
function straightOn(route: Route, walk: Walk): Straight {
  let result: ServiceSet = NO_SERVICES;
  let further: { leave: Port; services: ServiceSet }[] | undefined;
  for (const enter of route.starts) {
    for (const leave of route.leaves(enter)) {
      const services = intersectServices(walk.most, passes(enter, leave, walk));
      if (services.length === 0) continue;
      if (route.isLast(leave)) result = unionServices(result, services);
      if (route.next(leave).length > 0) (further ??= []).push({ leave, services });
    }
  }
  return { result, further: further ?? NOWHERE };
}

/** False where the set had everything already. */
function add(sets: Map<Port, ServiceSet>, port: Port, services: ServiceSet): boolean {
  const had = sets.get(port) ?? NO_SERVICES;
  if (coversServices(had, services)) return false;
  sets.set(port, unionServices(had, services));
  return true;
}

/** What a hop passes of the walk's packet. */
export function passes(enter: Port, leave: Port, { packet, demand, transit }: Walk): ServiceSet {
  const { filter } = enter.forwarder;
  if (filter !== undefined) return passesFilter(filter, enter.local, leave.local, packet, demand);
  let services = ANY_SERVICE;
  for (const guard of [...enter.guards, ...leave.guards]) {
    // A vNIC on the way keeps state of its own, so it misses an answer that takes another path.
    if (demand === "untracked" && guard.filter.stateful && guard.filter.filtering) return NO_SERVICES;
    const judged = transit.get(guard.index);
    if (judged === undefined) continue;
    if (typeof demand === "number" && !hasService(judged.back, demand)) return NO_SERVICES;
    services = intersectServices(services, judged.forth);
  }
  return services;
}

/** What one appliance passes of a packet from one of its interfaces to another, given what is demanded of it. */
function passesFilter(filter: Filter, enter: string, leave: string, { from, to }: Packet, demand: Demand): ServiceSet {
  if (!filter.filtering) return ANY_SERVICE;
  if (demand === "untracked" && filter.stateful) return NO_SERVICES;
  if (typeof demand === "number" && !filter.stateful && !hasService(filter.crossing(leave, enter).passes(to, from), demand)) return NO_SERVICES;
  return filter.crossing(enter, leave).passes(from, to);
}
