import { expect, it } from "vitest";
import type { Group, Row } from "../store/findings-list";
import { scrolledTo, sectionsInView, sectionsOf, topOf } from "./sections";

const findings = (count: number, prefix = "f"): Row[] => Array.from({ length: count }, (_, index) => ({ finding: { id: `${prefix}${index}` }, level: 1, place: index + 1, of: count }) as Row);
const groups: Group[] = [{ key: "a", title: "a", rows: findings(1000, "a") }, { key: "b", title: "b", rows: findings(3, "b") }];

it("puts groups below one another", () => {
  expect(sectionsOf(groups).map(({ top, end }) => [top, end])).toEqual([[0, 30_028], [30_028, 30_146]]);
  expect(sectionsOf([{ key: "all", rows: findings(2) }]).map(({ end }) => end)).toEqual([60]);
});

it("makes the rows in sight and a few beyond, however many there are", () => {
  const [top] = sectionsInView(sectionsOf(groups), { top: 0, height: 200 });
  expect([top?.first, top?.rows.length]).toEqual([0, 14]);
  const [middle, ...others] = sectionsInView(sectionsOf(groups), { top: 15_000, height: 200 });
  expect([middle?.first, middle?.rows[0]?.finding.id, others]).toEqual([491, "a491", []]);
  expect(middle?.rows.length).toBeLessThan(30);
  const last = sectionsInView(sectionsOf(groups), { top: 29_946, height: 200 });
  expect(last.map(({ group, rows }) => [group.key, rows.at(-1)?.finding.id])).toEqual([["a", "a999"], ["b", "b2"]]);
});

it("makes a list whole that is not long", () => {
  const short = sectionsInView(sectionsOf([{ key: "a", title: "a", rows: findings(200) }, { key: "b", title: "b", rows: findings(50) }]), { top: 0, height: 100 });
  expect(short.map(({ first, rows }) => [first, rows.length])).toEqual([[0, 200], [0, 50]]);
});

it("knows where a row is and how to show it", () => {
  expect(topOf(sectionsOf(groups), "b1")).toBe(30_086);
  expect(topOf(sectionsOf(groups), "nowhere")).toBeUndefined();
  expect([scrolledTo(300, 0, 200), scrolledTo(300, 290, 200), scrolledTo(300, 200, 200), scrolledTo(0, 50, 200)]).toEqual([130, 272, 200, 0]);
});
