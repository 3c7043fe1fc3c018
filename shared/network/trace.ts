/** Traces: can it reach, by which path, and where it is stopped if not. */
import { ALL_TCP, ANY_SERVICE, NO_SERVICES, intersectServices, listServices, unionServices, type ServiceSet } from "../model/services";
import { compareIds } from "../model/topology";
import type { Hop, Trace } from "../analysis/result";
import type { Candidate, Host } from "./hosts";
import type { Kernel } from "./kernel";
import { protocolsOf } from "./propagation";
import { findDenials, findPaths, type Journey, type Path } from "./trace-walk";
import { answerDenial, forwarderDenial, forwarderHop, guardDenials, guardHops, shieldHop } from "./trace-hops";
import type { End, Network, Pair } from "./types";

/** At most so many paths, and so many pairs whose obstacles are listed. */
const PATHS = 8;
const BLOCKED_PAIRS = 16;
/** Up to so many pairs are asked for one by one. */
const SINGLE_PAIRS = 20_000;

/** Whether any of `from` reaches any of `to` (party ids) on any of the services; `cli.md` gives the shape. */
export function traceFlow(network: Network, kernel: Kernel, from: readonly string[], to: readonly string[], asked: ServiceSet = ANY_SERVICE): Trace {
  const pairs = pairsBetween(network, from, to);
  const services = pairs.reduce<ServiceSet>((set, pair) => unionServices(set, intersectServices(pair.services, asked)), NO_SERVICES);
  const reachable = services.length > 0;
  const missing = reachable ? [] : [...new Set(pairs.flatMap((pair) => pair.missing ?? []))].sort(compareIds);
  const shown = pairs.filter((pair) => intersectServices(reachable ? pair.services : pair.oneWay, asked).length > 0);
  return {
    reachable,
    services: listServices(services),
    paths: distinct(pathsOf(kernel, shown, asked, reachable)).slice(0, PATHS),
    blockedBy: reachable ? [] : distinct(firstPairs(network, from, to).flatMap((pair) => obstacles(kernel, pair, asked))),
    ...(missing.length === 0 ? {} : { missing }),
  };
}

/** The pairs that may have something to say. For large groups the matrix is quicker than each pair by itself. */
function pairsBetween(network: Network, from: readonly string[], to: readonly string[]): readonly Pair[] {
  if (from.length * to.length <= SINGLE_PAIRS) return from.flatMap((source) => to.filter((target) => target !== source).map((target) => network.pair(source, target)));
  const [sources, targets] = [new Set(from), new Set(to)];
  return network.pairs.filter((pair) => sources.has(pair.from) && targets.has(pair.to));
}

function firstPairs(network: Network, from: readonly string[], to: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  for (const source of from) {
    for (const target of to) {
      if (pairs.length >= BLOCKED_PAIRS) return pairs;
      if (source !== target) pairs.push(network.pair(source, target));
    }
  }
  return pairs;
}

