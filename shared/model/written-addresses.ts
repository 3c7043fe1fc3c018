/** The addresses written in a document, sorted once, so that a block's parties are found by binary search. */
import { parseCidr, type AddressRange, type Cidr } from "./address";

interface Entry {
  /** Absent for routers and firewalls, which are no parties. */
  readonly party: string | undefined;
  readonly cidr: Cidr;
}

export class WrittenAddresses {
  private entries: Entry[] = [];
  private sorted = true;
  /** Every written subnet as `family/prefix/low`. */
  private readonly blocks = new Set<string>();

  /** Adds what parses; the rest is refused elsewhere. */
  add(party: string | undefined, addresses: readonly string[] = []): void {
    for (const cidr of addresses.map(parseCidr)) {
      if (cidr === undefined) continue;
      this.entries.push({ party, cidr });
      this.blocks.add(key(cidr.family, cidr.prefix, cidr.low));
      this.sorted = false;
    }
  }

  /** The parties with an address in the block. */
  partiesIn(block: AddressRange): Set<string> {
    const parties = new Set<string>();
    for (let i = this.firstFrom(block); i < this.entries.length && isIn(this.entries[i] as Entry, block); i += 1) {
      const { party } = this.entries[i] as Entry;
      if (party !== undefined) parties.add(party);
    }
    return parties;
  }

  /** Whether a written subnet lies in the block or around it. Two blocks nest or are disjoint. */
  overlaps(block: Cidr): boolean {
    const first = this.entries[this.firstFrom(block)];
    if (first !== undefined && isIn(first, block)) return true;
    const bits = block.family === 4 ? 32n : 128n;
    for (let prefix = 0; prefix <= block.prefix; prefix += 1) {
      const shift = bits - BigInt(prefix);
      if (this.blocks.has(key(block.family, prefix, (block.low >> shift) << shift))) return true;
    }
    return false;
  }

  /** The index of the first entry whose address is not below the range. */
  private firstFrom(range: AddressRange): number {
    if (!this.sorted) this.entries.sort((a, b) => compare(a.cidr.family, a.cidr.address, b.cidr));
    this.sorted = true;
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(range.family, range.low, (this.entries[middle] as Entry).cidr) > 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isIn({ cidr }: Entry, range: AddressRange): boolean {
  return cidr.family === range.family && cidr.address <= range.high;
}

function compare(family: number, value: bigint, other: Cidr): number {
  if (family !== other.family) return family - other.family;
  return value < other.address ? -1 : value > other.address ? 1 : 0;
}

function key(family: number, prefix: number, low: bigint): string {
  return `${family}/${prefix}/${low}`;
}
