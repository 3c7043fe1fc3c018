import { describe, expect, it } from "vitest";
import type { Scene } from "../../shared/diagram/elements";
import { whole, type Camera, type Corners } from "./camera";

const screen = { width: 900, height: 600 };
const NOTHING = { width: 0, height: 0 };
const corners: Corners = { left: { width: 336, height: 150 }, right: { width: 168, height: 104 } };

/** A picture that is one thing. */
const picture = (width: number, height: number): Scene => ({
  nodes: [{ absolute: { x: 0, y: 0 }, width, height }], bounds: { x: 0, y: 0, width, height },
}) as unknown as Scene;

/** The right and the lower edge of what is seen of it. */
const edges = (camera: Camera, width: number, height: number) => ({ left: camera.x, right: camera.x + width * camera.zoom, bottom: camera.y + height * camera.zoom });

describe("the camera that shows the whole picture", () => {
  it("takes the whole screen where nothing lies over it", () => {
    const camera = whole(picture(4000, 2000), screen, { left: NOTHING, right: NOTHING });
    expect(edges(camera, 4000, 2000)).toMatchObject({ left: 28, right: 872 });
  });

  it("stands above the corners where the picture is wide", () => {
    const { bottom } = edges(whole(picture(4000, 2600), screen, corners), 4000, 2600);
    expect(bottom).toBeLessThanOrEqual(600 - 150);
  });

  it("stands beside them where the picture is high, as large as it can", () => {
    const camera = whole(picture(1000, 2000), screen, corners);
    const { left, right, bottom } = edges(camera, 1000, 2000);
    expect(left).toBeGreaterThanOrEqual(336);
    expect(right).toBeLessThanOrEqual(900 - 168);
    expect(bottom).toBeGreaterThan(560);
  });

  it("pays no heed to a corner that nothing would be under", () => {
    const alone = whole(picture(400, 2000), screen, { left: NOTHING, right: NOTHING });
    expect(whole(picture(400, 2000), screen, { left: { width: 100, height: 150 }, right: corners.right })).toEqual(alone);
  });
});
