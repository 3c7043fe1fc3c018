import { describe, expect, it } from "vitest";
import { aligned } from "./guides";

const box = { x: 100, y: 100, width: 40, height: 20 };

describe("a dragged box among its neighbours", () => {
  it("stays where nothing is near its lines", () => {
    expect(aligned(box, [{ x: 300, y: 300, width: 50, height: 50 }], 4)).toEqual({ by: { x: 0, y: 0 }, guides: [] });
  });

  it("comes to lie on the nearest edge, and a line joins the two from end to end", () => {
    expect(aligned(box, [{ x: 103, y: 200, width: 90, height: 30 }], 4)).toEqual({ by: { x: 3, y: 0 }, guides: [{ from: { x: 103, y: 100 }, to: { x: 103, y: 230 } }] });
  });

  it("takes the middle where that is nearer than an edge", () => {
    // Middles are 1 apart, left edges 4.
    expect(aligned(box, [{ x: 96, y: 300, width: 50, height: 20 }], 4)).toEqual({ by: { x: 1, y: 0 }, guides: [{ from: { x: 121, y: 100 }, to: { x: 121, y: 320 } }] });
  });

  it("shows the nearest of several", () => {
    const { guides } = aligned(box, [{ ...box, width: 90, y: 400 }, { ...box, width: 90, y: 200 }], 4);
    expect(guides).toEqual([{ from: { x: 100, y: 100 }, to: { x: 100, y: 220 } }]);
  });

  it("has no middle come to lie on an edge", () => {
    expect(aligned(box, [{ x: 121, y: 300, width: 90, height: 30 }], 4)).toEqual({ by: { x: 0, y: 0 }, guides: [] });
  });

  it("shows both edges that two of a size share, without the middle, and goes each way to another neighbour", () => {
    const { by, guides } = aligned(box, [{ ...box, y: 200 }, { x: 400, y: 98, width: 10, height: 50 }], 4);
    expect(by).toEqual({ x: 0, y: -2 });
    expect(guides).toEqual([
      ...[100, 140].map((x) => ({ from: { x, y: 98 }, to: { x, y: 220 } })),
      { from: { x: 100, y: 98 }, to: { x: 410, y: 98 } },
    ]);
  });

  it("reaches as far as it is told, and not beyond", () => {
    const neighbour = [{ x: 104, y: 300, width: 90, height: 30 }];
    expect(aligned(box, neighbour, 4).by.x).toBe(4);
    expect(aligned(box, neighbour, 3.9).by.x).toBe(0);
    expect(aligned({ ...box, x: 108 }, neighbour, 4).by.x, "one place of the grid further").toBe(0);
  });
});