function distinct<T>(items: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = JSON.stringify(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}

function pathsOf(kernel: Kernel, pairs: readonly Pair[], asked: ServiceSet, answered: boolean): Hop[][] {
  const paths: Hop[][] = [];
  for (const pair of pairs) {
    const wanted = intersectServices(answered ? pair.services : pair.oneWay, asked);
    for (const journey of journeys(kernel, pair)) {
      const open = intersectServices(wanted, cap(kernel, journey));
      if (open.length === 0 || paths.length >= PATHS) continue;
      const found = findPaths(kernel, journey, open, PATHS - paths.length);
      paths.push(...found.map((path) => hopsOf(kernel, journey, path)));
      // Another address is tried only where this one gets nowhere.
      if (found.length > 0) break;
    }
    if (paths.length >= PATHS) break;
  }
  return paths;
}

/** Packets to try, with own addresses first and those of neighbours after. */
function* journeys(kernel: Kernel, { from, to }: Pair): Generator<Journey> {
  const [sources, targets] = [kernel.layer2.endsOf(from), kernel.layer2.endsOf(to)];
  for (const forged of [false, true]) {
    for (const source of sources) for (const target of targets) yield* between(kernel, source, target, forged);
  }
}

function* between(kernel: Kernel, from: End, to: End, forged: boolean): Generator<Journey> {
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const usable = (own: readonly Candidate[], host: Host): readonly Candidate[] => (forged ? [...own, ...host.forged] : own);
  for (const source of usable(sender.sources, sender)) {
    for (const target of usable(receiver.targets, receiver)) {
      if (forged && !sender.forged.includes(source) && !receiver.forged.includes(target)) continue;
      yield { from, to, source, target, packet: { from: { identity: sender.identity, address: source.address }, to: { identity: receiver.identity, address: target.address } } };
    }
  }
}

/** What the distributed firewalls at both ends and the receiver's own firewall pass. */
function cap(kernel: Kernel, { from, to, packet }: Journey): ServiceSet {
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const shield = receiver.shield?.certain ?? "open";
  const own = shield === "open" ? ANY_SERVICE : shield === "shut" ? NO_SERVICES : shield.passes(packet.from, packet.to);
  return [...sender.guards, ...receiver.guards].reduce((set, guard) => intersectServices(set, guard.crossing.passes(packet.from, packet.to)), own);
}

/** From the sender to the receiver. A forwarder is one hop: that frames come to one interface and leave by another goes without saying. */
function hopsOf(kernel: Kernel, { from, to, packet }: Journey, { legs, services }: Path): Hop[] {
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const between: Hop[] = [];
  const ends = [from, ...legs.flatMap(({ enter, leave }) => [enter.end, leave.end]), to];
  const cables = ends.flatMap((end, index) => (index % 2 === 0 ? [kernel.layer2.path(end, ends[index + 1] ?? to) ?? []] : []));
  for (const [index, cable] of cables.entries()) {
    between.push(...cable.slice(1, -1));
    const leg = legs[index];
    if (leg === undefined) continue;
    between.push(...guardHops(leg.enter.guards, packet, "inbound", services));
    between.push(forwarderHop(leg.enter, leg.leave, packet, services), ...guardHops(leg.leave.guards, packet, "outbound", services));
  }
  const own = shieldHop(to.id, receiver, packet, services);
  return [
    ...(cables[0]?.slice(0, 1) ?? []), ...guardHops(sender.guards, packet, "outbound", services), ...between,
    ...guardHops(receiver.guards, packet, "inbound", services), ...(own === undefined ? [] : [own]), ...(cables.at(-1)?.slice(-1) ?? []),
  ];
}

/** Everything that stops a pair: where its frames end, and the filters that deny what gets to them. */
function obstacles(kernel: Kernel, pair: Pair, asked: ServiceSet): Hop[] {
  const hops: Hop[] = [];
  const unanswered = intersectServices(pair.oneWay, asked);
  for (const from of kernel.layer2.endsOf(pair.from)) {
    for (const to of kernel.layer2.endsOf(pair.to)) {
      if (!kernel.layer2.hears(from, to)) hops.push(...kernel.layer2.blockedAt(from, to));
      else if (!kernel.layer2.hears(to, from)) hops.push(...kernel.layer2.blockedAt(to, from));
      for (const journey of between(kernel, from, to, false)) {
        hops.push(...filtering(kernel, journey, asked), ...stranded(kernel, journey));
        if (unanswered.length > 0) hops.push(...keepingAnswers(kernel, journey, unanswered), ...halfSeen(kernel, journey, unanswered));
      }
    }
  }
  return hops;
}

function filtering(kernel: Kernel, journey: Journey, asked: ServiceSet): Hop[] {
  const { from, to, packet } = journey;
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const own = shieldHop(to.id, receiver, packet, asked);
  return [
    ...guardDenials(sender.guards, packet, "outbound", asked),
    ...findDenials(kernel, journey, asked).flatMap(({ enter, leave }) => forwarderDenial(enter, leave, packet, asked) ?? []),
    ...guardDenials(receiver.guards, packet, "inbound", asked),
    ...(own === undefined || own.does.startsWith("allows") ? [] : [own]),
  ];
}

/** Filters without state that let the packet pass and not its answer. */
function keepingAnswers(kernel: Kernel, journey: Journey, services: ServiceSet): Hop[] {
  const { from, to, packet } = journey;
  const guards = [...kernel.hosts.of(from).guards, ...kernel.hosts.of(to).guards];
  const legs = findPaths(kernel, journey, services, PATHS).flatMap((path) => path.legs);
  return [
    ...guards.flatMap((guard) => answerDenial(guard, guard.crossing, packet, services) ?? []),
    ...legs.flatMap(({ enter, leave }) => {
      const { filter } = enter.forwarder;
      return filter === undefined ? [] : (answerDenial({ filter }, filter.crossing(leave.local, enter.local), packet, services) ?? []);
    }),
  ];
}

/** Filters that keep state and see only the answers, because the packets came by another way: TCP breaks there. */
function halfSeen(kernel: Kernel, { from, to, source, target, packet }: Journey, services: ServiceSet): Hop[] {
  const tcp = intersectServices(protocolsOf(services), ALL_TCP);
  if (tcp.length === 0 || kernel.layer2.hears(to, from)) return [];
  const home: Journey = { from: to, to: from, source: target, target: source, packet: { from: packet.to, to: packet.from } };
  return findPaths(kernel, home, tcp, PATHS).flatMap(({ legs }) => legs.flatMap(({ enter: { forwarder: { id, filter } } }) =>
    filter !== undefined && filter.stateful && filter.filtering ? [{ at: id, kind: filter.kind, does: "sees only the answers of TCP and drops them" }] : []));
}

/** Where addresses count as configured: a packet or its answer that has to leave the subnet and has no gateway. */
function stranded(kernel: Kernel, { from, to, source, target }: Journey): Hop[] {
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const hasGateway = (host: Host, own: Candidate, peer: Host, other: Candidate): boolean =>
    kernel.assume === "hostile" || kernel.hops.direct(host, own, peer, other) ||
    kernel.hops.first(host, own, "closed").ports.length > 0 || kernel.hops.beyondBridges(host, own, "closed").length > 0;
  return [
    ...(hasGateway(sender, source, receiver, target) ? [] : [{ at: from.id, kind: KINDS[from.kind], does: "has no gateway" }]),
    ...(hasGateway(receiver, target, sender, source) ? [] : [{ at: to.id, kind: KINDS[to.kind], does: "has no gateway for the answer" }]),
  ];
}

const KINDS: Readonly<Record<End["kind"], Hop["kind"]>> = { vnic: "vm", managementInterface: "managementInterface", bmc: "bmc", external: "external", interface: "router" };
