import { expect, it } from "vitest";
import { COVERAGE } from "./coverage";
import { RULES } from "./index";

const topics = COVERAGE.flatMap((chapter) => chapter.topics);

it("names rules that exist, and every rule", () => {
  const named = new Set(topics.flatMap(({ rules }) => rules));
  expect([...named].sort()).toEqual(RULES.map(({ id }) => id).sort());
});

it("says of every topic which rules check it or what is recorded instead", () => {
  expect(topics.filter(({ rules, note }) => rules.length === 0 && note === undefined)).toEqual([]);
});
