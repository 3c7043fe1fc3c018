/** Gives equal lists of numbers one object and one number, so that classes compare by number. */
export class Interner {
  private readonly byContent = new Map<string, number>();
  private readonly byObject = new Map<Int32Array, number>();
  private readonly ofOne = new Map<number, number>();
  readonly lists: Int32Array[] = [];

  /** The number of a list of one, which most are. */
  idOfOne(value: number): number {
    let id = this.ofOne.get(value);
    if (id === undefined) this.ofOne.set(value, (id = this.lists.push(Int32Array.of(value)) - 1));
    return id;
  }

  /** The list of one. */
  one(value: number): Int32Array {
    return this.lists[this.idOfOne(value)] as Int32Array;
  }

  /** The number of a sorted list; do not change the list afterwards. */
  id(list: Int32Array): number {
    if (list.length === 1) return this.idOfOne(list[0] as number);
    const same = this.byObject.get(list);
    if (same !== undefined) return same;
    const key = list.join();
    let id = this.byContent.get(key);
    if (id === undefined) this.byContent.set(key, (id = this.lists.push(list) - 1));
    this.byObject.set(list, id);
    return id;
  }
}

/** A sorted list without repeats. */
export function sortedList(values: Iterable<number>): Int32Array {
  return Int32Array.from(new Set(values)).sort();
}

/** Whether two sorted lists have a number in common. */
export function haveCommon(a: Int32Array, b: Int32Array): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // A short list is looked up in the long one: guest trunks meet access ports all the time.
  if (short.length * 16 < long.length) return short.some((value) => contains(long, value));
  for (let i = 0, j = 0; i < short.length && j < long.length; ) {
    const difference = (short[i] as number) - (long[j] as number);
    if (difference === 0) return true;
    if (difference < 0) i++;
    else j++;
  }
  return false;
}

function contains(list: Int32Array, value: number): boolean {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = list[middle] as number;
    if (at === value) return true;
    if (at < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
