import fc from "fast-check";
import { expect, it } from "vitest";
import { countMembers } from "./json-members";

const count = (text: string, deepest = 100): number | undefined => countMembers(new TextEncoder().encode(text), deepest);

it("counts the members of every JSON text, however it is laid out", () => {
  const members = (value: unknown): number =>
    (typeof value !== "object" || value === null ? 0 : Object.values(value).reduce((sum: number, child) => sum + members(child), Array.isArray(value) ? 0 : Object.keys(value).length));
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, "\t"), (value, indent) => {
    expect(count(JSON.stringify(value, null, indent))).toBe(members(value));
  }));
});

it("counts a key each time that it is there, and nothing inside strings", () => {
  expect(count('{"a" : 1, "a": 2, "\\u0061":3}')).toBe(3);
  expect(count('{":{[\\":\\\\": "é:\ud83d\ude00:"}')).toBe(1);
});

it("says where nesting is deeper than asked for, and ends on any text", () => {
  expect(count("[[[]]]", 3)).toBe(0);
  expect(count("[[[{}]]]", 3)).toBeUndefined();
  expect(count('["[[[[[["]', 1)).toBe(0);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const found = count(text);
    expect(found === undefined || found <= text.length).toBe(true);
  }));
});
