/** The pairs that a trace is about. Parties that nothing tells apart are asked for once. */
import { intersectServices, type ServiceSet } from "../model/services";
import type { Kernel } from "./kernel";
import { missingFields } from "./missing";
import type { Parties, PartyClass } from "./parties";
import type { Network } from "./compiled-network";
import type { End, Pair } from "./types";
import { doubtsAbout } from "./verdicts";

/** All pairs of members of two classes of parties. */
export interface Group {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The first of them; the others differ in nothing but their ends. */
  readonly pair: Pair;
  /** How many there are. */
  readonly size: number;
}

/** Up to so many pairs of classes are asked for one by one; for more the matrix is quicker. */
const MOST_GROUPS = 20_000;

export function groupPairs(network: Network, parties: Parties, from: readonly string[], to: readonly string[]): readonly Group[] {
  const [sources, targets] = [byClass(parties, from), byClass(parties, to)];
  const answer = sources.length * targets.length <= MOST_GROUPS ? (a: string, b: string): Pair | undefined => network.pair(a, b) : fromMatrix(network);
  return sources.flatMap((own) => targets.flatMap((other) => {
    const first = firstPair(own, other);
    const pair = first === undefined ? undefined : answer(first[0], first[1]);
    return pair === undefined ? [] : [{ from: own, to: other, pair, size: own.length * other.length - inBoth(own, other) }];
  }));
}

/** The member pairs of a group, those of the first sender first. */
export function* membersOf({ from, to, pair }: Group): Generator<Pair> {
  for (const source of from) for (const target of to) if (source !== target) yield { ...pair, from: source, to: target };
}

/** What a pair lets pass of the services asked for. */
export function openTo({ pair }: Group, asked: ServiceSet, answered: boolean): ServiceSet {
  return intersectServices(answered ? pair.services : pair.oneWay, asked);
}

/** Members of a group whose absent fields are named one by one. */
const NAMED_MEMBERS = 32;

/** JSON paths of the absent fields without which it is unknown whether more of these services passes. */
export function missingOf(kernel: Kernel, parties: Parties, { pair, from, to }: Group, asked: ServiceSet): readonly string[] {
  const [source, target] = [parties.get(pair.from), parties.get(pair.to)];
  if (source === undefined || target === undefined) return [];
  const doubts = doubtsAbout(kernel.reach, parties.classOf(source), parties.classOf(target), asked);
  const endsOf = (members: readonly string[]): End[] => members.slice(0, NAMED_MEMBERS).flatMap((id) => kernel.layer2.endsOf(id));
  return doubts === undefined ? [] : missingFields(kernel, endsOf(from), endsOf(to), doubts, []);
}

/** In the order given, members of one class together. */
function byClass(parties: Parties, ids: readonly string[]): string[][] {
  const groups = new Map<PartyClass | string, string[]>();
  for (const id of new Set(ids)) {
    const party = parties.get(id);
    const key = party === undefined ? id : parties.classOf(party);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [id]);
    else known.push(id);
  }
  return [...groups.values()];
}

function firstPair(from: readonly string[], to: readonly string[]): readonly [string, string] | undefined {
  for (const source of from.slice(0, 2)) for (const target of to.slice(0, 2)) if (source !== target) return [source, target];
  return undefined;
}

function inBoth(from: readonly string[], to: readonly string[]): number {
  const own = new Set(from);
  return to.filter((id) => own.has(id)).length;
}

function fromMatrix(network: Network): (from: string, to: string) => Pair | undefined {
  const listed = new Map<string, Map<string, Pair>>();
  for (const pair of network.pairs) {
    let row = listed.get(pair.from);
    if (row === undefined) listed.set(pair.from, (row = new Map<string, Pair>()));
    row.set(pair.to, pair);
  }
  return (from, to) => listed.get(from)?.get(to);
}
