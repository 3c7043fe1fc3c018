/** Sets of VLAN ids 0–4094 as bits, for the walk: 128 words of 32. VLAN 0 stands for untagged. Treat as immutable once shared. */
import { ALL_VLANS, MAX_VLAN, parseVlanList, type VlanSet } from "../model/vlan-set";

export type VlanBits = Uint32Array;

const WORDS = 128;

export const NO_BITS: VlanBits = new Uint32Array(WORDS);

export function newBits(): VlanBits {
  return new Uint32Array(WORDS);
}

export function hasBit(bits: VlanBits, vlan: number): boolean {
  return (((bits[vlan >>> 5] as number) >>> (vlan & 31)) & 1) === 1;
}

export function addBit(bits: VlanBits, vlan: number): void {
  bits[vlan >>> 5] = (bits[vlan >>> 5] as number) | (1 << (vlan & 31));
}

const singles: (VlanBits | undefined)[] = [];

/** The set of one VLAN; the same object for the same VLAN, so that thousands of access ports share it. */
export function oneBit(vlan: number): VlanBits {
  const known = singles[vlan];
  if (known !== undefined) return known;
  const bits = newBits();
  addBit(bits, vlan);
  singles[vlan] = bits;
  return bits;
}

export function bitsOf(...vlans: number[]): VlanBits {
  if (vlans.length === 1) return oneBit(vlans[0] as number);
  const bits = newBits();
  for (const vlan of vlans) addBit(bits, vlan);
  return bits;
}

/** The bits of a set in interval form. */
export function bitsOfSet(set: VlanSet): VlanBits {
  const bits = newBits();
  for (let i = 0; i + 1 < set.length; i += 2) addRange(bits, set[i] as number, set[i + 1] as number);
  return bits;
}

/** Adds every VLAN from `first` to `last`. */
function addRange(bits: VlanBits, first: number, last: number): void {
  for (let word = first >>> 5; word <= last >>> 5; word++) {
    const low = word === first >>> 5 ? first & 31 : 0, high = word === last >>> 5 ? last & 31 : 31;
    bits[word] = (bits[word] as number) | ((0xffffffff << low) & (0xffffffff >>> (31 - high)));
  }
}

/** VLANs 1–4094. */
export const TAGS: VlanBits = bitsOfSet(ALL_VLANS);
/** VLANs 0–4094: every tag, and untagged. */
export const EVERYTHING: VlanBits = union(TAGS, oneBit(0));

const lists = new Map<string, VlanBits>([["all", TAGS]]);
const LISTS_KEPT = 4096;

/** The bits of a written list such as `10,20-29` or `all`; the same object for the same text. Empty where the text is no list (parsing refuses such documents). */
export function bitsOfList(text: string): VlanBits {
  const known = lists.get(text);
  if (known !== undefined) return known;
  const bits = bitsOfSet(parseVlanList(text) ?? []);
  if (lists.size >= LISTS_KEPT) lists.clear();
  lists.set(text, bits);
  return bits;
}

export function union(a: VlanBits, b: VlanBits): VlanBits {
  const bits = newBits();
  for (let i = 0; i < WORDS; i++) bits[i] = (a[i] as number) | (b[i] as number);
  return bits;
}

export function intersection(a: VlanBits, b: VlanBits): VlanBits {
  const bits = newBits();
  for (let i = 0; i < WORDS; i++) bits[i] = (a[i] as number) & (b[i] as number);
  return bits;
}

/** What is in `a` and not in `b`. */
export function difference(a: VlanBits, b: VlanBits): VlanBits {
  const bits = newBits();
  for (let i = 0; i < WORDS; i++) bits[i] = (a[i] as number) & ~(b[i] as number);
  return bits;
}

export function meet(a: VlanBits, b: VlanBits): boolean {
  for (let i = 0; i < WORDS; i++) if (((a[i] as number) & (b[i] as number)) !== 0) return true;
  return false;
}

/** Whether every VLAN of `b` is in `a`. */
export function containsAll(a: VlanBits, b: VlanBits): boolean {
  for (let i = 0; i < WORDS; i++) if (((b[i] as number) & ~(a[i] as number)) !== 0) return false;
  return true;
}

export function isEmpty(bits: VlanBits): boolean {
  return bits.every((word) => word === 0);
}

/** The VLANs of the set in ascending order. */
export function listBits(bits: VlanBits): number[] {
  const vlans: number[] = [];
  for (let i = 0; i < WORDS; i++) {
    let word = bits[i] as number;
    while (word !== 0) {
      const lowest = word & -word;
      vlans.push(i * 32 + 31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
  return vlans;
}

/** The set in interval form, to be written with `formatVlanList`; VLAN 0 is left out. */
export function setOfBits(bits: VlanBits): VlanSet {
  const set: number[] = [];
  for (const vlan of listBits(bits)) {
    if (vlan === 0 || vlan > MAX_VLAN) continue;
    if (set.length > 0 && set[set.length - 1] === vlan - 1) set[set.length - 1] = vlan;
    else set.push(vlan, vlan);
  }
  return set;
}
