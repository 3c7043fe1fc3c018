import { describe, expect, it } from "vitest";
import { indexesInView, moveCursor, offsetShowing } from "./grid-window";

describe("the window on a large grid", () => {
  it("holds what is in sight and a little more, never more than there is", () => {
    expect(indexesInView(0, 240, 24, 500)).toEqual({ first: 0, end: 14 });
    expect(indexesInView(4800, 240, 24, 500)).toEqual({ first: 196, end: 214 });
    expect(indexesInView(11760, 240, 24, 500)).toEqual({ first: 486, end: 500 });
    expect(indexesInView(0, 240, 24, 3)).toEqual({ first: 0, end: 3 });
  });

  it("scrolls no further than a cell needs", () => {
    expect(offsetShowing(5, 0, 240, 24)).toBe(0);
    expect(offsetShowing(10, 0, 240, 24)).toBe(24);
    expect(offsetShowing(2, 96, 240, 24)).toBe(48);
  });

  it("moves by keys and stops at the edges", () => {
    const at = { row: 0, column: 1 };
    expect(moveCursor(at, "ArrowUp", false, 10, 10, 5)).toEqual({ row: 0, column: 1 });
    expect(moveCursor(at, "PageDown", false, 10, 10, 5)).toEqual({ row: 5, column: 1 });
    expect(moveCursor(at, "End", true, 10, 10, 5)).toEqual({ row: 9, column: 9 });
    expect(moveCursor({ row: 3, column: 4 }, "Home", false, 10, 10, 5)).toEqual({ row: 3, column: 0 });
    expect(moveCursor(at, "x", false, 10, 10, 5)).toBeUndefined();
  });
});
