import { expect, it } from "vitest";
import { merged } from "./results-file";

it("leaves the other benchmark's figures as they are, and replaces all of its own", () => {
  const before = { fullDeny: 1, gone: 2, canvasDrag: 3, canvasGone: 4 };
  expect(merged(before, { fullDeny: 1.23456 }, "analysis")).toEqual({ fullDeny: 1.235, canvasDrag: 3, canvasGone: 4 });
  expect(merged(before, { canvasDrag: 9 }, "canvas")).toEqual({ fullDeny: 1, gone: 2, canvasDrag: 9 });
});
