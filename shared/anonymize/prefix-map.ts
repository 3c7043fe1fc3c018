/**
 * Maps addresses of one family to others so that any two have as many leading bits in common as before: subnets, overlaps and
 * containment stay what they are (as Crypto-PAn does; Xu, Fan, Ammar and Moon, 2002). Unlike there, the order of addresses inside a written subnet
 * stays too, and so do the blocks that mean something to everybody, such as the private ones.
 *
 * A bit is turned over or not by what comes before it. It stays where turning would change the order inside a subnet (both values of the
 * bit occur there), and on the way into a block that stays.
 */
interface Branch {
  zero?: Branch;
  one?: Branch;
  /** Bits below belong to the hosts of a written subnet. */
  subnet?: true;
  /** The next bit stays. */
  fixed?: true;
}

/** Whether the bit after a prefix is turned over; any function of both that looks random. */
export type Coin = (prefix: bigint, length: number) => boolean;

export class PrefixMap {
  private readonly root: Branch = {};

  /** @param bits 32 or 128 */
  constructor(private readonly bits: number, private readonly coin: Coin) {}

  /** The addresses of a block stay in it. */
  fix(address: bigint, prefix: number): void {
    this.walk(address, prefix, (branch) => {
      branch.fixed = true;
    });
  }

  /** An address that is to be mapped. */
  add(address: bigint): void {
    this.walk(address, this.bits);
  }

  /** A written subnet: its first and last address stay the first and the last, as they mean the network and everybody. */
  addSubnet(address: bigint, prefix: number): void {
    this.walk(address, prefix).subnet = true;
    const rest = BigInt(this.bits - prefix), hosts = (1n << rest) - 1n, low = (address >> rest) << rest;
    for (const edge of [low, low | hosts]) {
      this.walk(edge, this.bits, (branch, depth) => {
        if (depth >= prefix) branch.fixed = true;
      });
    }
  }

  /** A block that is to be mapped as a whole. */
  addBlock(address: bigint, prefix: number): void {
    this.walk(address, prefix);
  }

  /** The image of the first `length` bits; those after them stay. All of them must have been added. */
  image(address: bigint, length = this.bits): bigint {
    let result = 0n, inSubnet = false, branch: Branch | undefined = this.root;
    for (let depth = 0; depth < length; depth++) {
      const bit: bigint = (address >> BigInt(this.bits - 1 - depth)) & 1n;
      inSubnet ||= branch?.subnet === true;
      const both: boolean = branch?.zero !== undefined && branch.one !== undefined;
      const stays: boolean = branch?.fixed === true || (both && inSubnet);
      result = (result << 1n) | (stays || !this.coin(depth === 0 ? 0n : address >> BigInt(this.bits - depth), depth) ? bit : 1n - bit);
      branch = bit === 0n ? branch?.zero : branch?.one;
    }
    const rest = BigInt(this.bits - length);
    return (result << rest) | (address & ((1n << rest) - 1n));
  }

  private walk(address: bigint, length: number, visit?: (branch: Branch, depth: number) => void): Branch {
    let branch = this.root;
    for (let depth = 0; depth < length; depth++) {
      visit?.(branch, depth);
      branch = ((address >> BigInt(this.bits - 1 - depth)) & 1n) === 0n ? (branch.zero ??= {}) : (branch.one ??= {});
    }
    return branch;
  }
}
