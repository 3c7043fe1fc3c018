/**
 * Which rules can never decide a packet because rules before them match all that they do, together if not alone.
 *
 * Rules are taken in order and only those that decide something are kept to compare with: what a covered rule matches, rules before it
 * match already. Most rules are let off by their first cell.
 */
import { subtractServices, intersectServices } from "../../model/services";
import { cellsOf, claimCovers, claimsOn, coverCell, holds, matchingIn, type Claim, type Steps } from "./cells";
import { coversCrossing, type Item, type RuleList } from "./list";
import { RuleIndex, type Bucket } from "./rule-index";

/**
 * `shadowed`: rules of the other effect alone match all of it; `redundant`: rules of the same effect do; `unreachable`: only both together.
 * Where either would, it is what happens to its packets that counts.
 */
export type Standing = "shadowed" | "redundant" | "unreachable";

export interface Covered {
  readonly standing: Standing;
  /** The places of rules that cover it, none of which can be left out; ascending. */
  readonly by: readonly number[];
}

export class Coverage {
  /** The rules seen so far that decide something, by effect. */
  readonly allowing: RuleIndex;
  readonly blocking: RuleIndex;

  constructor(private readonly list: RuleList) {
    const any = list.sides.of(undefined);
    this.allowing = new RuleIndex(any);
    this.blocking = new RuleIndex(any);
  }

  add(item: Item): void {
    this.indexOf(item.allows).add(item);
  }

  indexOf(allows: boolean): RuleIndex {
    return allows ? this.allowing : this.blocking;
  }

  /** How the rules added so far cover the rule; undefined where it decides something. */
  *standingOf(item: Item): Steps<Covered | undefined> {
    const both = [this.allowing, this.blocking];
    let isFirst = true;
    for (const [source, target, pause] of cellsOf(this.list, item)) {
      const buckets = matchingIn(both, source, target);
      if (!coverCell(this.list.device, item, buckets)) return undefined;
      const single = isFirst ? this.single(item, buckets) : undefined;
      if (single !== undefined) return yield* this.coveredBySingle(item, single);
      isFirst = false;
      if (pause) yield;
    }
    return yield* this.coveredTogether(item);
  }

  /** The first rule that alone covers the item. */
  private single(item: Item, buckets: readonly Bucket[]): Item | undefined {
    let first: Item | undefined;
    for (const { items } of buckets) {
      for (const one of items) {
        if (first !== undefined && one.index > first.index) break;
        if (covers(this.list, one, item)) first = one;
      }
    }
    return first;
  }

  /** The rules before the one that covers it may together decide all of it the other way. */
  private *coveredBySingle(item: Item, single: Item): Steps<Covered> {
    const opposite = [this.indexOf(!single.allows)];
    if (yield* this.coverTogether(item, opposite, single.index)) {
      return { standing: single.allows === item.allows ? "shadowed" : "redundant", by: yield* this.coverSet(item, opposite, single.index) };
    }
    return { standing: single.allows === item.allows ? "redundant" : "shadowed", by: [single.index] };
  }

  private *coveredTogether(item: Item): Steps<Covered> {
    const [same, other] = [[this.indexOf(item.allows)], [this.indexOf(!item.allows)]];
    const bySame = yield* this.coverTogether(item, same, item.index);
    const byOther = yield* this.coverTogether(item, other, item.index);
    const shadowed = byOther && (!bySame || (yield* this.meetsOtherEffect(item)));
    if (shadowed) return { standing: "shadowed", by: yield* this.coverSet(item, other, item.index) };
    if (bySame) return { standing: "redundant", by: yield* this.coverSet(item, same, item.index) };
    return { standing: "unreachable", by: yield* this.coverSet(item, [...same, ...other], item.index) };
  }

  private *coverTogether(item: Item, indexes: readonly RuleIndex[], before: number): Steps<boolean> {
    for (const [source, target, pause] of cellsOf(this.list, item)) {
      const buckets = matchingIn(indexes, source, target);
      if (buckets.length === 0 || !claimsOn(this.list.device, item, buckets, before).every((claim) => claimCovers(item, claim))) return false;
      if (pause) yield;
    }
    return true;
  }

  /** Whether some packet of the rule is decided by one of the other effect. */
  private *meetsOtherEffect(item: Item): Steps<boolean> {
    for (const [source, target, pause] of cellsOf(this.list, item)) {
      const claims = claimsOn(this.list.device, item, matchingIn([this.allowing, this.blocking], source, target), item.index);
      if (claims.some((claim) => firstOfOtherEffect(item, claim))) return true;
      if (pause) yield;
    }
    return false;
  }

  /** Rules of the indexes that cover the item; the later ones are left out where the others do without them. */
  private *coverSet(item: Item, indexes: readonly RuleIndex[], before: number): Steps<number[]> {
    const claims = new Map<string, Claim>();
    for (const [source, target, pause] of cellsOf(this.list, item)) {
      for (const claim of claimsOn(this.list.device, item, matchingIn(indexes, source, target), before)) claims.set(claim.map(({ index }) => index).join(","), claim);
      if (pause) yield;
    }
    const chosen = new Set([...claims.values()].flat());
    for (const one of [...chosen].sort((a, b) => b.index - a.index)) {
      const without = (other: Item): boolean => other === one || !chosen.has(other);
      if ([...claims.values()].every((claim) => !claim.includes(one) || claimCovers(item, claim, without))) chosen.delete(one);
      yield;
    }
    return [...chosen].map(({ index }) => index).sort((a, b) => a - b);
  }
}

/** Whether one rule matches all that another does. */
export function covers({ sides, device }: RuleList, outer: Item, inner: Item): boolean {
  return holds(outer.services, inner.services) && sides.covers(outer.from, inner.from) && sides.covers(outer.to, inner.to) && coversCrossing(device, outer, inner);
}

function firstOfOtherEffect(item: Item, claim: Claim): boolean {
  let undecided = item.services;
  for (const one of claim) {
    if (one.allows !== item.allows && intersectServices(undecided, one.services).length > 0) return true;
    undecided = subtractServices(undecided, one.services);
    if (undecided.length === 0) return false;
  }
  return false;
}
