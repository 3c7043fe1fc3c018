/**
 * Single paths of packets between two ends. The matrix never lists paths; traces do.
 *
 * No path is a detour: from no place on it could the packet have gone, both ways, to a later place than the next. A path with a detour
 * passes no more than the path without it, so what these pass together is all that passes.
 */
import { once } from "../model/once";
import { ANY_SERVICE, intersectServices, type ServiceSet } from "../model/services";
import type { Candidate, Host } from "./hosts";
import type { Kernel } from "./kernel";
import type { Port } from "./forwarders";
import type { Packet } from "./propagation";
import type { End } from "./types";

/** Into a forwarder by one port and out by another. */
export interface Leg {
  readonly enter: Port;
  readonly leave: Port;
}

export interface Path {
  readonly legs: readonly Leg[];
  /** What all forwarders on the way pass of the services asked for. */
  readonly services: ServiceSet;
  /** How the packet goes from each place to the next. */
  readonly hop: HopKinds;
}

/** One packet between two ends, with the addresses that they use. */
export interface Journey {
  readonly from: End;
  readonly to: End;
  readonly source: Candidate;
  readonly target: Candidate;
  readonly packet: Packet;
}

/** What may be said of every hop of frames so far. */
export interface HopKinds {
  /** Routers may be on the way: each hop is two-way, and the sender hands the packet to a forwarder. */
  readonly routed: boolean;
  /** Transparent firewalls only: the sender takes the receiver for a neighbour. */
  readonly relayed: boolean;
  /** Each hop is two-way. */
  readonly mutual: boolean;
}

export interface PathList {
  /** The shortest first. */
  readonly paths: readonly Path[];
  /** Whether there are no others. */
  readonly exact: boolean;
}

interface State {
  readonly at: Port;
  readonly hop: HopKinds;
  readonly legs: readonly Leg[];
  /** By leg: how the packet came to it. */
  readonly hops: readonly HopKinds[];
  readonly services: ServiceSet;
}

/** Past so many states looked at, or paths found, the search gives what it has. */
const MOST_STATES = 3000;
const MOST_PATHS = 2000;

/** The paths that pass some of the services, or the first so many of them. Frames pass directly: one path without legs. */
export function findPaths(kernel: Kernel, journey: Journey, services: ServiceSet, most = MOST_PATHS): PathList {
  return searched(new PathSearch(kernel, journey, false), services, most);
}

/** The first paths of journeys between two ends if no forwarder filtered anything. Addresses tell only how the packet sets out, so that most are the same paths. */
export class UnfilteredPaths {
  private readonly known = new Map<string, PathList>();

  constructor(private readonly kernel: Kernel, private readonly services: ServiceSet, private readonly most: number) {}

  /** All journeys have to be between the same ends. */
  of(journey: Journey): PathList {
    const search = new PathSearch(this.kernel, journey, true);
    let paths = this.known.get(search.setout);
    if (paths === undefined) this.known.set(search.setout, (paths = searched(search, this.services, this.most)));
    return paths;
  }
}

function searched(search: PathSearch, services: ServiceSet, most: number): PathList {
  const paths: Path[] = [];
  const direct = search.directly();
  if (direct !== undefined) paths.push({ legs: [], services, hop: direct });
  // A router that hands on between neighbours is on no path of theirs.
  if (direct?.mutual === true) return { paths, exact: true };
  const waiting: State[] = search.starts().map(([at, hop]) => ({ at, hop, legs: [], hops: [hop], services }));
  for (const [count, state] of waiting.entries()) {
    if (count >= MOST_STATES || paths.length >= most) return { paths, exact: false };
    for (const leave of search.exits(state.at)) {
      const passed = intersectServices(state.services, search.passes(state.at, leave));
      if (passed.length === 0) continue;
      const legs = [...state.legs, { enter: state.at, leave }];
      const last = search.arrival(state.hop, legs);
      if (last !== undefined) paths.push({ legs, services: passed, hop: last });
      if (last?.mutual === true) continue;
      // What waits behind so many is never looked at.
      if (waiting.length > MOST_STATES) continue;
      for (const [at, hop] of search.next(state.hop, legs)) {
        if (!search.isDetour(state, at, hop)) waiting.push({ at, hop, legs, hops: [...state.hops, hop], services: passed });
      }
    }
  }
  return { paths, exact: true };
}

