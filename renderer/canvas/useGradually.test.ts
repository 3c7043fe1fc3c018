import { describe, expect, it } from "vitest";
import { withSome } from "./useGradually";

const named = (...ids: string[]) => ids.map((id) => ({ id }));

describe("elements that come a few at a time", () => {
  it("keeps what was there and takes the first of what is new, in order", () => {
    expect(withSome(named("c"), named("a", "b", "c", "d", "e"), 2)).toEqual(named("a", "b", "c"));
  });

  it("is the list itself once nothing is left out, and lets go of what is not wanted any more", () => {
    const all = named("a", "b", "c");
    expect(withSome(named("a", "x"), all, 2)).toBe(all);
  });

  it("comes to the end in steps", () => {
    const all = named("a", "b", "c", "d", "e");
    let shown = withSome([], all, 2), steps = 1;
    for (; shown !== all; steps += 1) shown = withSome(shown, all, 2);
    expect(steps).toBe(3);
  });
});
