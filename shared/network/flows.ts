/** What one host can do to another with one pair of addresses: what is delivered, and what of it is answered. */
import {
  ALL_TCP, ALL_UDP, ANY_SERVICE, ICMP_SERVICE, NO_SERVICES, coversServices, intersectServices, unionServices, type ServiceSet,
} from "../model/services";
import type { Assume } from "../analysis/result";
import type { AddressFamily } from "../model/ip";
import type { Guard } from "./distributed";
import type { Fabric, Kind, PortSet } from "./fabric";
import type { Candidate, Host } from "./hosts";
import { asAnswer, asFirst, keep, Keepers, NOT_TCP, track, type Cross, type Hop, type Kept } from "./keepers";
import type { NextHops } from "./next-hop";
import { hasService, protocolsOf, type Demand, type Packet, type Propagation, type Transit, type Turning, type Walk } from "./propagation";
import type { Model, Spots } from "./spots";

export interface Flow {
  /** Delivered and answered. */
  readonly services: ServiceSet;
  /** Delivered, answered or not. */
  readonly delivered: ServiceSet;
  /** Some of it without a router between. */
  readonly bridged: boolean;
}

export const NO_FLOW: Flow = { services: NO_SERVICES, delivered: NO_SERVICES, bridged: false };

/** How much of what is absent from the document is taken at its worst. */
export interface Doubt {
  readonly links: Model;
  readonly shield: boolean;
}

/** A packet's ends, in one direction. */
interface Way {
  readonly from: Host;
  readonly source: Candidate;
  readonly to: Host;
  readonly target: Candidate;
  readonly packet: Packet;
  readonly model: Model;
  readonly transit: Transit;
}

/** Routers' ports next to a host, or behind transparent firewalls that pass these services. */
interface Lead {
  readonly ports: PortSet;
  readonly services: ServiceSet;
}

const NO_TRANSIT: Transit = new Map();
/** For the answers to packets that have crossed so many sets of filters ways back are looked for. */
const MOST_SETS = 32;
/** What enters the first forwarder has crossed no filter. */
const UNTOUCHED: Kept = new Map([[0, ANY_SERVICE]]);
const PROTOCOLS: readonly ServiceSet[] = [ICMP_SERVICE, ALL_TCP, ALL_UDP];

export class Flows {
  constructor(
    private readonly assume: Assume,
    private readonly spots: Spots,
    private readonly fabric: Fabric,
    private readonly propagation: Propagation,
    private readonly hops: NextHops,
    /** Distributed firewalls that filter some vNIC of a VM that forwards. */
    private readonly transitGuards: readonly Guard[],
    /** Client ports that stateless filters may tell apart, one of each kind; none where every filter keeps state. */
    private readonly clients: readonly number[],
  ) {
    this.plain = assume === "hostile" && transitGuards.length === 0 && clients.length === 0 && !fabric.bridging;
  }

  /** Whether some firewall is transparent. */
  get bridging(): boolean {
    return this.fabric.bridging;
  }

  /** Whether every filter keeps state. */
  get isStateful(): boolean {
    return this.clients.length === 0;
  }

  /** The filters say other things now. */
  forget(): void {
    this.propagation.forget();
  }

  /** Whether packets that no frame carries all the way are routed there and back by the same filters, which all keep state. */
  private readonly plain: boolean;

  flow(from: Host, source: Candidate, to: Host, target: Candidate, doubt: Doubt): Flow {
    if (!couldMeet(this.assume, from, source, to, target)) return NO_FLOW;
    const packet: Packet = { from: source.traits, to: target.traits };
    const cap = forthAtTheEnds(from, to, packet, doubt);
    if (cap.length === 0) return NO_FLOW;
    if (this.plain && !this.spots.hears(from.spot, to.spot, doubt.links)) {
      const entry = this.fabric.standIns(this.fabric.surroundings(from.spot, doubt.links).mutual);
      const exit = this.fabric.standIns(this.fabric.surroundings(to.spot, doubt.links).mutual);
      const delivered = this.propagation.arriving({ entry, exit, kind: "routed", model: doubt.links, packet, demand: "first", transit: NO_TRANSIT, turning: "anywhere", most: cap });
      return delivered.length === 0 ? NO_FLOW : { services: delivered, delivered, bridged: false };
    }
    const back = backAtTheEnds(from, to, packet);
    const judged = this.transitGuards.length === 0 ? this.transitGuards : this.transitGuards.filter((guard) => !from.guards.includes(guard) && !to.guards.includes(guard));
    const way: Way = { from, source, to, target, packet, model: doubt.links, transit: transitOf(judged, packet) };
    const forth = this.adjacent(way);
    const { services: passes, bridged } = this.pass(way, "first");
    const delivered = intersectServices(cap, passes);
    if (delivered.length === 0) return NO_FLOW;
    const both = forth && this.adjacent(this.turn(way));
    const answered = both ? ofProtocols(ANY_SERVICE, back) : this.answered(way, passes, back);
    return { services: intersectServices(delivered, answered), delivered, bridged };
  }

