/** Which items are in which bucket, while items go from one to another. */
import { Buckets } from "./buckets";

/** A look through all items costs as much as a few of these. */
const SCANS = 8;

export class Roll {
  private readonly lists: (readonly number[] | Int32Array | undefined)[] = [];
  private buckets: Buckets | undefined;
  /** How many buckets have been looked up one by one since items last moved; at first all are wanted. */
  private scans = SCANS;

  /** @param bucketOf the bucket of each item; its owner says when it changes */
  constructor(private readonly bucketOf: Int32Array, private readonly count: () => number) {}

  /** The items of a bucket, ascending. */
  of(bucket: number): readonly number[] | Int32Array {
    return (this.lists[bucket] ??= this.list(bucket));
  }

  /** Items have left or entered these. */
  changed(buckets: Iterable<number>): void {
    for (const bucket of buckets) this.lists[bucket] = undefined;
    this.buckets = undefined;
    this.scans = 0;
  }

  private list(bucket: number): readonly number[] | Int32Array {
    // After a change few are asked for again.
    if (this.buckets === undefined && this.scans < SCANS) return this.scan(bucket);
    return (this.buckets ??= new Buckets(this.count(), this.bucketOf)).of(bucket);
  }

  private scan(bucket: number): number[] {
    this.scans += 1;
    const found: number[] = [];
    for (let item = this.bucketOf.indexOf(bucket); item !== -1; item = this.bucketOf.indexOf(bucket, item + 1)) found.push(item);
    return found;
  }
}
