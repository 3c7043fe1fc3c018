/** The paths of a trace: every distinct one is counted, the first are told hop by hop. */
import { ANY_SERVICE, NO_SERVICES, coversServices, intersectServices, unionServices, type ServiceSet } from "../model/services";
import type { Hop } from "../analysis/result";
import { couldMeet, sameFamily } from "./flows";
import type { Candidate, Host } from "./hosts";
import type { Kernel } from "./kernel";
import { protocolsOf } from "./propagation";
import { answersTo } from "./trace-answer";
import { chosenService, type FoundPath } from "./trace-packet";
import { forwarderHop, guardHops, shieldHops, type Judged } from "./trace-hops";
import { findPaths, type Journey, type Path } from "./trace-walk";
import type { End, Pair, PathList } from "./types";

export interface Found {
  readonly paths: readonly FoundPath[];
  readonly exact: boolean;
}

/**
 * The paths of a pair without regard to cables: by which ends and forwarders. Paths by addresses taken over are looked for only where
 * own addresses do not pass everything; a path by another address counts again only if it passes something new. The search ends at
 * `most` paths.
 */
export function pathsOfPair(kernel: Kernel, { from, to, services, oneWay }: Pair, asked: ServiceSet, answered: boolean, most = Infinity): Found {
  const wanted = intersectServices(answered ? services : oneWay, asked);
  const known = new Map<string, ServiceSet>();
  const paths: FoundPath[] = [];
  let exact = true;
  let covered: ServiceSet = NO_SERVICES;
  for (const forged of [false, true]) {
    if (forged && coversServices(covered, wanted)) break;
    for (const journey of journeys(kernel, from, to, forged)) {
      const open = intersectServices(wanted, flowOf(kernel, journey, answered));
      if (forged ? coversServices(covered, open) : open.length === 0) continue;
      const found = findPaths(kernel, journey, open);
      exact &&= found.exact;
      for (const path of found.paths) {
        const answers = answersTo(kernel, journey, path);
        const passed = intersectServices(path.services, answered ? protocolsOf(answers.ports) : ANY_SERVICE);
        const key = [journey.from.index, journey.to.index, ...path.legs.flatMap(({ enter, leave }) => [enter.index, leave.index])].join(" ");
        const before = known.get(key) ?? NO_SERVICES;
        if (coversServices(before, passed)) continue;
        known.set(key, unionServices(before, passed));
        covered = unionServices(covered, passed);
        paths.push({ journey, path, services: passed, answers });
        if (paths.length >= most) return { paths, exact: false };
      }
    }
  }
  return { paths, exact };
}

function flowOf(kernel: Kernel, { from, to, source, target }: Journey, answered: boolean): ServiceSet {
  const flow = kernel.flows.flow(kernel.hosts.of(from), source, kernel.hosts.of(to), target, { links: "closed", shield: false });
  return answered ? flow.services : flow.delivered;
}

/** Packets to try: with own addresses, or those in which at least one is a neighbour's. */
export function* journeys(kernel: Kernel, from: string, to: string, forged: boolean): Generator<Journey> {
  for (const source of kernel.layer2.endsOf(from)) for (const target of kernel.layer2.endsOf(to)) yield* journeysBetween(kernel, source, target, forged);
}

/** Those with addresses of one family first. */
export function* journeysBetween(kernel: Kernel, from: End, to: End, forged: boolean): Generator<Journey> {
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const usable = (own: readonly Candidate[], host: Host): readonly Candidate[] => (forged ? [...own, ...host.forged] : own);
  const mixed: Journey[] = [];
  for (const source of usable(sender.sources, sender)) {
    for (const target of usable(receiver.targets, receiver)) {
      if (forged && !sender.forged.includes(source) && !receiver.forged.includes(target)) continue;
      if (!couldMeet(kernel.assume, sender, source, receiver, target)) continue;
      const journey: Journey = { from, to, source, target, packet: { from: source.traits, to: target.traits } };
      if (sameFamily(source, target)) yield journey;
      else mixed.push(journey);
    }
  }
  yield* mixed;
}

/** The ways of frames along paths: by which cables. */
export class Cables {
  private readonly known = new Map<string, PathList>();

  /** @param most so many ways of one frame are told */
  constructor(private readonly kernel: Kernel, private readonly most: number) {}

  /** How many paths there are by these forwarders: the product of the ways from each to the next, for every VM that could stand in for one that forwards. */
  count({ journey, path }: FoundPath): { readonly count: number; readonly exact: boolean } {
    let count = 1;
    let exact = true;
    for (const { enter: { forwarder } } of path.legs) {
      const others = forwarder.alike.filter((id) => id !== journey.from.owner && id !== journey.to.owner).length;
      count *= 1 + others;
      if (others > 0 && path.legs.length > 1) exact = false;
    }
    for (const cable of this.along(journey, path)) {
      count *= Math.max(1, cable.count);
      exact &&= cable.exact;
    }
    return { count, exact };
  }

  /** Hop by hop, over one way of each frame after the other; the first goes by the shortest. */
  *hops(found: FoundPath, packetService: number | undefined): Generator<Hop[]> {
    const cables = this.along(found.journey, found.path).map(({ paths }) => (paths.length === 0 ? [[]] : paths));
    const at = cables.map(() => 0);
    for (;;) {
      yield hopsOf(this.kernel, found, cables.map((ways, index) => ways[at[index] as number] ?? []), packetService);
      let digit = 0;
      while (digit < at.length && (at[digit] as number) + 1 >= (cables[digit]?.length ?? 0)) at[digit++] = 0;
      if (digit === at.length) return;
      at[digit] = (at[digit] as number) + 1;
    }
  }

  private along({ from, to }: Journey, { legs }: Path): PathList[] {
    const ends = [from, ...legs.flatMap(({ enter, leave }) => [enter.end, leave.end]), to];
    return ends.flatMap((end, index) => (index % 2 === 0 ? [this.between(end, ends[index + 1] ?? to)] : []));
  }

  private between(from: End, to: End): PathList {
    const key = `${from.index} ${to.index}`;
    let ways = this.known.get(key);
    if (ways === undefined) this.known.set(key, (ways = this.kernel.layer2.paths(from, to, this.most)));
    return ways;
  }
}

/** From the sender to the receiver. A forwarder is one hop: that frames come to one interface and leave by another goes without saying. */
function hopsOf(kernel: Kernel, found: FoundPath, cables: readonly (readonly Hop[])[], packetService: number | undefined): Hop[] {
  const { journey: { from, to, packet }, path: { legs }, services } = found;
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const atEnds: Judged = { packet, services, first: chosenService(services, packetService), answers: intersectServices(found.answers.ports, protocolsOf(services)) };
  const onTheWay: Judged = { ...atEnds, answers: intersectServices(found.answers.sameWay, atEnds.answers) };
  const between: Hop[] = [];
  for (const [index, cable] of cables.entries()) {
    between.push(...cable.slice(1, -1));
    const leg = legs[index];
    if (leg === undefined) continue;
    between.push(...guardHops(leg.enter.guards, onTheWay, "inbound"), forwarderHop(leg.enter, leg.leave, onTheWay), ...guardHops(leg.leave.guards, onTheWay, "outbound"));
  }
  return [
    ...(cables[0]?.slice(0, 1) ?? []), ...guardHops(sender.guards, atEnds, "outbound"), ...between,
    ...guardHops(receiver.guards, atEnds, "inbound"), ...shieldHops(to.id, receiver, atEnds), ...(cables.at(-1)?.slice(-1) ?? []),
  ];
}
