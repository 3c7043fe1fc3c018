import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { sharedVlan } from "../../shared/diagram/testing";
import { flowNodes, type FlowNodeCache, type Shown } from "./flow-nodes";
import { looksOf } from "./looks";

const scene = buildScene(sharedVlan());
const looks = looksOf({ scene, lens: "tenants", selection: ["a-web"], path: undefined, target: undefined, hovered: undefined });
const shown: Shown = { nodes: scene.nodes, looks, drag: undefined, far: 0, painted: true, hovered: undefined, tabStop: "a-web" };
const held = new Set(["a-web"]);
const dragged = (x: number): Shown => ({ ...shown, drag: { roots: new Set(held), moving: held, by: { x, y: 0 } } });

describe("the scene as nodes", () => {
  it("keeps every node that has not changed, and moves what is dragged", () => {
    const cache: FlowNodeCache = { made: new Map() };
    const [at, first, second] = [shown, dragged(8), dragged(16)].map((each) => new Map(flowNodes(each, cache).map((node) => [node.id, node])));
    expect(second?.get("a-web")?.position.x).toBe((at?.get("a-web")?.position.x ?? 0) + 16);
    expect(second?.get("b-db")).toBe(first?.get("b-db"));
    expect(second?.size).toBe(scene.nodes.length);
  });

  it("shows another look in the midst of a drag, and the old place after it", () => {
    const cache: FlowNodeCache = { made: new Map() };
    flowNodes(dragged(8), cache);
    const over = looksOf({ scene, lens: "tenants", selection: ["a-web"], path: undefined, target: "b-db", hovered: undefined });
    expect(flowNodes({ ...dragged(8), looks: over }, cache).find(({ id }) => id === "b-db")?.data.part).toBe("emphasis");
    expect(flowNodes(shown, cache)).toEqual(flowNodes(shown, { made: new Map() }));
  });
});
