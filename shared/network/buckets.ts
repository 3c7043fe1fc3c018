/** Numbers sorted into numbered buckets, in two arrays of numbers however many buckets there are. */
export class Buckets {
  private readonly starts: Int32Array;
  private readonly sorted: Int32Array;

  /**
   * @param count number of buckets
   * @param bucketOf the bucket of each item; within a bucket items keep their order
   * @param items the numbers of the items; absent: 0, 1, 2 and so on
   */
  constructor(count: number, bucketOf: ArrayLike<number>, items?: ArrayLike<number>) {
    const { length } = bucketOf;
    const starts = new Int32Array(count + 1);
    for (let i = 0; i < length; i++) add(starts, (bucketOf[i] as number) + 1, 1);
    for (let bucket = 0; bucket < count; bucket++) add(starts, bucket + 1, starts[bucket] as number);
    const next = starts.slice();
    const sorted = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      const bucket = bucketOf[i] as number;
      sorted[next[bucket] as number] = items === undefined ? i : (items[i] as number);
      add(next, bucket, 1);
    }
    this.starts = starts;
    this.sorted = sorted;
  }

  /** The one item of a bucket; -1 where it has none or several. */
  sole(bucket: number): number {
    const start = this.starts[bucket] as number;
    return this.starts[bucket + 1] === start + 1 ? (this.sorted[start] as number) : -1;
  }

  of(bucket: number): Int32Array {
    return this.sorted.subarray(this.starts[bucket], this.starts[bucket + 1]);
  }
}

function add(numbers: Int32Array, at: number, more: number): void {
  numbers[at] = (numbers[at] as number) + more;
}
