/**
 * The VLANs that need looking at. VLANs that no port tells apart behave alike, so one of them stands for all: a guest trunk of
 * 4,094 VLANs in a document that names five costs six.
 */
import { addBit, containsAll, hasBit, listBits, newBits, TAGS, type VlanBits } from "./vlan-bits";

const LAST_VLAN = 4094;
/** Lists up to this long are looked at VLAN by VLAN, since somebody wrote those numbers on purpose. */
const NAMED_UP_TO = 64;

/** VLAN 0, every VLAN of a short list, and the smallest of each kind that the long lists tell apart; ascending. */
export function relevantVlans(sets: Iterable<VlanBits>): number[] {
  const named = newBits();
  addBit(named, 0);
  const kind = new Int32Array(LAST_VLAN + 1);
  let kinds = 1;
  for (const bits of new Set(sets)) {
    // A set of all tells none apart.
    if (containsAll(bits, TAGS)) continue;
    const vlans = listBits(bits);
    if (vlans.length <= NAMED_UP_TO) vlans.forEach((vlan) => addBit(named, vlan));
    else kinds = split(kind, kinds, vlans);
  }
  const seen = new Set<number>();
  for (let vlan = 1; vlan <= LAST_VLAN; vlan++) {
    if (hasBit(named, vlan) || seen.has(kind[vlan] as number)) continue;
    seen.add(kind[vlan] as number);
    addBit(named, vlan);
  }
  return listBits(named);
}

/** Gives the VLANs of a set new kinds, one for each kind that they were of; returns the number of kinds in use. */
function split(kind: Int32Array, kinds: number, vlans: readonly number[]): number {
  const renamed = new Int32Array(kinds).fill(-1);
  let next = kinds;
  for (const vlan of vlans) {
    const old = kind[vlan] as number;
    if (renamed[old] === -1) renamed[old] = next++;
    kind[vlan] = renamed[old] as number;
  }
  // Kept small: a long document has thousands of lists.
  return next > 4 * LAST_VLAN ? renumber(kind) : next;
}

function renumber(kind: Int32Array): number {
  const numbers = new Map<number, number>();
  kind.forEach((old, vlan) => {
    if (!numbers.has(old)) numbers.set(old, numbers.size);
    kind[vlan] = numbers.get(old) as number;
  });
  return numbers.size;
}
