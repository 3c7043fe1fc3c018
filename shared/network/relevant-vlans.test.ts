import fc from "fast-check";
import { expect, it } from "vitest";
import { relevantVlans } from "./relevant-vlans";
import { bitsOf, bitsOfList, hasBit, TAGS } from "./vlan-bits";

it("are VLAN 0, every VLAN of a short list, and one for all the others", () => {
  expect(relevantVlans([])).toEqual([0, 1]);
  expect(relevantVlans([bitsOf(10), bitsOfList("20-22"), TAGS])).toEqual([0, 1, 10, 20, 21, 22]);
});

it("are one for each kind that long lists tell apart", () => {
  expect(relevantVlans([bitsOfList("100-999"), bitsOfList("500-1999")])).toEqual([0, 1, 100, 500, 1000]);
});

it("stand for every VLAN: each is in the same lists as one of them", () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 4094 }), fc.nat(3000)).map(([low, more]) => bitsOfList(`${low}-${Math.min(4094, low + more)}`));
  fc.assert(fc.property(fc.array(range, { maxLength: 6 }), (sets) => {
    const signature = (vlan: number): string => sets.map((bits) => Number(hasBit(bits, vlan))).join("");
    const kinds = new Set(relevantVlans(sets).filter((vlan) => vlan > 0).map(signature));
    for (let vlan = 1; vlan <= 4094; vlan += 7) expect(kinds.has(signature(vlan))).toBe(true);
  }), { numRuns: 30 });
});

it("stay exact over thousands of different lists", () => {
  const sets = Array.from({ length: 3000 }, (_, at) => bitsOfList(`${at + 1}-${at + 1000}`));
  expect(relevantVlans(sets)).toHaveLength(4001); // 0, 1–3999 each apart, and one for 4000–4094
});
