import fc from "fast-check";
import { expect, it } from "vitest";
import { haveCommon, Interner, sortedList } from "./interner";

it("gives equal lists one number", () => {
  const lists = new Interner();
  const first = lists.id(Int32Array.of(1, 2));
  expect(lists.id(Int32Array.of(1, 2))).toBe(first);
  expect(lists.id(Int32Array.of(1))).toBe(lists.idOfOne(1));
  expect(lists.id(Int32Array.of(12))).not.toBe(first);
  expect([...(lists.lists[first] ?? [])]).toEqual([1, 2]);
});

it("finds a common number of two sorted lists, however long", () => {
  const list = fc.array(fc.nat(400), { maxLength: 120 });
  fc.assert(fc.property(list, list, (a, b) => {
    expect(haveCommon(sortedList(a), sortedList(b))).toBe(a.some((value) => b.includes(value)));
  }));
});
