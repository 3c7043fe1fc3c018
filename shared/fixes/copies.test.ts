import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import type { Edit } from "../analysis/result";
import { flawedScenario, TODAY } from "../rules/testing";
import { evaluateWith } from "./effect";

const start = () => evaluate(flawedScenario(), { today: TODAY });
const clipboard = (value: boolean): Edit[] => [{ op: "replace", path: "/vms/a-web/guest/clipboard", value }];

describe("copies of one document", () => {
  it("that are equal are analysed once, whatever edits lead to them", () => {
    const before = start();
    const off = evaluateWith(before, clipboard(false));
    expect(off?.findings.some(({ id }) => id === "VM-001:a-web")).toBe(false);
    expect(evaluateWith(before, clipboard(false))).toBe(off);
    if (off === undefined) throw new Error("the edits do not apply");
    expect(evaluateWith(off, clipboard(true))).toBe(before);
  });

  it("that differ are analysed each, and those of another document apart", () => {
    const before = start();
    const off = evaluateWith(before, clipboard(false));
    expect(evaluateWith(before, [...clipboard(false), { op: "replace", path: "/vms/a-db/guest/clipboard", value: false }])).not.toBe(off);
    expect(evaluateWith(start(), clipboard(false))).not.toBe(off);
  });
});
