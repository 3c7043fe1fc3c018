import { describe, expect, it } from "vitest";
import { placed } from "./sheet";

const HERE = { x: 0, y: 0 };

describe("the place of an image", () => {
  it("is whole pixels of the screen at the zoom at which it was painted", () => {
    expect(placed({ x: -40, y: 12 }, 1.5, { x: 10.4, y: -3.6, zoom: 1.5 }, HERE, 1)).toBe("translate(-30px, 8px)");
    expect(placed({ x: -40, y: 12 }, 3, { x: 10.4, y: -3.6, zoom: 1.5 }, HERE, 2)).toBe("translate(-9.5px, 2.5px) scale(0.5)");
  });

  it("follows another zoom exactly, stretched", () => {
    expect(placed({ x: 100, y: 50 }, 1, { x: 10.5, y: 20, zoom: 2 }, HERE, 1)).toBe("translate(210.5px, 120px) scale(2)");
  });

  it("is as far from its own as what it shows was dragged", () => {
    expect(placed({ x: 0, y: 0 }, 2, { x: 5, y: 5, zoom: 2 }, { x: 8, y: -16 }, 1)).toBe("translate(21px, -27px)");
  });
});
