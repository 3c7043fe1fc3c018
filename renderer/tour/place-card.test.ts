import { describe, expect, it } from "vitest";
import { overlaps } from "../../shared/diagram/geometry";
import { placeCard } from "./place-card";

const card = { width: 320, height: 180 }, screen = { width: 1024, height: 700 };

describe("the card of a step", () => {
  it.each([
    ["at the left", { x: 0, y: 40, width: 188, height: 600 }], ["at the right", { x: 760, y: 40, width: 264, height: 600 }],
    ["along the bottom", { x: 0, y: 520, width: 1024, height: 160 }], ["along the top", { x: 0, y: 0, width: 1024, height: 44 }], ["in the middle", { x: 400, y: 300, width: 120, height: 40 }],
  ])("stands beside what is %s, inside the window", (_where, anchor) => {
    const at = placeCard(card, screen, anchor);
    expect(overlaps({ ...at, ...card }, anchor)).toBe(false);
    expect(at.x >= 0 && at.y >= 0 && at.x + card.width <= screen.width && at.y + card.height <= screen.height).toBe(true);
  });

  it("stands in the corner where there is nothing to point at, or no room beside it", () => {
    const corner = { x: 1024 - 320 - 12, y: 700 - 180 - 12 };
    expect(placeCard(card, screen, undefined)).toEqual(corner);
    expect(placeCard(card, screen, { x: 0, y: 0, width: 1024, height: 700 })).toEqual(corner);
  });
});
