import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { arrangeInGrid } from "./arrange";
import { buildScene } from "./scene";
import { sharedVlan } from "./testing";
import type { Scene } from "./elements";

const pick = (scene: Scene): unknown => scene.nodes.map(({ id, x, y, width, height }) => ({ id, x, y, width, height }));

describe("arranging in a grid", () => {
  it("writes places that give the automatic picture, and forgets the hand-placed ones", () => {
    const topology = sharedVlan();
    const layout = arrangeInGrid({ ...topology, layout: { "host-1": { x: -400, y: 1200 } } });
    expect(pick(buildScene({ ...topology, layout }))).toEqual(pick(buildScene(topology)));
    expect(Object.keys(layout)).not.toContain("host-1/bmc");
  });

  it("leaves closed what the user closed", () => {
    expect(arrangeInGrid({ ...sharedVlan(), layout: { "esx-1": { x: 3, y: 3, collapsed: true } } })["esx-1"]).toMatchObject({ collapsed: true });
  });

  it("moves only what may move", () => {
    const topology: Topology = { ...sharedVlan(), layout: { "host-1": { x: -400, y: 1200 }, "a-web": { x: 500, y: 300 }, "b-db": { x: 700, y: 300 } } };
    const layout = arrangeInGrid(topology, (id) => id === "a-web");
    expect(layout["host-1"]).toEqual({ x: -400, y: 1200 });
    expect(layout["b-db"]).toEqual({ x: 700, y: 300 });
    expect(layout["a-web"]).not.toEqual({ x: 500, y: 300 });
    expect(Object.keys(layout).sort()).toEqual(["a-web", "b-db", "host-1"]);
  });
});
