import { describe, expect, it } from "vitest";
import { areaOf } from "./area";

const SCREEN = { width: 1200, height: 800 };

describe("the area around what is in sight", () => {
  it.each([0.01, 0.05, 0.3, 1, 2.5])("holds all that is in sight at a zoom of %d, and a margin", (zoom) => {
    const camera = { x: -317, y: 41, zoom };
    const area = areaOf(camera, SCREEN);
    const margin = 100 / zoom;
    expect(area.x).toBeLessThan(-camera.x / zoom - margin);
    expect(area.y).toBeLessThan(-camera.y / zoom - margin);
    expect(area.x + area.width).toBeGreaterThan((SCREEN.width - camera.x) / zoom + margin);
    expect(area.y + area.height).toBeGreaterThan((SCREEN.height - camera.y) / zoom + margin);
    expect(area.width * zoom).toBeLessThan(SCREEN.width + 2200);
  });

  it("stays the same while the camera moves a little, and when it comes a little nearer", () => {
    const area = areaOf({ x: -100, y: -100, zoom: 1 }, SCREEN);
    expect(areaOf({ x: -125, y: -130, zoom: 1 }, SCREEN)).toEqual(area);
    expect(areaOf({ x: -100, y: -100, zoom: 1.02 }, SCREEN)).toEqual(area);
  });

  it("is another one after some hundred pixels", () => {
    expect(areaOf({ x: -710, y: -210, zoom: 1 }, SCREEN)).not.toEqual(areaOf({ x: -210, y: -210, zoom: 1 }, SCREEN));
  });
});
