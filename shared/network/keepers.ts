/**
 * Which filters that keep state a packet has crossed. An answer that takes another way is let through, before any rule is read, by
 * those of them that it meets again; to the others it is a first packet, or, with TCP, one that they drop.
 */
import { ALL_UDP, ANY_SERVICE, ICMP_SERVICE, NO_SERVICES, coversServices, intersectServices, unionServices, type ServiceSet } from "../model/services";
import type { Filter } from "./filters";
import type { Forwarder, Port } from "./forwarders";
import { passes, type Walk } from "./propagation";
import type { Route } from "./routes";

/** What got somewhere, by the set of filters that it has crossed, as bits. */
export type Kept = Map<number, ServiceSet>;

/** Over one forwarder. */
export interface Hop {
  readonly enter: Port;
  readonly leave: Port;
}

/** Numbers filters that keep state as they are met: appliances, and vNICs of VMs that forward, with their distributed firewalls. */
export class Keepers {
  private readonly bits = new Map<Forwarder | Port, number>();

  /** Those that a packet crosses on its hops; undefined where there are too many to tell apart. */
  crossed(...hops: readonly Hop[]): number | undefined {
    let set = 0;
    for (const keeper of hops.flatMap(keepersAt)) {
      const bit = this.bits.get(keeper) ?? 1 << this.bits.size;
      if (!this.bits.has(keeper) && this.bits.size === MOST_KEEPERS) return undefined;
      this.bits.set(keeper, bit);
      set |= bit;
    }
    return set;
  }

  has(set: number, keeper: Forwarder | Port): boolean {
    return (set & (this.bits.get(keeper) ?? 0)) !== 0;
  }
}

const MOST_KEEPERS = 24;
/** Walks give up beyond this many steps: what they have found by then is true, and ways round that many filters are not looked for. */
const MOST_STEPS = 4000;
export const NOT_TCP = unionServices(ICMP_SERVICE, ALL_UDP);

function keepersAt({ enter, leave }: Hop): (Forwarder | Port)[] {
  const { forwarder } = enter;
  if (forwarder.filter !== undefined) return keepsState(forwarder.filter) ? [forwarder] : [];
  return [enter, leave].filter(({ guards }) => guards.some((guard) => keepsState(guard.filter)));
}

function keepsState({ stateful, filtering }: Filter): boolean {
  return stateful && filtering;
}

/** What a hop passes, and which filters are remembered of it. */
export type Cross = (enter: Port, leave: Port) => { readonly services: ServiceSet; readonly crossed: number };

/** The first packet of a flow. */
export function asFirst(keepers: Keepers, walk: Walk): Cross {
  return (enter, leave) => {
    const crossed = keepers.crossed({ enter, leave });
    return crossed === undefined ? { services: NO_SERVICES, crossed: 0 } : { services: passes(enter, leave, walk), crossed };
  };
}

/** The answer to a packet that has crossed `known`. */
export function asAnswer(keepers: Keepers, known: number, walk: Walk): Cross {
  return (enter, leave) => {
    const { filter } = enter.forwarder;
    const crossed = known & (keepers.crossed({ enter, leave }) ?? 0);
    if (filter !== undefined) {
      if (!keepsState(filter)) return { services: passes(enter, leave, walk), crossed };
      return { services: keepers.has(known, enter.forwarder) ? ANY_SERVICE : intersectServices(passes(enter, leave, walk), NOT_TCP), crossed };
    }
    let services = ANY_SERVICE;
    for (const port of [enter, leave]) {
      for (const guard of port.guards) {
        const keeps = keepsState(guard.filter);
        if (keeps && keepers.has(known, port)) continue;
        services = intersectServices(services, intersectServices(walk.transit.get(guard.index)?.forth ?? ANY_SERVICE, keeps ? NOT_TCP : ANY_SERVICE));
      }
    }
    return { services, crossed };
  };
}

/** How packets find their way: whether the sender chooses its first forwarder, and whether routers have routes to what is next to them. */
export interface Steering {
  readonly free: boolean;
  readonly routes: boolean;
}

/**
 * Every way along a route that is no detour: nobody is on it between two who hand packets to one another, or between somebody and the
 * receiver beside him. Routers go by no detours, and with what these remember it makes a difference.
 *
 * @param start what enters by each of the route's first ports
 */
export function track(route: Route, start: Kept, cross: Cross, { free, routes }: Steering): Kept {
  const result: Kept = new Map();
  let steps = 0;
  const extend = (enter: Port, set: number, services: ServiceSet, passed: readonly Hop[]): void => {
    const near = routes && !enter.forwarder.transparent ? route.leaves(enter).filter((leave) => isNear(route, leave)) : [];
    for (const leave of near.length > 0 ? near : route.leaves(enter)) {
      if ((steps += 1) > MOST_STEPS) return;
      const hop = cross(enter, leave);
      const out = intersectServices(services, hop.services);
      if (out.length === 0) continue;
      if (route.isLast(leave)) keep(result, set | hop.crossed, out);
      else {
        for (const next of route.next(leave)) {
          if (next === enter || isRound(next, passed) || (near.length > 0 && !next.forwarder.transparent)) continue;
          extend(next, set | hop.crossed, out, [...passed, { enter, leave }]);
        }
      }
    }
  };
  const isRound = (next: Port, passed: readonly Hop[]): boolean =>
    (free && route.starts.includes(next)) || passed.some(({ enter, leave }) => enter === next || route.next(leave).includes(next));
  for (const enter of route.starts) for (const [set, services] of start) extend(enter, set, services, []);
  return result;
}

/** Whether the receiver is beside the port, or transparent firewalls alone are between. */
function isNear(route: Route, leave: Port, crossed: readonly Port[] = []): boolean {
  if (route.isLast(leave)) return true;
  return route.next(leave).some((enter) => enter.forwarder.transparent && !crossed.includes(enter) && route.leaves(enter).some((exit) => isNear(route, exit, [...crossed, enter])));
}

/** False where the set had everything already. */
export function keep(kept: Kept, set: number, services: ServiceSet): boolean {
  const had = kept.get(set) ?? NO_SERVICES;
  if (services.length === 0 || coversServices(had, services)) return false;
  kept.set(set, unionServices(had, services));
  return true;
}
