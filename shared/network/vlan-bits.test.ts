import fc from "fast-check";
import { expect, it } from "vitest";
import { parseVlanList } from "../model/vlan-set";
import { bitsOf, bitsOfList, bitsOfSet, difference, EVERYTHING, hasBit, intersection, isEmpty, listBits, meet, NO_BITS, oneBit, setOfBits, TAGS, union } from "./vlan-bits";

const vlans = fc.uniqueArray(fc.integer({ min: 0, max: 4094 }), { maxLength: 60 }).map((list) => list.sort((a, b) => a - b));

it("list what was put in, in order", () => {
  fc.assert(fc.property(vlans, (list) => {
    expect(listBits(bitsOf(...list))).toEqual(list);
  }));
});

it("agree with sets of numbers", () => {
  fc.assert(fc.property(vlans, vlans, (a, b) => {
    const [left, right] = [bitsOf(...a), bitsOf(...b)];
    expect(listBits(union(left, right))).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
    expect(listBits(intersection(left, right))).toEqual(a.filter((vlan) => b.includes(vlan)));
    expect(listBits(difference(left, right))).toEqual(a.filter((vlan) => !b.includes(vlan)));
    expect(meet(left, right)).toBe(a.some((vlan) => b.includes(vlan)));
    expect(isEmpty(left)).toBe(a.length === 0);
    expect(a.every((vlan) => hasBit(left, vlan))).toBe(true);
  }));
});

it("turn into intervals and back, but for VLAN 0", () => {
  expect(setOfBits(bitsOf(0, 1, 2, 3, 10, 4094))).toEqual([1, 3, 10, 10, 4094, 4094]);
  expect(bitsOfSet(parseVlanList("1-3,10") ?? [])).toEqual(bitsOf(1, 2, 3, 10));
  expect(setOfBits(NO_BITS)).toEqual([]);
});

it("share one object for one VLAN and for one text", () => {
  expect(oneBit(10)).toBe(bitsOf(10));
  expect(bitsOfList("10,20")).toBe(bitsOfList("10,20"));
  expect(bitsOfList("all")).toBe(TAGS);
  expect(bitsOfList("nonsense")).toEqual(NO_BITS);
});

it("count 4,094 tags, and untagged besides", () => {
  expect(listBits(TAGS)).toHaveLength(4094);
  expect(listBits(EVERYTHING)).toHaveLength(4095);
});
