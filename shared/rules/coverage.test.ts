import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COVERAGE, FAMILIES, linesOf } from "./coverage";
import { RULES } from "./index";

const topics = COVERAGE.flatMap((chapter) => chapter.topics);
const ids = RULES.map(({ id }) => id);

/** The subject lies beside the checkout; where it does not, this is all that there is to say. */
const SUBJECT = new URL("../../../shared/spec/virtualization-security.txt", import.meta.url);

it("names rules that exist, and every rule", () => {
  const named = new Set(topics.flatMap(({ rules }) => rules));
  expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
});

it("names every family, and only families", () => {
  expect([...new Set(ids.map((id) => id.split("-")[0]))]).toEqual(FAMILIES);
  expect(topics.flatMap(({ families = [] }) => families).filter((family) => !FAMILIES.includes(family))).toEqual([]);
});

it("says of every topic which rules check it, or why none does", () => {
  expect(topics.filter(({ rules, families = [], note }) => rules.length === 0 && families.length === 0 && note === undefined)).toEqual([]);
});

it("has every line once, in order", () => {
  const lines = topics.flatMap(linesOf);
  expect(lines).toEqual(Array.from({ length: lines.length }, (_, index) => index + 1));
});

it.skipIf(!existsSync(SUBJECT))("has every line of the subject, which lies beside the checkout", () => {
  const lines = readFileSync(SUBJECT, "utf8").replace(/\n$/, "").split("\n");
  expect(topics.flatMap(linesOf)).toHaveLength(lines.length);
});