class PathSearch {
  private readonly hosts: { readonly from: Host; readonly to: Host };
  private readonly useful: () => ReadonlySet<Port>;
  private readonly first = new Map<Port, HopKinds>();
  /** By the port that a way leaves by and the manner of the way. */
  private readonly onward = new Map<Port, (ReadonlyMap<Port, HopKinds> | undefined)[]>();
  /** The only routers to which the sender hands packets; undefined where it takes any. */
  private readonly gateways: ReadonlySet<Port> | undefined;

  constructor(private readonly kernel: Kernel, private readonly journey: Journey, private readonly unfiltered: boolean) {
    this.hosts = { from: kernel.hosts.of(journey.from), to: kernel.hosts.of(journey.to) };
    this.useful = once(() => leadingTo(kernel, this.hosts.to));
    this.gateways = gatewaysOf(kernel, this.hosts.from, journey.source);
    for (const [port, hop] of this.entries()) this.first.set(port, hop);
  }

  /** All that the search has from the packet where nothing is filtered. */
  get setout(): string {
    const starts = [...this.first].map(([port, hop]) => `${port.index}:${mannerOf(hop)}`);
    const direct = this.directly();
    return `${direct === undefined ? "" : mannerOf(direct)} ${starts.join()} ${this.gateways === undefined ? "any" : [...this.gateways].map(({ index }) => index).join()}`;
  }

  directly(): HopKinds | undefined {
    const { layer2, hops, assume } = this.kernel;
    const { from, to, source, target } = this.journey;
    if (!layer2.hears(from, to) || !hops.toItself(this.hosts.from, source, this.hosts.to, target, "closed")) return undefined;
    const mutual = layer2.hears(to, from);
    // A guest that keeps to the rules asks for its neighbour's MAC first.
    return mutual || assume === "hostile" ? { routed: false, relayed: true, mutual } : undefined;
  }

  starts(): (readonly [Port, HopKinds])[] {
    return [...this.first];
  }

  private *entries(): Generator<readonly [Port, HopKinds]> {
    const { hops, fabric, assume } = this.kernel;
    const { source, target } = this.journey;
    const { from, to } = this.hosts;
    const around = fabric.surroundings(from.spot, "closed");
    const both = new Set(around.mutual.ports);
    const byForwarder = hops.byForwarder(from, source, to, target);
    const gateways = byForwarder ? hops.first(from, source, "closed").ports : [];
    // A gateway may be behind transparent firewalls.
    const towards = byForwarder && hops.beyondBridges(from, source, "closed").length > 0 ? around.bridges.ports : [];
    const bridges = !hops.toItself(from, source, to, target, "closed") ? [] : assume === "hostile" ? around.into.ports : around.bridges.ports;
    for (const port of new Set([...gateways, ...towards, ...bridges])) {
      yield [port, { routed: gateways.includes(port) || towards.includes(port), relayed: bridges.includes(port), mutual: both.has(port) }];
    }
  }

  /** Ports by which the packet may leave towards the receiver. */
  exits(enter: Port): Port[] {
    const useful = this.useful();
    return this.kernel.fabric.exits(enter).filter((leave) => useful.has(leave));
  }

  /** How a packet that has taken the legs gets to the receiver next to it; undefined where that is not next to it. */
  arrival(hop: HopKinds, legs: readonly Leg[]): HopKinds | undefined {
    const { leave } = legs.at(-1) as Leg;
    const around = this.kernel.fabric.surroundings(this.hosts.to.spot, "closed");
    const both = around.mutual.ports.includes(leave);
    const bridges = this.kernel.assume === "hostile" ? around.outOf : around.bridges;
    const routed = hop.routed && both && (this.gateways === undefined || legs.some(isRouter));
    return possible({ routed, relayed: hop.relayed && bridges.ports.includes(leave), mutual: hop.mutual && both });
  }

