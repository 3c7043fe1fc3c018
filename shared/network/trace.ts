/** Traces: can it reach, by which path, and where it is stopped if not. */
import { ANY_SERVICE, NO_SERVICES, listServices, unionServices, type ServiceSet } from "../model/services";
import { compareIds } from "../model/topology";
import type { Hop, Trace, TracePacket } from "../analysis/result";
import type { Kernel } from "./kernel";
import type { Parties } from "./parties";
import { Obstacles } from "./trace-obstacles";
import { chosenService, packetOf, type FoundPath } from "./trace-packet";
import { groupPairs, membersOf, missingOf, openTo, type Group } from "./trace-pairs";
import { Cables, pathsOfPair } from "./trace-paths";
import type { Network } from "./compiled-network";
import type { Pair } from "./types";

/** At most so many paths are told, and the paths of so many pairs counted one by one. */
const PATHS = 8;
const COUNTED_PAIRS = 64;
/** Groups of pairs whose obstacles are listed. */
const BLOCKED_GROUPS = 16;

/** Whether any of `from` reaches any of `to` (party ids) on any of the services; `cli.md` gives the shape. */
export function traceFlow(network: Network, kernel: Kernel, parties: Parties, from: readonly string[], to: readonly string[], asked: ServiceSet = ANY_SERVICE): Trace {
  const groups = groupPairs(network, parties, from, to);
  const passing = (answered: boolean): ServiceSet => groups.reduce<ServiceSet>((set, group) => unionServices(set, openTo(group, asked, answered)), NO_SERVICES);
  const services = passing(true);
  const reachable = services.length > 0;
  const oneWay = reachable ? NO_SERVICES : passing(false);
  const missing = reachable ? [] : [...new Set(groups.flatMap((group) => missingOf(kernel, parties, group, asked)))].sort(compareIds);
  const told = tellPaths(kernel, groups.filter((group) => openTo(group, asked, reachable).length > 0), asked, reachable);
  return {
    reachable,
    services: listServices(services),
    paths: told.paths,
    blockedBy: reachable ? [] : obstacles(kernel, groups, asked),
    ...(missing.length === 0 ? {} : { missing }),
    ...(oneWay.length === 0 ? {} : { oneWay: listServices(oneWay) }),
    ...(told.paths.length === 0 ? {} : { morePaths: told.more, ...(told.exact ? {} : { morePathsAtLeast: true as const }) }),
    ...(reachable && told.packet !== undefined ? { packet: told.packet } : {}),
  };
}

/** The first of the paths that `traceFlow` tells of a pair; empty where nothing passes. The others are not looked for. */
export function firstPath(kernel: Kernel, pair: Pair): readonly Hop[] {
  const [found] = pathsOfPair(kernel, pair, ANY_SERVICE, pair.services.length > 0, 1).paths;
  return found === undefined ? [] : ((new Cables(kernel, PATHS).hops(found, chosenService(found.services)).next().value as Hop[] | undefined) ?? []);
}

interface Told {
  readonly paths: readonly Hop[][];
  readonly more: number;
  readonly exact: boolean;
  readonly packet: TracePacket | undefined;
}

/** First one path over each chain of forwarders, then the others that differ in their cables. */
function tellPaths(kernel: Kernel, groups: readonly Group[], asked: ServiceSet, answered: boolean): Told {
  const cables = new Cables(kernel, PATHS);
  const found: FoundPath[] = [];
  let [count, exact, pairs] = [0, true, 0];
  for (const pair of inTurn(groups)) {
    if (pairs >= COUNTED_PAIRS) break;
    pairs += 1;
    const own = pathsOfPair(kernel, pair, asked, answered);
    exact &&= own.exact;
    for (const path of own.paths) {
      const ways = cables.count(path);
      count += ways.count;
      exact &&= ways.exact;
    }
    found.push(...own.paths);
  }
  // Each of the other pairs has a path at least.
  const others = groups.reduce((sum, { size }) => sum + size, 0) - pairs;
  const [first] = found;
  const service = first === undefined ? undefined : chosenService(first.services);
  const paths = tell(cables, found, service);
  return {
    paths, more: Math.max(0, count + others - paths.length), exact: exact && others === 0,
    packet: first === undefined || paths[0] === undefined ? undefined : packetOf(kernel, first, paths[0]),
  };
}

function tell(cables: Cables, found: readonly FoundPath[], service: number | undefined): Hop[][] {
  const shown = new Map<string, Hop[]>();
  const waiting = found.slice(0, PATHS * 4).map((path) => cables.hops(path, service));
  const take = (hops: Hop[] | undefined): void => {
    if (hops !== undefined && shown.size < PATHS) shown.set(JSON.stringify(hops), hops);
  };
  for (const ways of waiting) take(ways.next().value as Hop[] | undefined);
  for (const ways of waiting) for (const hops of ways) take(hops);
  return [...shown.values()];
}

/** A pair of each group, then the others. */
function* inTurn(groups: readonly Group[]): Generator<Pair> {
  for (const { pair } of groups) yield pair;
  for (const group of groups) {
    let first = true;
    for (const pair of membersOf(group)) {
      if (!first) yield pair;
      first = false;
    }
  }
}

function obstacles(kernel: Kernel, groups: readonly Group[], asked: ServiceSet): Hop[] {
  const found = new Obstacles(kernel, asked);
  for (const { pair } of groups.slice(0, BLOCKED_GROUPS)) found.add(pair);
  return found.hops;
}
