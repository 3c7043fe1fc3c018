/**
 * What stops a pair: the cut that a reader checks by hand. Every way to the receiver is followed as if nothing on it stopped anything;
 * each place that does is listed with what it stops. Places that nothing gets to any more are listed as behind those before them.
 */
import { ALL_TCP, NO_SERVICES, intersectServices, listServices, unionServices, type ServiceSet } from "../model/services";
import { record } from "../model/topology";
import type { Hop } from "../analysis/result";
import type { Candidate, Host } from "./hosts";
import type { Kernel } from "./kernel";
import { protocolsOf, type Packet } from "./propagation";
import { answerStop, forwarderStop, guardStops, shieldStop, stoppedHop, type Stop } from "./trace-hops";
import { journeysBetween } from "./trace-paths";
import { findPaths, gatewaysOf, UnfilteredPaths, type Journey, type Path } from "./trace-walk";
import type { End, Pair } from "./types";

/** So many ways are followed; a cut of more places helps nobody. */
const MOST_WAYS = 64;

/** The places between two parties, those that stop answers of what is delivered one way first. */
export class Obstacles {
  private readonly found = new Map<string, { readonly stop: Stop; readonly behind: boolean }>();
  private readonly frames: Hop[] = [];

  constructor(private readonly kernel: Kernel, private readonly asked: ServiceSet) {}

  get hops(): Hop[] {
    return [...this.frames, ...[...this.found.values()].map(({ stop, behind }) => stoppedHop(stop, behind))];
  }

  add(pair: Pair): void {
    const unanswered = intersectServices(pair.oneWay, this.asked);
    const between = this.kernel.layer2.endsOf(pair.from).flatMap((from) => this.kernel.layer2.endsOf(pair.to).map((to) => [from, to] as const));
    for (const party of [pair.from, pair.to]) this.addFrames(unplugged(this.kernel, party));
    if (unanswered.length > 0) for (const [from, to] of between) this.addAnswers(from, to, unanswered);
    for (const [from, to] of between) this.addWays(from, to);
  }

  private addWays(from: End, to: End): void {
    const { layer2 } = this.kernel;
    const heard = layer2.hears(from, to);
    if (!heard) this.addFrames(layer2.blockedAt(from, to));
    // Who keeps to the rules asks for its neighbour's MAC first, and needs to hear the answer.
    if (this.kernel.assume === "configured") this.addBack(from, to);
    const unfiltered = new UnfilteredPaths(this.kernel, this.asked, MOST_WAYS);
    for (const journey of this.journeys(from, to)) {
      const ways = unfiltered.of(journey).paths.slice(0, MOST_WAYS);
      for (const way of ways) this.follow(journey, way.legs, this.asked);
      // Frames that are stopped on the way are still a way: what the ends say counts there too.
      if (!heard) this.follow(journey, [], NO_SERVICES);
      this.addFrames(stranded(this.kernel, journey));
    }
  }

  /** With own addresses. Ends that count as configured may have none, or none of the other's family: then it is said, and followed what any address would meet. */
  private journeys(from: End, to: End): Journey[] {
    const found = [...journeysBetween(this.kernel, from, to, false)];
    if (found.length > 0) return found;
    const [sender, receiver] = [this.kernel.hosts.of(from), this.kernel.hosts.of(to)];
    const [source, target] = [sender.sources[0], receiver.targets[0]];
    if (source !== undefined && target !== undefined) {
      this.addFrames([{ at: to.id, kind: KINDS[to.kind], does: `has no IPv${source.address.family ?? 4} address` }]);
      return [];
    }
    if (source === undefined) this.addFrames([unaddressed(from, sender)]);
    if (target === undefined) this.addFrames([unaddressed(to, receiver)]);
    const [leaving, arriving] = [source ?? this.nobodys(sender), target ?? this.nobodys(receiver)];
    return [{ from, to, source: leaving, target: arriving, packet: { from: leaving.traits, to: arriving.traits } }];
  }

  private nobodys({ unknown, identity }: Host): Candidate {
    const { book } = this.kernel;
    return unknown ?? { address: book.other, traits: book.traits(identity, book.other) };
  }