  /** Client ports to which the answer to a packet that took these hops gets, by whatever way. The filters at the ends are left aside. */
  homeward(from: Host, source: Candidate, to: Host, target: Candidate, hops: readonly Hop[]): ServiceSet {
    const packet: Packet = { from: source.traits, to: target.traits };
    const way: Way = { from, source, to, target, packet, model: "closed", transit: transitOf(this.transitGuards, packet) };
    const keepers = new Keepers();
    const crossed = keepers.crossed(...hops);
    return crossed === undefined ? intersectServices(this.pass(way, "first").services, NOT_TCP) : this.returning(way, keepers, crossed);
  }

  /** Whether IP passes directly from one to the other, as both see it. */
  private adjacent({ from, source, to, target, model }: Way): boolean {
    if (!this.spots.hears(from.spot, to.spot, model) || !this.hops.toItself(from, source, to, target, model)) return false;
    // A guest that keeps to the rules asks for its neighbour's MAC first.
    return this.assume === "hostile" || this.spots.hears(to.spot, from.spot, model);
  }

  /** What the ways from one end to the other pass, without the filters at the ends. */
  private pass(way: Way, demand: Demand): { services: ServiceSet; bridged: boolean } {
    if (this.adjacent(way)) return { services: ANY_SERVICE, bridged: true };
    const bridged = this.bridged(way, demand);
    const { mutual } = this.fabric.surroundings(way.to.spot, way.model);
    return { services: unionServices(bridged, this.routed(way, demand, [{ ports: mutual, services: ANY_SERVICE }])), bridged: bridged.length > 0 };
  }

  private bridged({ from, source, to, target, packet, model }: Way, demand: Demand): ServiceSet {
    if (!this.hops.toItself(from, source, to, target, model)) return NO_SERVICES;
    const here = this.fabric.surroundings(from.spot, model);
    const there = this.fabric.surroundings(to.spot, model);
    const [entry, exit, kind] = this.assume === "hostile" ? ([here.into, there.outOf, "relayed"] as const) : ([here.bridges, there.bridges, "bridged"] as const);
    return this.propagation.arriving({ entry, exit, kind, model, packet, demand, transit: NO_TRANSIT, turning: "anywhere", most: ANY_SERVICE });
  }

  private routed(way: Way, demand: Demand, exits: readonly Lead[], turning: Turning = "anywhere"): ServiceSet {
    const { from, source, to, target, packet, model, transit } = way;
    if (!this.hops.byForwarder(from, source, to, target)) return NO_SERVICES;
    let services: ServiceSet = NO_SERVICES;
    for (const exit of exits) {
      if (exit.ports.ports.length === 0) continue;
      for (const entry of this.leads(way, demand, "out")) {
        const passed = this.propagation.arriving(this.walkOf({ entry: entry.ports, exit: exit.ports, kind: "routed", model, packet, demand, transit, turning, most: ANY_SERVICE }));
        services = unionServices(services, intersectServices(passed, intersectServices(entry.services, exit.services)));
      }
    }
    return services;
  }

  /** The routers to which the sender hands its packets, or the receiver its answers. */
  private leads({ from, source, to, target, packet, model }: Way, demand: Demand, side: "out" | "in"): Lead[] {
    const [host, candidate] = side === "out" ? [from, source] : [to, target];
    const leads: Lead[] = [{ ports: this.hops.first(host, candidate, model), services: ANY_SERVICE }];
    for (const router of this.hops.beyondBridges(host, candidate, model)) {
      const here = this.fabric.surroundings(host.spot, model).bridges;
      const there = this.fabric.beyond(router, model).bridges;
      const [entry, exit] = side === "out" ? [here, there] : [there, here];
      const services = this.propagation.arriving({ entry, exit, kind: "bridged", model, packet, demand, transit: NO_TRANSIT, turning: "anywhere", most: ANY_SERVICE });
      if (services.length > 0) leads.push({ ports: this.fabric.set([router]), services });
    }
    return leads;
  }

  /** The walk by interfaces that stand for all that are alike. As configured it matters by which one a packet came. */
  private walkOf(walk: Walk): Walk {
    return this.assume === "configured" ? walk : { ...walk, entry: this.fabric.standIns(walk.entry), exit: this.fabric.standIns(walk.exit) };
  }

