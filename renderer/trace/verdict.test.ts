import { expect, it } from "vitest";
import type { Matrix } from "../../shared/analysis/result";
import { pairVerdict } from "./verdict";

it("asks the matrix about the parties at both ends of a path", () => {
  const matrix: Matrix = {
    by: "vm", assume: "hostile", rows: ["a", "b", "h/bmc"],
    pairs: [{ from: "a", to: "h/bmc", layer: 3, services: ["any"], oneWay: [], verdict: "violating" }],
  };
  expect(pairVerdict(matrix, [{ at: "a/eth0", kind: "vm", does: "sends" }, { at: "h/bmc", kind: "bmc", does: "receives" }])).toBe("violating");
  expect(pairVerdict(matrix, [{ at: "a", kind: "vm", does: "sends" }, { at: "b", kind: "vm", does: "receives" }])).toBe("isolated");
});
