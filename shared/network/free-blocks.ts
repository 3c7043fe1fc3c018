/** Which blocks of a family of CIDR blocks hold an address that neither a smaller block of it nor a taken one holds. */
import { rangeContains, rangeHas, type Cidr } from "../model/address";
import { formatIp, parseIp, type IpAddress } from "../model/ip";

interface Node {
  readonly block: Cidr;
  readonly taken: boolean;
  /** Addresses that no block inside holds. */
  free: bigint;
}

/**
 * The given blocks, and the whole of each family, in which an address is left that lies in no smaller given block and in no taken
 * one. CIDR blocks nest or are disjoint, so one pass over them in order with a stack of the blocks around is enough.
 */
export function freeBlocks(blocks: readonly Cidr[], taken: readonly Cidr[]): Cidr[] {
  const free: Cidr[] = [];
  const stack: Node[] = [];
  const close = (): void => {
    const node = stack.pop();
    if (node !== undefined && !node.taken && node.free > 0n) free.push(node.block);
  };
  for (const { block, isTaken } of ordered(blocks, taken)) {
    while (stack.length > 0 && !rangeContains((stack.at(-1) as Node).block, block)) close();
    const parent = stack.at(-1);
    // Inside a taken block nothing is free, and a block seen before counts once.
    if (parent !== undefined && (parent.taken || same(parent.block, block))) continue;
    if (parent !== undefined) parent.free -= size(block);
    stack.push({ block, taken: isTaken, free: size(block) });
  }
  while (stack.length > 0) close();
  return free;
}

/** Documentation addresses (RFC 5737, RFC 3849), which readers know for examples. */
const EXAMPLES: readonly IpAddress[] = ["203.0.113.7", "2001:db8::7", "198.51.100.7", "192.0.2.7", "2001:db8:1::7"].map(parseIp).filter((ip) => ip !== undefined);

/** An address of a block that lies in none of the others inside it. Of documentation addresses, the one of that place in their list if it can be had. */
export function addressIn(block: Cidr, others: readonly Cidr[], place = 0): string | undefined {
  const holes = others.filter((other) => rangeContains(block, other) && !same(block, other)).sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  const example = [...EXAMPLES.slice(place), ...EXAMPLES].find((ip) => rangeHas(block, ip) && !holes.some((hole) => rangeHas(hole, ip)));
  if (example !== undefined) return formatIp(example);
  // The first address of a block names it.
  let value = size(block) > 2n ? block.low + 1n : block.low;
  for (const hole of holes) if (hole.low <= value && value <= hole.high) value = hole.high + 1n;
  return value > block.high ? undefined : formatIp({ family: block.family, value });
}

/** By family and first address, the larger block first; of two equal ones the taken one first. */
function ordered(blocks: readonly Cidr[], taken: readonly Cidr[]): { block: Cidr; isTaken: boolean }[] {
  // Numbers compare much faster than bigints, and most tell two addresses apart.
  const entry = (block: Cidr, isTaken: boolean) => ({ block, isTaken, about: Number(block.low) });
  const all = [...blocks, whole(4), whole(6)].map((block) => entry(block, false)).concat(taken.map((block) => entry(block, true)));
  return all.sort((a, b) => {
    if (a.block.family !== b.block.family) return a.block.family - b.block.family;
    if (a.about !== b.about) return a.about - b.about;
    if (a.block.low !== b.block.low) return a.block.low < b.block.low ? -1 : 1;
    if (a.block.prefix !== b.block.prefix) return a.block.prefix - b.block.prefix;
    return Number(b.isTaken) - Number(a.isTaken);
  });
}

function whole(family: 4 | 6): Cidr {
  return { family, address: 0n, prefix: 0, low: 0n, high: (1n << (family === 4 ? 32n : 128n)) - 1n };
}

function same(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.low === b.low && a.prefix === b.prefix;
}

function size(block: Cidr): bigint {
  return block.high - block.low + 1n;
}
