/** Which of a rule's packets other rules match, cell by cell: one group of sources, one of destinations, one way through the device. */
import { NO_SERVICES, intersectServices, subtractServices, unionServices, type ServiceSet } from "../../model/services";
import type { Group } from "./groups";
import { crosses, crossingsOf, type Device, type Item, type RuleList } from "./list";
import type { Bucket, RuleIndex } from "./rule-index";
import { firstFrom } from "./sides";

/** Work in pieces: every `yield` is a place to stop and go on later. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** So many cells are one piece of work. */
const CELLS_A_STEP = 64;

/** Every pair of a source group and a destination group of the rule, the likeliest to be left uncovered first. */
export function* cellsOf({ sources, targets }: RuleList, { from, to }: Pick<Item, "from" | "to">): Generator<readonly [Group, Group, boolean]> {
  let count = 0;
  for (const source of sources.of(from)) {
    for (const target of targets.of(to)) {
      count += 1;
      yield [source, target, count % CELLS_A_STEP === 0];
    }
  }
}

/** Whether the set holds all of another. Sets are sorted, so this is one search per interval of the inner one. */
export function holds(outer: ServiceSet, inner: ServiceSet): boolean {
  for (let i = 0; i < inner.length; i += 2) {
    const after = firstFrom(outer, (inner[i] as number) + 1);
    // An odd index is within an interval; an even one is before the next, so only one that begins here can hold it.
    const high = after % 2 === 1 ? outer[after] : undefined;
    if (high === undefined ? !endsAt(outer, after, inner[i] as number, inner[i + 1] as number) : high < (inner[i + 1] as number)) return false;
  }
  return true;
}

/** Whether the last interval before the index is the one number that both bounds are. */
function endsAt(outer: ServiceSet, after: number, low: number, high: number): boolean {
  return after > 0 && outer[after - 1] === low && high === low;
}

export function overlap(a: ServiceSet, b: ServiceSet): boolean {
  return intersectServices(a, b).length > 0;
}

/** Whether the rules of the buckets match all that the rule does between two groups. */
export function coverCell(device: Device, item: Item, buckets: readonly Bucket[]): boolean {
  let open = NO_SERVICES;
  for (const bucket of buckets) {
    if (holds(bucket.open, item.services)) return true;
    open = unionServices(open, intersectServices(bucket.open, item.services));
  }
  if (holds(open, item.services)) return true;
  const narrowed = buckets.filter((bucket) => bucket.narrowed).flatMap((bucket) => bucket.items.filter((one) => one.in !== undefined || one.out !== undefined));
  if (narrowed.length === 0) return false;
  return crossingsOf(device, item, narrowed).every((crossing) => holds(narrowed.reduce<ServiceSet>((set, one) => (crosses(one, crossing) ? unionServices(set, one.services) : set), open), item.services));
}

/** The rules that match some of the rule's packets on one way through the device between two groups, in order. */
export type Claim = readonly Item[];

/** The claims on a cell by rules before an index; one per way through the device. */
export function claimsOn(device: Device, item: Item, buckets: readonly Bucket[], before: number): Claim[] {
  const items = buckets.flatMap((bucket) => bucket.items.filter((one) => one.index < before && overlap(one.services, item.services))).sort((a, b) => a.index - b.index);
  return crossingsOf(device, item, items).map((crossing) => items.filter((one) => crosses(one, crossing)));
}

/** Whether the rules of a claim, without one of them, match all services of the rule. */
export function claimCovers(item: Item, claim: Claim, without?: (one: Item) => boolean): boolean {
  let left = item.services;
  for (const one of claim) {
    if (without?.(one) === true) continue;
    left = subtractServices(left, one.services);
    if (left.length === 0) return true;
  }
  return left.length === 0;
}

export function matchingIn(indexes: readonly RuleIndex[], source: Group, target: Group): Bucket[] {
  return indexes.flatMap((index) => index.matching(source, target));
}
