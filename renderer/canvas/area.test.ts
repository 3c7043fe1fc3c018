import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { sharedVlan } from "../../shared/diagram/testing";
import { areaOf, boxAround, sharedBox, stretchesInArea, widened } from "./area";

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

  it("is kept while the camera pans to and fro, until it comes near its edge", () => {
    const first = areaOf({ x: 0, y: 0, zoom: 1 }, SCREEN);
    expect(areaOf({ x: -290, y: 0, zoom: 1 }, SCREEN)).not.toEqual(first);
    expect(areaOf({ x: -290, y: 0, zoom: 1 }, SCREEN, first)).toBe(first);
    const second = areaOf({ x: -310, y: 0, zoom: 1 }, SCREEN, first);
    expect(second).not.toEqual(first);
    expect(areaOf({ x: -290, y: 0, zoom: 1 }, SCREEN, second)).toBe(second);
    expect(areaOf({ x: -290, y: 0, zoom: 2.4 }, SCREEN, second).step).toBe(second.step / 2);
  });
});

it("two boxes share what lies in both, or nothing", () => {
  const box = { x: 10, y: 20, width: 100, height: 50 };
  expect(sharedBox(box, { x: 60, y: 0, width: 100, height: 40 })).toEqual({ x: 60, y: 20, width: 50, height: 20 });
  expect(sharedBox(box, widened(box, 5))).toEqual(box);
  expect(sharedBox(box, { x: 300, y: 20, width: 10, height: 10 })).toMatchObject({ width: 0 });
});

describe("the stretches of a route that may be seen", () => {
  /** Straight curves from point to point. */
  const through = (...ys: readonly number[]) => ys.flatMap((y, index) => (index === 0 ? [y] : [y - 1, y - 1, y])).map((y) => ({ x: 50, y }));
  const area = { x: 0, y: 0, width: 100, height: 100 };

  it("are all of it where all is near, and none where none is", () => {
    expect(stretchesInArea(through(10, 40, 90), area)).toEqual([through(10, 40, 90)]);
    expect(stretchesInArea(through(200, 300, 400), area)).toEqual([]);
  });

  it("leave out what leads away, and come back where it does", () => {
    expect(stretchesInArea(through(40, 80, 200, 300, 90, 20), area)).toEqual([through(40, 80, 200), through(300, 90, 20)]);
  });

  it("cross an area in which no curve ends", () => {
    expect(stretchesInArea(through(-300, -200, 200, 300), area)).toEqual([through(-200, 200)]);
  });
});

describe("the box of what is dragged", () => {
  const scene = buildScene(sharedVlan());
  const around = { x: -10_000, y: -10_000, width: 20_000, height: 20_000 };

  it("holds it and a little around it", () => {
    const vm = scene.node.get("a-web");
    expect(boxAround(scene, new Set(["a-web"]), "inner", around)).toEqual({ x: (vm?.absolute.x ?? 0) - 32, y: (vm?.absolute.y ?? 0) - 32, width: (vm?.width ?? 0) + 64, height: (vm?.height ?? 0) + 64 });
  });

  it("holds all its cables where they are asked for", () => {
    const own = boxAround(scene, new Set(["a-web"]), "inner", around), all = boxAround(scene, new Set(["a-web"]), "all", around);
    expect(scene.cables.some(({ source, target }) => source === "a-web" || target === "a-web")).toBe(true);
    expect(all.width * all.height).toBeGreaterThan(own.width * own.height);
  });

  it("is no larger than the area, and empty where nothing of it is there", () => {
    const { x, y } = scene.node.get("a-web")?.absolute ?? { x: 0, y: 0 };
    expect(boxAround(scene, new Set(["a-web"]), "inner", { x, y, width: 10, height: 10 })).toEqual({ x, y, width: 10, height: 10 });
    expect(boxAround(scene, new Set(["a-web"]), "inner", { x: x - 5000, y, width: 10, height: 10 }).width).toBe(0);
    expect(boxAround(scene, new Set(), "all", around).width, "of nothing").toBe(0);
  });
});
