import { describe, expect, it } from "vitest";
import { Tally } from "./tally";

describe("a tally", () => {
  it("counts each key by itself, and forgets those that come to nothing", () => {
    const tally = new Tally<number>();
    for (const [key, change] of [[7, 1], [8, 2], [7, 1], [9, 1], [7, -2], [8, -1]] as const) tally.add(key, change);
    expect([7, 8, 9].map((key) => tally.get(key))).toEqual([0, 1, 1]);
    expect([...tally.keys()].sort()).toEqual([8, 9]);
    expect(tally.size).toBe(2);
  });

  it("counts a key on where it is, when the first has gone", () => {
    const tally = new Tally<number>();
    for (const [key, change] of [[1, 1], [2, 1], [1, -1], [2, 1], [3, 1]] as const) tally.add(key, change);
    expect([1, 2, 3].map((key) => tally.get(key))).toEqual([0, 2, 1]);
    for (const [key, change] of [[2, -2], [3, -1]] as const) tally.add(key, change);
    expect(tally.size).toBe(0);
  });
});