  /** @param crossing what gets over the way between the filters at the ends */
  private follow({ from, to, packet }: Journey, legs: Path["legs"], crossing: ServiceSet): void {
    const [sender, receiver] = [this.kernel.hosts.of(from), this.kernel.hosts.of(to)];
    let here = this.asked;
    const meet = (stop: Stop | undefined): void => {
      if (stop === undefined) return;
      this.note(stop, here);
      here = intersectServices(here, stop.passes);
    };
    for (const stop of guardStops(sender.guards, packet, "outbound", this.asked)) meet(stop);
    for (const { enter, leave } of legs) {
      meet(forwarderStop(enter, leave, packet, this.asked));
      // A VM that forwards: the distributed firewalls at its vNICs.
      if (enter.forwarder.filter === undefined) for (const stop of this.transitStops(enter.guards, leave.guards, packet, { sender, receiver })) meet(stop);
    }
    here = intersectServices(here, crossing);
    for (const stop of guardStops(receiver.guards, packet, "inbound", this.asked)) meet(stop);
    meet(shieldStop(to.id, receiver, packet, this.asked));
  }

  private transitStops(into: Host["guards"], out: Host["guards"], packet: Packet, { sender, receiver }: { sender: Host; receiver: Host }): Stop[] {
    const own = (guards: Host["guards"]): Host["guards"] => guards.filter((guard) => !sender.guards.includes(guard) && !receiver.guards.includes(guard));
    return [...guardStops(own(into), packet, "inbound", this.asked), ...guardStops(own(out), packet, "outbound", this.asked)];
  }

  /** Of what gets there, or else as a place behind others. */
  private note(stop: Stop, here: ServiceSet): void {
    const stopped = intersectServices(stop.stops, here);
    const key = JSON.stringify(stop.hop);
    const before = this.found.get(key);
    if (stopped.length > 0) {
      const stops = before === undefined || before.behind ? stopped : unionServices(before.stop.stops, stopped);
      this.found.set(key, { stop: { ...stop, stops, passes: unionServices(stop.passes, before?.stop.passes ?? NO_SERVICES) }, behind: false });
    } else if (before === undefined) this.found.set(key, { stop, behind: true });
  }

  private addFrames(hops: readonly Hop[]): void {
    for (const hop of hops) if (!this.frames.some((known) => JSON.stringify(known) === JSON.stringify(hop))) this.frames.push(hop);
  }

  /** What keeps answers to these services away. */
  private addAnswers(from: End, to: End, services: ServiceSet): void {
    for (const journey of journeysBetween(this.kernel, from, to, false)) {
      for (const path of findPaths(this.kernel, journey, services, MOST_WAYS).paths.slice(0, MOST_WAYS)) this.addFrames(this.keptAnswers(journey, path, services));
      this.addFrames(this.halfSeen(journey, services));
      this.addFrames(this.elsewhere(journey, services));
      this.addFrames(stranded(this.kernel, journey));
    }
    this.addBack(from, to);
  }

  private addBack(from: End, to: End): void {
    const { layer2 } = this.kernel;
    if (!layer2.hears(to, from)) this.addFrames(layer2.blockedAt(to, from).map((hop) => ({ ...hop, does: `${hop.does} (the answer)` })));
  }

  /** Filters without state that let the packet pass and not its answer. */
  private keptAnswers({ from, to, packet }: Journey, { legs }: Path, services: ServiceSet): Hop[] {
    const guards = new Set([...this.kernel.hosts.of(from).guards, ...this.kernel.hosts.of(to).guards]);
    return [
      ...[...guards].flatMap(({ filter, crossing }) => answerStop(filter, crossing, packet, services) ?? []),
      ...legs.flatMap(({ enter, leave }) => {
        const { filter } = enter.forwarder;
        if (filter !== undefined) return answerStop(filter, filter.crossing(leave.local, enter.local), packet, services) ?? [];
        return [...enter.guards, ...leave.guards].filter((guard) => !guards.has(guard)).flatMap((guard) => answerStop(guard.filter, guard.crossing, packet, services) ?? []);
      }),
    ].map((stop) => stoppedHop(stop, false));
  }

