import { describe, expect, it } from "vitest";
import type { Summary } from "../../shared/analysis/result";
import { compareSummaries, emptyPlanWords, joinCommands, managementWords, progressWords, trend } from "./words";

const summary = (critical: number, high: number, isolated: number, violating: number): Summary => ({
  critical, high, medium: 0, low: 0, info: 2, accepted: 0, tenantPairs: { isolated, permitted: 0, violating, unknown: 0 }, managementExposedTo: [],
});

describe("a plan in words", () => {
  it("compares what there is before or after, and always the two that the plan is about", () => {
    const rows = compareSummaries(summary(3, 0, 0, 2), summary(0, 0, 2, 0));
    expect(rows.map(({ label }) => label)).toEqual(["critical", "high", "info", "isolated tenant pairs", "violating tenant pairs"]);
    expect(rows.map(trend)).toEqual(["better", "same", "same", "better", "better"]);
  });

  it("says of whom it is undecided whether they reach management, and does not call that nobody", () => {
    const name = (id: string): string => id.toUpperCase();
    const words = (exposed: readonly string[], undecidedFor: readonly string[]): string => managementWords({ ...summary(0, 0, 0, 0), managementExposedTo: exposed }, { isDescribed: true, undecidedFor }, name);
    expect(words([], [])).toBe("exposed to no tenant or external network");
    expect(words([], ["b"])).toBe("not decided for B: data is missing");
    expect(words(["a"], ["b"])).toBe("exposed to A; not decided for B: data is missing");
    expect(words(["a", "b", "c", "d", "e", "f", "g", "h"], [])).toBe("exposed to A, B, C, D, E, F, 2 more");
  });

  it("tells how far it has come", () => {
    expect(progressWords({ tried: 1, steps: 0, wanted: 1, open: 1, isPruning: false })).toBe("1 change tried · 0 steps found · 1 of 1 critical or high finding still open");
    expect(progressWords({ tried: 1200, steps: 1, wanted: 12, open: 3, isPruning: true })).toBe("1,200 changes tried · 1 step found · 3 of 12 critical or high findings still open");
  });

  it("calls fewer isolated pairs worse", () => {
    expect(trend({ label: "isolated tenant pairs", before: 2, after: 1, rising: true })).toBe("worse");
  });

  it("tells nothing to do from nothing that can be done", () => {
    expect(emptyPlanWords(summary(0, 0, 2, 0))).toMatch(/^Nothing critical or high is open/);
    expect(emptyPlanWords(summary(1, 0, 0, 2))).toMatch(/^1 critical or high finding is open, but no change/);
  });

  it("joins the commands of one device in a row, and keeps the order", () => {
    const on = (device: string, text: string) => ({ platform: "esxi", on: device, text });
    expect(joinCommands([on("a", "1"), on("a", "2"), on("b", "3"), on("a", "4")])).toEqual([on("a", "1\n2"), on("b", "3"), on("a", "4")]);
  });
});
