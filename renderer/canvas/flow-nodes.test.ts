import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { sharedVlan } from "../../shared/diagram/testing";
import { flowNodes, type FlowNodeCache, type Shown } from "./flow-nodes";
import { looksOf } from "./looks";

const scene = buildScene(sharedVlan());
const looks = looksOf({ scene, lens: "tenants", selection: ["a-web"], path: undefined, target: undefined, hovered: undefined });
const shown: Shown = { nodes: scene.nodes, looks, drag: undefined, far: 0, painted: true, hasPaintedSelection: false, hovered: undefined, tabStop: "a-web" };
const held: Shown = { ...shown, drag: { moving: new Set(["a-web"]) } };

describe("the scene as nodes", () => {
  it("keeps every node but what is taken in hand, which comes to lie over the others at its place", () => {
    const cache: FlowNodeCache = new Map();
    const [at, dragged] = [shown, held].map((each) => new Map(flowNodes(each, cache).map((node) => [node.id, node])));
    expect(dragged?.size).toBe(scene.nodes.length);
    expect(scene.nodes.filter(({ id }) => dragged?.get(id) !== at?.get(id)).map(({ id }) => id)).toEqual(["a-web"]);
    expect(dragged?.get("a-web")?.position).toEqual(at?.get("a-web")?.position);
    expect(dragged?.get("a-web")?.zIndex).toBeGreaterThan(at?.get("a-web")?.zIndex ?? Infinity);
  });

  it("leaves what is selected to the painted picture where that shows it, but for the pointer and whoever hears it", () => {
    const [own, painted] = [false, true].map((hasPaintedSelection) => flowNodes({ ...shown, hasPaintedSelection }, new Map()).find(({ id }) => id === "a-web"));
    expect([own?.data.part, own?.data.hasHandles]).toEqual(["emphasis", true]);
    expect([painted?.data.part, painted?.data.hasHandles]).toEqual(["none", false]);
    expect(painted?.ariaLabel).toBe(own?.ariaLabel);
  });

  it("shows another look in the midst of a drag, and the old one after it", () => {
    const cache: FlowNodeCache = new Map();
    flowNodes(held, cache);
    const over = looksOf({ scene, lens: "tenants", selection: ["a-web"], path: undefined, target: "b-db", hovered: undefined });
    expect(flowNodes({ ...held, looks: over }, cache).find(({ id }) => id === "b-db")?.data.part).toBe("emphasis");
    expect(flowNodes(shown, cache)).toEqual(flowNodes(shown, new Map()));
  });
});