  /** The ports to which a packet that has taken the legs may go on, and how. The same for all ways that leave by that port so far: each asks again for every leg of its own. */
  next(hop: HopKinds, legs: readonly Leg[]): ReadonlyMap<Port, HopKinds> {
    const { leave } = legs.at(-1) as Leg;
    const free = this.gateways === undefined || legs.some(isRouter);
    const manner = mannerOf(hop) + 8 * Number(free);
    const known = this.onward.get(leave) ?? [];
    this.onward.set(leave, known);
    return (known[manner] ??= this.onwardFrom(leave, hop, free));
  }

  private onwardFrom(leave: Port, hop: HopKinds, free: boolean): ReadonlyMap<Port, HopKinds> {
    const around = this.kernel.fabric.beyond(leave, "closed");
    const [mutual, relaying] = [around.mutual, this.kernel.assume === "hostile" ? around.into : around.bridges].map(({ ports }) => new Set(ports)) as [Set<Port>, Set<Port>];
    const onward = new Map<Port, HopKinds>();
    for (const port of new Set([...mutual, ...relaying])) {
      const both = mutual.has(port);
      const routed = hop.routed && both && (free || port.forwarder.transparent || this.gateways?.has(port) === true);
      const kind = possible({ routed, relayed: hop.relayed && relaying.has(port), mutual: hop.mutual && both });
      if (kind !== undefined) onward.set(port, kind);
    }
    return onward;
  }

  /** Whether the packet could have come to the port from an earlier place, no worse. */
  isDetour({ at, legs, hops }: State, port: Port, hop: HopKinds): boolean {
    if (at === port || legs.some(({ enter }) => enter === port)) return true;
    const better = (other: HopKinds | undefined): boolean => other !== undefined && other.mutual >= hop.mutual && other.routed >= hop.routed && other.relayed >= hop.relayed;
    if (better(this.first.get(port))) return true;
    return legs.some((_, index) => better(this.next(hops[index] ?? hop, legs.slice(0, index + 1)).get(port)));
  }

  passes(enter: Port, leave: Port): ServiceSet {
    return this.unfiltered ? ANY_SERVICE : passing(enter, leave, this.journey.packet, this.hosts);
  }
}

/** Where addresses count as configured: the routers to which a host hands packets. */
export function gatewaysOf({ hops }: Kernel, host: Host, own: Candidate): ReadonlySet<Port> | undefined {
  if (hops.takesAny(host, own)) return undefined;
  return new Set([...hops.first(host, own, "closed").ports, ...hops.beyondBridges(host, own, "closed")]);
}

function mannerOf({ routed, relayed, mutual }: HopKinds): number {
  return Number(routed) + 2 * Number(relayed) + 4 * Number(mutual);
}

/** Whether a leg is more than a bridge. */
export function isRouter({ enter }: Leg): boolean {
  return !enter.forwarder.transparent;
}

function possible(hop: HopKinds): HopKinds | undefined {
  return hop.routed || hop.relayed ? hop : undefined;
}

/** Ports by which packets may leave towards the receiver, filters aside. */
function leadingTo({ fabric }: Kernel, to: Host): ReadonlySet<Port> {
  const { mutual, outOf } = fabric.surroundings(to.spot, "closed");
  const useful = new Set([...mutual.ports, ...outOf.ports]);
  for (const port of useful) {
    for (const enter of port.forwarder.ports) {
      const around = fabric.beyond(enter, "closed");
      for (const before of [...around.mutual.ports, ...around.outOf.ports]) useful.add(before);
    }
  }
  return useful;
}

/** What a forwarder passes between two of its ports. Distributed firewalls at the ends have judged the packet there. */
export function passing(enter: Port, leave: Port, { from, to }: Packet, hosts: { readonly from: Host; readonly to: Host }): ServiceSet {
  const { filter } = enter.forwarder;
  if (filter !== undefined) return filter.crossing(enter.local, leave.local).passes(from, to);
  return [...enter.guards, ...leave.guards]
    .filter((guard) => !hosts.from.guards.includes(guard) && !hosts.to.guards.includes(guard))
    .reduce<ServiceSet>((set, guard) => intersectServices(set, guard.crossing.passes(from, to)), ANY_SERVICE);
}
