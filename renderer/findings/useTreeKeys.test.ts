import { expect, it } from "vitest";
import type { Finding } from "../../shared/analysis/result";
import type { Fold, Row } from "../store/findings-list";
import { step } from "./useTreeKeys";

const finding = (id: string): Finding => ({ id }) as Finding;
const [cause, child, alone] = [finding("cause"), finding("child"), finding("alone")];
const row = (own: Finding, more: Partial<Row> = {}): Row => ({ finding: own, level: 1, place: 1, of: 2, ...more });
const fold = (open: boolean): Fold => ({ id: "root", open, alike: 0, following: 1, worst: "high" });
const folded = [row(cause, { fold: fold(false) }), row(alone)];
const open = [row(cause, { fold: fold(true) }), row(child, { level: 2, parent: cause }), row(alone)];

it("goes up and down through what is in sight, and to both ends", () => {
  const to = (rows: readonly Row[], index: number, key: string) => step(rows, index, key)?.row?.finding.id;
  expect([to(folded, -1, "ArrowDown"), to(folded, 0, "ArrowDown"), to(folded, 1, "ArrowDown")]).toEqual(["cause", "alone", "alone"]);
  expect([to(open, 2, "ArrowUp"), to(open, 0, "ArrowUp"), to(open, 2, "Home"), to(open, 0, "End")]).toEqual(["child", "cause", "cause", "alone"]);
});

it("unfolds with right and goes in, folds with left after going out", () => {
  expect(step(folded, 0, "ArrowRight")).toEqual({ toggle: "root" });
  expect(step(open, 0, "ArrowRight")?.row?.finding.id).toBe("child");
  expect(step(open, 1, "ArrowLeft")?.row?.finding.id).toBe("cause");
  expect(step(open, 0, "ArrowLeft")).toEqual({ toggle: "root" });
  expect(step(folded, 1, "ArrowRight")).toEqual({});
  expect(step(folded, 0, "Enter")).toEqual({ toggle: "root" });
  expect(step(folded, 0, "x")).toBeUndefined();
});
