import { describe, expect, it } from "vitest";
import { shiftRoute } from "./drag";

const route = [0, 1, 2, 3].map((n) => ({ x: n * 10, y: 0 }));

describe("shiftRoute", () => {
  it("moves one end with its control and leaves the other", () => {
    expect(shiftRoute(route, { x: 5, y: 5 }, { x: 0, y: 0 })).toEqual([{ x: 5, y: 5 }, { x: 15, y: 5 }, { x: 20, y: 0 }, { x: 30, y: 0 }]);
  });

  it("moves the whole route where both ends move alike", () => {
    expect(shiftRoute(route, { x: 3, y: 4 }, { x: 3, y: 4 })).toEqual(route.map(({ x, y }) => ({ x: x + 3, y: y + 4 })));
  });
});
