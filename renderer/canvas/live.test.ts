import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { cluster } from "../../shared/diagram/testing";
import { cablesInSight, nodesInSight, tornCables, withContainers } from "./live";

const scene = buildScene(cluster(50, 8));
const vm = scene.node.get("vm-7");
if (vm === undefined) throw new Error("the cluster has no vm-7");
const around = { x: vm.absolute.x - 50, y: vm.absolute.y - 50, width: 300, height: 200 };

describe("what of a large picture has elements", () => {
  it("is what is near by, with its containers", () => {
    const near = nodesInSight(scene, around);
    expect(near).toContain(vm);
    expect(near.length).toBeLessThan(30);
    expect(cablesInSight(scene, around).map(({ source }) => source)).toContain("vm-7");
  });

  it("is nothing where too much is in sight: that is a map", () => {
    expect(scene.nodes.length).toBeGreaterThan(500);
    expect(nodesInSight(scene, scene.bounds)).toEqual([]);
    expect(cablesInSight(scene, scene.bounds)).toEqual([]);
  });

  it("is what somebody has in hand all the same, its containers before it and each once", () => {
    const held = withContainers(scene, [], ["vm-7", "vm-7", "nowhere"]).map(({ id }) => id);
    expect(held.at(-1)).toBe("vm-7");
    expect(held).toHaveLength(3);
    expect(held.slice(0, 2)).toEqual([scene.node.get(vm.parent ?? "")?.parent, vm.parent]);
  });

  it("is the cables that are held at one end by what is dragged", () => {
    expect(tornCables(scene, new Set(["vm-7"])).map(({ id }) => id)).toEqual(["vm-7/eth0"]);
    expect(tornCables(scene, new Set(scene.nodes.map(({ id }) => id)))).toEqual([]);
  });
});
