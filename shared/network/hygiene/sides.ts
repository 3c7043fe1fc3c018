/** The `from` and `to` lists of rules as sets of points, each list once. */
import type { RuleSpace } from "./space";

export interface Side {
  readonly id: number;
  /** Ascending. Left out for `any`, which holds every point. */
  readonly points: Int32Array;
  readonly any: boolean;
  /** Holds an end that may use any address, whichever it uses. */
  readonly free: boolean;
  /** Holds an address, whoever uses it. */
  readonly address: boolean;
}

/** More than the number of lists of any document; two numbers below it are one key. */
const MOST_SIDES = 67_108_864;

export class Sides {
  readonly all: Side[] = [];
  private readonly byKey = new Map<string, Side>();
  private readonly inclusions = new Map<number, boolean>();

  constructor(private readonly space: RuleSpace) {}

  /** The side of a list of selectors; absent means any. */
  of(selectors: readonly string[] | undefined): Side {
    const any = selectors === undefined || selectors.includes("any");
    const labels = any ? [] : this.space.labels.set(selectors.map((text) => this.space.labels.get(text)).filter((label) => label !== undefined)).labels;
    const key = any ? "any" : labels.join(",");
    let side = this.byKey.get(key);
    if (side === undefined) {
      const points = labels.length === 1 ? Int32Array.from(this.space.pointsOf(labels[0] as number)) : Int32Array.from(new Set(labels.flatMap((label) => this.space.pointsOf(label)))).sort();
      side = { id: this.all.length, points, any, free: any || labels.some((label) => this.space.isFree(label)), address: any || points.some((point) => this.space.isAddress(point)) };
      this.byKey.set(key, side);
      this.all.push(side);
    }
    return side;
  }

  isEmpty({ any, points }: Side): boolean {
    return !any && points.length === 0;
  }

  /** Whether the first holds every point of the second. */
  covers(outer: Side, inner: Side): boolean {
    if (outer.any || outer === inner) return true;
    if (inner.any ? outer.points.length < this.space.size : outer.points.length < inner.points.length) return false;
    if (inner.any) return true;
    const key = outer.id * MOST_SIDES + inner.id;
    let known = this.inclusions.get(key);
    if (known === undefined) this.inclusions.set(key, (known = includesAll(outer.points, inner.points)));
    return known;
  }
}

/** Whether a sorted list holds every number of another. */
function includesAll(outer: Int32Array, inner: Int32Array): boolean {
  return inner.every((point) => {
    const at = firstFrom(outer, point);
    return outer[at] === point;
  });
}

/** The index of the first number that is not below the bound, in a sorted list. */
export function firstFrom(sorted: ArrayLike<number>, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