  /** The services whose answers come back: by the way they came, or by another. */
  private answered(way: Way, passes: ServiceSet, back: ServiceSet): ServiceSet {
    const same = this.sameWayBack(way, passes, back);
    if (coversServices(same, passes)) return same;
    const either = unionServices(same, this.otherWayBack(way, passes, back));
    return coversServices(either, passes) ? either : unionServices(either, this.backByOwnState(way, back));
  }

  /** Two-way by one path: stateful filters let the answer through, stateless ones must allow it to some client port. */
  private sameWayBack(way: Way, passes: ServiceSet, back: ServiceSet): ServiceSet {
    const there = (demand: Demand): ServiceSet => this.roundTrip(way, demand);
    if (this.clients.length === 0) return ofProtocols(there("first"), back);
    let answered: ServiceSet = NO_SERVICES;
    for (const protocol of PROTOCOLS) {
      const most = intersectServices(passes, protocol);
      for (const client of this.clients) {
        if (!hasService(protocol, client) || !hasService(back, client)) continue;
        if (coversServices(answered, most)) break;
        answered = unionServices(answered, intersectServices(there(client), protocol));
      }
    }
    return answered;
  }

  /** What passes by paths that the answer can take the other way. */
  private roundTrip(way: Way, demand: Demand): ServiceSet {
    const { from, source, to, target, packet, model } = way;
    let services: ServiceSet = NO_SERVICES;
    if (this.assume === "configured" && this.hops.toItself(from, source, to, target, model) && this.hops.toItself(to, target, from, source, model)) {
      const [here, there] = [this.fabric.surroundings(from.spot, model).bridges, this.fabric.surroundings(to.spot, model).bridges];
      services = this.propagation.arriving({ entry: here, exit: there, kind: "bridged", model, packet, demand, transit: NO_TRANSIT, turning: "anywhere", most: ANY_SERVICE });
    }
    if (!this.hops.byForwarder(to, target, from, source)) return services;
    // A router that is the other's neighbour hands the packet over itself; its way home is not by that one's gateway.
    return unionServices(services, this.routed(way, demand, this.leads(way, demand, "in"), this.assume === "hostile" ? "anywhere" : this.hops.neighbours(to, model)));
  }

  /**
   * There by one path and back by another that has no filter in common with it. A stateful filter then sees one direction only: TCP breaks, and the answer of anything else
   * is a first packet to it.
   */
  private otherWayBack(way: Way, passes: ServiceSet, back: ServiceSet): ServiceSet {
    const home = this.turn(way);
    const returns = intersectServices(this.pass(home, "first").services, back);
    const sameForOthers = ofProtocols(intersectServices(passes, [...ICMP_SERVICE, ...ALL_UDP]), returns);
    if (intersectServices(returns, ALL_TCP).length === 0) return sameForOthers;
    const untracked = intersectServices(this.pass(home, "untracked").services, back);
    if (intersectServices(untracked, ALL_TCP).length === 0) return sameForOthers;
    return unionServices(sameForOthers, intersectServices(this.pass(way, "untracked").services, ALL_TCP));
  }

  /** There by one path and back by another that shares filters with it: these know the answer. */
  private backByOwnState(way: Way, back: ServiceSet): ServiceSet {
    const keepers = new Keepers();
    const home = this.turn(way);
    let services: ServiceSet = NO_SERVICES;
    for (const [crossed, there] of [...this.tracked(way, (walk) => asFirst(keepers, walk))].slice(0, MOST_SETS)) {
      if (crossed !== 0) services = unionServices(services, ofProtocols(there, intersectServices(this.returning(home, keepers, crossed), back)));
    }
    return services;
  }

  /** Client ports to which the answer to a packet that has crossed these filters gets. All of them must see it if it is TCP, and no others. */
  private returning(home: Way, keepers: Keepers, crossed: number): ServiceSet {
    const ways = this.tracked(home, (walk) => asAnswer(keepers, crossed, walk));
    const others = [...ways.values()].reduce(unionServices, NO_SERVICES);
    return unionServices(intersectServices(others, NOT_TCP), intersectServices(ways.get(crossed) ?? NO_SERVICES, ALL_TCP));
  }