  /** Filters that stop the answer on ways of its own: they have not seen the packet. */
  private elsewhere(journey: Journey, services: ServiceSet): Hop[] {
    const home = homeward(journey);
    const seen = new Set(findPaths(this.kernel, journey, services, MOST_WAYS).paths.flatMap(({ legs }) => legs.map(({ enter }) => enter.forwarder)));
    return new UnfilteredPaths(this.kernel, this.asked, MOST_WAYS).of(home).paths.slice(0, MOST_WAYS).flatMap(({ legs }) => legs.flatMap(({ enter, leave }) => {
      const stop = seen.has(enter.forwarder) ? undefined : forwarderStop(enter, leave, home.packet, protocolsOf(services));
      return stop === undefined ? [] : [stoppedHop({ ...stop, hop: { ...stop.hop, does: stop.hop.does.replace("denies", "denies the answer") } }, false)];
    }));
  }

  /** Filters that keep state and see only the answers, because the packets came by another way: TCP breaks there. */
  private halfSeen(journey: Journey, services: ServiceSet): Hop[] {
    const tcp = intersectServices(services, ALL_TCP);
    if (tcp.length === 0 || this.kernel.layer2.hears(journey.to, journey.from)) return [];
    return findPaths(this.kernel, homeward(journey), protocolsOf(tcp)).paths.flatMap(({ legs }) => legs.flatMap(({ enter: { forwarder: { id, filter } } }) =>
      filter !== undefined && filter.stateful && filter.filtering ? [{ at: id, kind: filter.kind, does: "sees only the answers of TCP and drops them", stops: listServices(tcp) }] : []));
  }
}

/** The answer to a packet. */
function homeward({ from, to, source, target, packet }: Journey): Journey {
  return { from: to, to: from, source: target, target: source, packet: { from: packet.to, to: packet.from } };
}

function unplugged({ layer2, topology }: Kernel, party: string): Hop[] {
  if (layer2.endsOf(party).length > 0) return [];
  return [record(topology, "vms", party) === undefined ? { at: party, kind: "external", does: "is attached to nothing" } : { at: party, kind: "vm", does: "has no connected vNIC" }];
}

function unaddressed({ id, kind }: End, { unknown }: Host): Hop {
  return { at: id, kind: KINDS[kind], does: unknown === undefined ? "has no address" : "has no address that is written" };
}

/** Where addresses count as configured: a packet or its answer that has to leave the subnet and has no gateway. */
function stranded(kernel: Kernel, { from, to, source, target }: Journey): Hop[] {
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  if ([{ end: from, own: source }, { end: to, own: target }].some(({ end, own }) => end.kind !== "external" && own.written === undefined)) return [];
  const near = kernel.layer2.hears(from, to) && kernel.layer2.hears(to, from);
  // An external network may be taken for a neighbour and for somebody far away; far away it is where no frame gets to it.
  const isNeighbour = (host: Host, own: Candidate, peer: Host, other: Candidate): boolean =>
    kernel.hops.direct(host, own, peer, other) && (near || !kernel.hops.byForwarder(host, own, peer, other));
  const hasGateway = (host: Host, own: Candidate, peer: Host, other: Candidate): boolean =>
    kernel.assume === "hostile" || isNeighbour(host, own, peer, other) || gatewaysOf(kernel, host, own)?.size !== 0;
  return [
    ...(hasGateway(sender, source, receiver, target) ? [] : [{ at: from.id, kind: KINDS[from.kind], does: `has no gateway${nobodyHas(sender)}` }]),
    ...(hasGateway(receiver, target, sender, source) ? [] : [{ at: to.id, kind: KINDS[to.kind], does: `has no gateway for the answer${nobodyHas(receiver)}` }]),
  ];
}

function nobodyHas({ gateway }: Host): string {
  return gateway === undefined ? "" : `: nobody in its segment has ${gateway}`;
}

const KINDS: Readonly<Record<End["kind"], Hop["kind"]>> = { vnic: "vm", managementInterface: "managementInterface", bmc: "bmc", external: "external", interface: "router" };
