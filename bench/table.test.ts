import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CANVAS_FIGURES, FIGURES, meets } from "./figures";
import { figureTable, formatFigure, replaceFigures } from "./table";

it("has a row for each figure that was measured, with its goal and whether it is met", () => {
  const table = figureTable({ z3OverQuery5k: 28_123.4, growth10kTo40k: 5.678, traceMs40k: 0.0123, unknown: 1 });
  expect(table.split("\n").slice(2)).toEqual([
    "| Full analysis of 40k VMs over that of 10k, default deny | `growth10kTo40k` | 5.68 × | ≤ 5 × | **missed** |",
    "| One trace between two of 40k VMs, compiling excluded | `traceMs40k` | 0.0123 ms |  |  |",
    "| z3, one question to an ACL of 5,000 rules, over ours | `z3OverQuery5k` | 28,123 × | ≥ 1,000 × | met |",
    "",
  ]);
});

it("counts a goal as met where it is just reached", () => {
  expect(meets({ key: "a", what: "", unit: "×", goal: { atMost: 3 } }, 3)).toBe(true);
  expect(meets({ key: "a", what: "", unit: "×", goal: { atLeast: 3 } }, 2.99)).toBe(false);
  expect(meets({ key: "a", what: "", unit: "×" }, 3)).toBeUndefined();
});

it("shows three digits that count", () => {
  expect([0.12345, 3, 12.345, 99.96, 1234.5].map(formatFigure)).toEqual(["0.123", "3", "12.3", "100", "1,235"]);
});

it("replaces what is between the markers only", () => {
  const document = readFileSync(new URL("../docs/performance.md", import.meta.url), "utf8");
  const once = replaceFigures(document, "| one |\n");
  expect(once).toContain("| one |");
  expect(replaceFigures(once, figureTable({}))).toBe(replaceFigures(document, figureTable({})));
  expect(() => replaceFigures("# Nothing", "")).toThrow("no place");
});

it("has a place for the figures of each benchmark", () => {
  const document = readFileSync(new URL("../docs/performance.md", import.meta.url), "utf8");
  const canvas = replaceFigures(document, "| canvas |\n", "npm run bench:canvas");
  expect(replaceFigures(canvas, "| one |\n").indexOf("| one |")).toBeLessThan(canvas.indexOf("| canvas |"));
});

it("names every figure once", () => {
  const all = [...FIGURES, ...CANVAS_FIGURES];
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
});
