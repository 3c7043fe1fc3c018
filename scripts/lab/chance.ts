/** Choices that a seed decides: the same seed gives the same document on every machine. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** True in this share of all cases. */
  is(share: number): boolean {
    return this.next() < share;
  }

  of<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  /** Between `least` and `most` of the items, in their order, none twice. */
  some<T>(items: readonly T[], least: number, most: number): T[] {
    const wanted = least + this.below(most - least + 1);
    const left = items.map((item, index) => ({ item, index, key: this.next() })).sort((a, b) => a.key - b.key).slice(0, wanted);
    return left.sort((a, b) => a.index - b.index).map(({ item }) => item);
  }

  /** Mulberry32: uniform in [0, 1). */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
