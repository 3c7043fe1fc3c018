/** How answers come back: by the path that the packet took, or by another. See `flows.ts`, which asks the same of all paths at once. */
import { ALL_TCP, ALL_UDP, ANY_SERVICE, ICMP_SERVICE, NO_SERVICES, intersectServices, unionServices, type ServiceSet } from "../model/services";
import type { Guard } from "./distributed";
import type { Kernel } from "./kernel";
import { gatewaysOf, isRouter, type Journey, type Leg, type Path } from "./trace-walk";

/** Client ports (as services; all of ICMP or none) to which answers come back. */
export interface Answers {
  readonly ports: ServiceSet;
  /** Those of them by the path that the packet took. */
  readonly sameWay: ServiceSet;
}

export function answersTo(kernel: Kernel, journey: Journey, path: Path): Answers {
  const { from, to, source, target } = journey;
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  const ends = new Set([...sender.guards, ...receiver.guards]);
  const back = [...ends].reduce((set, guard) => intersectServices(set, answersAt(guard, journey)), ANY_SERVICE);
  const same = returnsSameWay(kernel, journey, path) ? path.legs.reduce((set, leg) => intersectServices(set, legAnswers(leg, journey, ends)), back) : NO_SERVICES;
  if (same === ANY_SERVICE || back.length === 0) return { ports: same, sameWay: same };
  const home = intersectServices(kernel.flows.homeward(receiver, target, sender, source, path.legs), back);
  return { ports: [ICMP_SERVICE, ALL_UDP, ALL_TCP].map((protocol) => either(same, home, protocol)).reduce(unionServices, NO_SERVICES), sameWay: same };
}

function either(same: ServiceSet, other: ServiceSet, protocol: ServiceSet): ServiceSet {
  const own = intersectServices(same, protocol);
  return own.length > 0 ? own : intersectServices(other, protocol);
}

/** Whether the answer can take the path backwards, filters aside. */
export function returnsSameWay(kernel: Kernel, { from, to, source, target }: Journey, { legs, hop }: Path): boolean {
  if (!hop.mutual) return false;
  if (kernel.assume === "hostile") return true;
  const [sender, receiver] = [kernel.hosts.of(from), kernel.hosts.of(to)];
  if (hop.relayed && kernel.hops.toItself(receiver, target, sender, source, "closed")) return true;
  const routers = legs.filter(isRouter);
  const last = routers.at(-1);
  if (!hop.routed || last === undefined || !kernel.hops.byForwarder(receiver, target, sender, source)) return false;
  // A router that is the other's neighbour hands the packet over itself; its way home is not by that one's gateway.
  const turns = routers.length > 1 && routers.some(({ enter, leave }) => enter === leave);
  return !turns && gatewaysOf(kernel, receiver, target)?.has(last.leave) !== false;
}

/** Client ports to which a distributed firewall passes answers: all where it keeps state. */
function answersAt({ filter, crossing }: Guard, { packet }: Journey): ServiceSet {
  return filter.stateful || !filter.filtering ? ANY_SERVICE : crossing.passes(packet.to, packet.from);
}

function legAnswers({ enter, leave }: Leg, journey: Journey, ends: ReadonlySet<Guard>): ServiceSet {
  const { filter } = enter.forwarder;
  if (filter !== undefined) {
    return filter.stateful || !filter.filtering ? ANY_SERVICE : filter.crossing(leave.local, enter.local).passes(journey.packet.to, journey.packet.from);
  }
  return [...enter.guards, ...leave.guards].filter((guard) => !ends.has(guard)).reduce((set, guard) => intersectServices(set, answersAt(guard, journey)), ANY_SERVICE);
}
