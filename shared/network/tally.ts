/** Counts by key, which mostly are of one key: a map is made for the second. */
export class Tally<Key extends number | object> {
  private first: Key | undefined;
  private count = 0;
  private others: Map<Key, number> | undefined;

  get size(): number {
    return (this.first === undefined ? 0 : 1) + (this.others?.size ?? 0);
  }

  get(key: Key): number {
    return this.first === key ? this.count : (this.others?.get(key) ?? 0);
  }

  /** A key whose count comes to nothing is forgotten. */
  add(key: Key, change: number): void {
    if (this.first === key || (this.first === undefined && this.others?.has(key) !== true)) {
      this.count = this.get(key) + change;
      this.first = this.count === 0 ? undefined : key;
      return;
    }
    this.others ??= new Map<Key, number>();
    const count = (this.others.get(key) ?? 0) + change;
    if (count === 0) this.others.delete(key);
    else this.others.set(key, count);
  }

  forEach(visit: (key: Key) => void): void {
    if (this.first !== undefined) visit(this.first);
    this.others?.forEach((_, key) => visit(key));
  }

  *keys(): Generator<Key> {
    if (this.first !== undefined) yield this.first;
    if (this.others !== undefined) yield* this.others.keys();
  }
}