  /** What gets from one end to the other by all ways, told apart by the filters that it has crossed. */
  private tracked(way: Way, crossing: (walk: Walk) => Cross): Kept {
    const { from, source, to, target } = way;
    const result: Kept = new Map();
    const [here, there] = [this.fabric.surroundings(from.spot, way.model), this.fabric.surroundings(to.spot, way.model)];
    const follow = (kind: Kind, entry: PortSet, exit: PortSet, start: Kept): Kept => {
      const { packet, model } = way;
      const walk: Walk = { kind, entry, exit, model, packet, demand: "first", transit: kind === "routed" ? way.transit : NO_TRANSIT, turning: "anywhere", most: ANY_SERVICE };
      return track(this.propagation.route(walk), start, crossing(walk), { free: this.hops.takesAny(from, source), routes: this.assume === "configured" });
    };
    const add = (kept: Kept): void => kept.forEach((services, set) => keep(result, set, services));
    if (this.adjacent(way)) keep(result, 0, ANY_SERVICE);
    if (this.hops.toItself(from, source, to, target, way.model)) {
      add(this.assume === "hostile" ? follow("relayed", here.into, there.outOf, UNTOUCHED) : follow("bridged", here.bridges, there.bridges, UNTOUCHED));
    }
    if (!this.hops.byForwarder(from, source, to, target)) return result;
    add(follow("routed", this.hops.first(from, source, way.model), there.mutual, UNTOUCHED));
    for (const router of this.hops.beyondBridges(from, source, way.model)) {
      add(follow("routed", this.fabric.set([router]), there.mutual, follow("bridged", here.bridges, this.fabric.beyond(router, way.model).bridges, UNTOUCHED)));
    }
    return result;
  }

  /** The way of the answer, as a packet of its own: every vNIC on it judges it anew. */
  private turn({ from, source, to, target, packet, model }: Way): Way {
    const answer: Packet = { from: packet.to, to: packet.from };
    return { from: to, source: target, to: from, target: source, packet: answer, model, transit: transitOf(this.transitGuards, answer) };
  }
}

/** What distributed firewalls do at VMs on the way. Those that filter an end have judged the first packet there. */
function transitOf(guards: readonly Guard[], packet: Packet): Transit {
  return new Map(guards.map((guard) => [guard.index, { forth: guard.crossing.passes(packet.from, packet.to), back: answersAt(guard, packet) }]));
}

/** What the distributed firewalls at both ends and the receiver's own firewall pass. */
function forthAtTheEnds(from: Host, to: Host, packet: Packet, doubt: Doubt): ServiceSet {
  let cap = shielded(to, packet, doubt);
  for (const guard of both(from.guards, to.guards)) cap = intersectServices(cap, guard.crossing.passes(packet.from, packet.to));
  return cap;
}

/** To which client ports answers pass there. */
function backAtTheEnds(from: Host, to: Host, packet: Packet): ServiceSet {
  let back = ANY_SERVICE;
  for (const guard of both(from.guards, to.guards)) back = intersectServices(back, answersAt(guard, packet));
  return back;
}

/** Lists of distributed firewalls are mostly one. */
function both(a: readonly Guard[], b: readonly Guard[]): readonly Guard[] {
  return a === b || b.length === 0 ? a : a.length === 0 ? b : [...new Set([...a, ...b])];
}

/** Client ports to which a distributed firewall passes answers: all where it keeps state. */
function answersAt({ filter, crossing }: Guard, { from, to }: Packet): ServiceSet {
  return filter.stateful ? ANY_SERVICE : crossing.passes(to, from);
}

function shielded({ shield }: Host, { from, to }: Packet, doubt: Doubt): ServiceSet {
  if (shield === undefined || shield.certain === "open" || (doubt.shield && shield.mayBeOpen)) return ANY_SERVICE;
  return shield.certain === "shut" ? NO_SERVICES : shield.certain.passes(from, to);
}

/** The part of a set whose protocols occur in another: answers need no particular port. */
function ofProtocols(services: ServiceSet, returns: ServiceSet): ServiceSet {
  return returns === ANY_SERVICE ? services : intersectServices(services, protocolsOf(returns));
}

/**
 * Whether one packet could carry both addresses. An IPv4 address never talks to an IPv6 one; but a hostile guest may set any, so where
 * an end has none of the other's family, what is written there stands for what it would set.
 */
export function couldMeet(assume: Assume, from: Host, source: Candidate, to: Host, target: Candidate): boolean {
  return sameFamily(source, target) || (assume === "hostile" && !(has(from.sources, target.address.family) && has(to.targets, source.address.family)));
}

/** Families are told apart only in documents that have both, and where addresses count as configured. */
export function sameFamily({ address: a }: Candidate, { address: b }: Candidate): boolean {
  return a.family === undefined || b.family === undefined || a.family === b.family;
}

function has(own: readonly Candidate[], family: AddressFamily | undefined): boolean {
  return own.some(({ address }) => address.family === undefined || address.family === family);
}
