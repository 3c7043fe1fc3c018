/** Single paths of packets between two ends, and what stops packets where there is none. The matrix never lists paths; this does, a few. */
import { ANY_SERVICE, NO_SERVICES, coversServices, intersectServices, unionServices, type ServiceSet } from "../model/services";
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
}

/** One packet between two ends, with the addresses that they use. */
export interface Journey {
  readonly from: End;
  readonly to: End;
  readonly source: Candidate;
  readonly target: Candidate;
  readonly packet: Packet;
}

interface State extends Path {
  readonly at: Port;
}

/** Paths are looked for in order of length; past this many steps the search gives what it has. */
const STEPS = 1000;

/** Up to `limit` paths that pass some of the services, the shortest first. Frames pass directly: one path without legs. */
export function findPaths(kernel: Kernel, journey: Journey, services: ServiceSet, limit: number): Path[] {
  const hosts = hostsOf(kernel, journey);
  const paths: Path[] = [];
  if (kernel.layer2.hears(journey.from, journey.to) && kernel.hops.direct(hosts.from, journey.source, hosts.to, journey.target)) paths.push({ legs: [], services });
  const last = exitsTo(kernel, journey.to);
  const gateways = gatewaysOf(kernel, journey);
  const waiting: State[] = starts(kernel, journey).map((at) => ({ at, legs: [], services }));
  for (let steps = 0; steps < STEPS && paths.length < limit; steps += 1) {
    const state = waiting[steps];
    if (state === undefined) break;
    for (const leave of kernel.fabric.exits(state.at)) {
      const passed = intersectServices(state.services, passes(state.at, leave, journey.packet, hosts));
      if (passed.length === 0) continue;
      const legs = [...state.legs, { enter: state.at, leave }];
      if (last.has(leave) && paths.length < limit) paths.push({ legs, services: passed });
      const routed = legs.some(({ enter }) => !enter.forwarder.transparent);
      const next = nextPorts(kernel, leave).filter((port) => !legs.some(({ enter }) => enter === port) && (routed || port.forwarder.transparent || gateways?.has(port) !== false));
      for (const at of next) waiting.push({ at, legs, services: passed });
    }
  }
  return paths;
}

/** Every crossing that packets get to and that stops some of them on a way that leads to the receiver. */
export function findDenials(kernel: Kernel, journey: Journey, services: ServiceSet): Leg[] {
  const hosts = hostsOf(kernel, journey);
  const useful = leadingTo(kernel, journey.to);
  const last = exitsTo(kernel, journey.to);
  const neighbours = kernel.layer2.hears(journey.from, journey.to);
  const arrived = new Map<Port, ServiceSet>();
  const waiting = [...starts(kernel, journey)];
  for (const port of waiting) arrived.set(port, services);
  const denials: Leg[] = [];
  for (const enter of waiting) {
    const here = arrived.get(enter) ?? NO_SERVICES;
    for (const leave of kernel.fabric.exits(enter)) {
      // Turning back is of use only next to the receiver, and only where frames do not get there anyway.
      if (!useful.has(leave) || (leave === enter && (neighbours || !last.has(leave)))) continue;
      const out = intersectServices(here, passes(enter, leave, journey.packet, hosts));
      if (!coversServices(out, here)) denials.push({ enter, leave });
      for (const next of out.length === 0 ? [] : nextPorts(kernel, leave)) {
        const had = arrived.get(next) ?? NO_SERVICES;
        if (coversServices(had, out)) continue;
        arrived.set(next, unionServices(had, out));
        waiting.push(next);
      }
    }
  }
  return denials;
}

function hostsOf(kernel: Kernel, { from, to }: Journey): { from: Host; to: Host } {
  return { from: kernel.hosts.of(from), to: kernel.hosts.of(to) };
}

function starts(kernel: Kernel, { from, to, source, target }: Journey): readonly Port[] {
  const host = kernel.hosts.of(from);
  if (!kernel.hops.byForwarder(host, source, kernel.hosts.of(to), target)) return kernel.fabric.surroundings(host.spot, "closed").into.ports;
  const { ports } = kernel.hops.first(host, source, "closed");
  return [...new Set([...ports, ...kernel.fabric.surroundings(host.spot, "closed").into.ports])];
}

/** Where addresses count as configured: the only routers to which the sender hands packets. */
function gatewaysOf(kernel: Kernel, { from, to, source, target }: Journey): Set<Port> | undefined {
  const host = kernel.hosts.of(from);
  if (kernel.hops.takesAny(host, source)) return undefined;
  if (!kernel.hops.byForwarder(host, source, kernel.hosts.of(to), target)) return new Set();
  return new Set([...kernel.hops.first(host, source, "closed").ports, ...kernel.hops.beyondBridges(host, source, "closed")]);
}

function exitsTo(kernel: Kernel, to: End): Set<Port> {
  const { mutual, outOf } = kernel.fabric.surroundings(kernel.spots.of(to), "closed");
  return new Set([...mutual.ports, ...outOf.ports]);
}

function nextPorts(kernel: Kernel, leave: Port): readonly Port[] {
  return kernel.fabric.beyond(leave, "closed").mutual.ports;
}

/** Ports by which packets may leave towards the receiver, filters aside. */
function leadingTo(kernel: Kernel, to: End): Set<Port> {
  const useful = exitsTo(kernel, to);
  for (const port of useful) {
    for (const enter of port.forwarder.ports) for (const before of kernel.fabric.beyond(enter, "closed").mutual.ports) useful.add(before);
  }
  return useful;
}

function passes(enter: Port, leave: Port, { from, to }: Packet, hosts: { from: Host; to: Host }): ServiceSet {
  const { filter } = enter.forwarder;
  if (filter !== undefined) return filter.crossing(enter.local, leave.local).passes(from, to);
  return [...enter.guards, ...leave.guards]
    .filter((guard) => !hosts.from.guards.includes(guard) && !hosts.to.guards.includes(guard))
    .reduce<ServiceSet>((set, guard) => intersectServices(set, guard.crossing.passes(from, to)), ANY_SERVICE);
}
