/** Rules that a later one makes needless, and rules whose order with others decides what passes. */
import { covers, type Coverage } from "./coverage";
import { matchingIn, overlap, type Steps } from "./cells";
import { shareCrossing, type Item, type RuleList } from "./list";
import type { Bucket, RuleIndex } from "./rule-index";

/** Rules of the other effect that come before a rule and match some of the same packets. */
export interface Order {
  /** Neither matches all that the other does: whichever comes first decides what both match. Places, ascending. */
  readonly correlated: readonly number[];
  /** They are exceptions to the rule, which matches all that they do. */
  readonly exceptions: readonly number[];
  /** There are more of the kind that is listed. */
  readonly more: boolean;
}

/** So many rules of each kind are listed. */
const MOST_LISTED = 8;
/** So many rules that could overlap are looked at for one rule; only lists in which nearly everything overlaps have more. */
const MOST_TRIED = 50_000;
const TRIED_A_STEP = 256;

/** Answers when every rule that decides something was added to the coverage. */
export class Ordering {
  constructor(private readonly list: RuleList, private readonly coverage: Coverage) {}

  /**
   * The first later rule of the same effect that matches all that the rule does, where none of the other effect between them matches any
   * of it: without the rule nothing would change.
   */
  *successorOf(item: Item): Steps<number | undefined> {
    const [source] = this.list.sources.of(item.from);
    const [target] = this.list.targets.of(item.to);
    if (source === undefined || target === undefined) return undefined;
    const successor = this.firstLaterCover(item, matchingIn([this.coverage.indexOf(item.allows)], source, target));
    if (successor === undefined) return undefined;
    const sides = [this.list.sources.perhapsNear(item.from), this.list.targets.perhapsNear(item.to)] as const;
    for (const other of this.meeting(item, this.coverage.indexOf(!item.allows), sides, item.index + 1, successor.index)) {
      if (other !== undefined) return undefined;
      yield;
    }
    return successor.index;
  }

  *orderOf(item: Item): Steps<Order> {
    const [correlated, exceptions]: [number[], number[]] = [[], []];
    const sides = [this.list.sources.near(item.from), this.list.targets.near(item.to)] as const;
    let tried = 0;
    for (const other of this.meeting(item, this.coverage.indexOf(!item.allows), sides, 0, item.index)) {
      tried += 1;
      if (other === undefined) yield;
      else (covers(this.list, item, other) ? exceptions : correlated).push(other.index);
      if (correlated.length > MOST_LISTED || tried > MOST_TRIED || (exceptions.length > MOST_LISTED && isEverything(item))) break;
    }
    const listed = correlated.length > 0 ? correlated : exceptions;
    const first = (places: number[]): number[] => places.sort((a, b) => a - b).slice(0, MOST_LISTED);
    return { more: listed.length > MOST_LISTED, correlated: first(correlated), exceptions: first(exceptions) };
  }

  private firstLaterCover(item: Item, buckets: readonly Bucket[]): Item | undefined {
    let first: Item | undefined;
    for (const { items } of buckets) {
      for (let at = placeFrom(items, item.index + 1); at < items.length; at += 1) {
        const one = items[at] as Item;
        if (first !== undefined && one.index > first.index) break;
        if (covers(this.list, one, item)) first = one;
      }
    }
    return first;
  }

  /** Rules of the index from one place to before another that match some packet of the item; undefined after every piece of work. */
  private *meeting(item: Item, index: RuleIndex, [sources, targets]: readonly [ReadonlySet<number>, ReadonlySet<number>], from: number, before: number): Generator<Item | undefined> {
    let tried = 0;
    for (const { items } of index.between(sources, targets)) {
      for (let at = placeFrom(items, from); at < items.length && (items[at] as Item).index < before; at += 1) {
        const one = items[at] as Item;
        if (overlap(one.services, item.services) && shareCrossing(this.list.device, item, one)) yield one;
        tried += 1;
        if (tried % TRIED_A_STEP === 0) yield undefined;
      }
    }
  }
}

function isEverything({ from, to, in: enter, out: leave, services }: Item): boolean {
  return from.any && to.any && enter === undefined && leave === undefined && services.length === 6;
}

/** The index in the list of the first rule whose place is not before the given one. */
function placeFrom(items: readonly Item[], place: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle] as Item).index < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
