import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineDiff, type Replacement } from "./line-diff";

function applied(before: readonly string[], replacements: readonly Replacement[]): string[] {
  const result = [...before];
  for (const { start, end, lines } of [...replacements].reverse()) result.splice(start, end - start, ...lines);
  return result;
}

const texts = fc.array(fc.constantFrom("a", "b", "c", "}"), { maxLength: 25 });

describe("a difference of lines", () => {
  it("makes the one text of the other, by runs in order that do not touch", () => {
    fc.assert(fc.property(texts, texts, (before, after) => {
      const found = lineDiff(before, after) ?? [];
      expect(applied(before, found)).toEqual(after);
      found.forEach(({ start }, index) => expect(index === 0 || start > (found[index - 1]?.end ?? -1)).toBe(true));
    }), { numRuns: 500 });
  });

  it("is small where little changed", () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `line ${index}`);
    expect(lineDiff(lines, lines.flatMap((line, index) => (index === 5 ? [] : index === 1500 ? [line, "new"] : [line])))).toEqual([{ start: 5, end: 6, lines: [] }, { start: 1501, end: 1501, lines: ["new"] }]);
    expect(lineDiff(lines, lines)).toEqual([]);
    expect(lineDiff(lines, lines.map((line) => `${line}!`))).toBeUndefined();
  });
});
