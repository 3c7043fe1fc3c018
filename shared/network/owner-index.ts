/** Finds ends by id and by owner, through a hash table of numbers: a map of tens of thousands of strings costs ten times as much. */
import type { End } from "./types";

const FREE = -1;

export class OwnerIndex {
  /** Open addressing with linear probing. The first end of each run of ends of one owner; an owner mostly has one run. */
  private readonly slots: Int32Array;

  /** @param ends sorted by id */
  constructor(private readonly ends: readonly End[]) {
    let size = 16;
    while (size < 2 * ends.length) size *= 2;
    this.slots = new Int32Array(size).fill(FREE);
    ends.forEach((end, at) => {
      if (at === 0 || end.owner !== ends[at - 1]?.owner) this.slots[this.free(end.owner)] = at;
    });
  }

  end(id: string): End | undefined {
    // Only nics and interfaces have their owner before the last slash; the owner of every other end is the end.
    const slash = id.lastIndexOf("/");
    return this.find(id, id) ?? (slash < 0 ? undefined : this.find(id.slice(0, slash), id));
  }

  /** Sorted by id. */
  endsOf(owner: string): readonly End[] {
    const found: End[] = [];
    this.eachRun(owner, (start, end) => {
      for (let at = start; at < end; at++) found.push(this.ends[at] as End);
    });
    return found;
  }

  private find(owner: string, id: string): End | undefined {
    let found: End | undefined;
    this.eachRun(owner, (start, end) => {
      let [low, high] = [start, end];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((this.ends[middle] as End).id < id) low = middle + 1;
        else high = middle;
      }
      if (low < end && this.ends[low]?.id === id) found = this.ends[low];
    });
    return found;
  }

  private eachRun(owner: string, visit: (start: number, end: number) => void): void {
    for (let slot = this.first(owner); this.slots[slot] !== FREE; slot = this.next(slot)) {
      const start = this.slots[slot] as number;
      let end = start;
      while (this.ends[end]?.owner === owner) end++;
      if (end > start) visit(start, end);
    }
  }

  private free(owner: string): number {
    let slot = this.first(owner);
    while (this.slots[slot] !== FREE) slot = this.next(slot);
    return slot;
  }

  private next(slot: number): number {
    return (slot + 1) & (this.slots.length - 1);
  }

  /** FNV-1a. */
  private first(text: string): number {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    // The last bits of the hash vary less than the rest.
    return (hash ^ (hash >>> 15)) & (this.slots.length - 1);
  }
}
