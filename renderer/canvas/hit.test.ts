import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { FORMAT } from "../../shared/model/topology";
import { nodesAt, outermost, withInsides } from "./hit";

const scene = buildScene({
  format: FORMAT, name: "t",
  hosts: { h: { name: "h" } },
  hypervisors: { e: { name: "e", host: "h", platform: "esxi" } },
  virtualSwitches: { s: { name: "s", kind: "standard", hypervisors: ["e"] } },
  portGroups: { pg: { name: "pg", virtualSwitch: "s" } },
  vms: { vm: { name: "vm", hypervisor: "e" } },
});

function middle(id: string): { x: number; y: number } {
  const node = scene.node.get(id);
  if (node === undefined) throw new Error(id);
  return { x: node.absolute.x + node.width / 2, y: node.absolute.y + node.height / 2 };
}

describe("nodesAt", () => {
  it("lists what lies under a point, innermost first", () => {
    expect(nodesAt(scene, middle("vm"))).toEqual(["vm", "e", "h"]);
    expect(nodesAt(scene, middle("pg"))).toEqual(["pg", "s", "e", "h"]);
    expect(nodesAt(scene, { x: -500, y: -500 })).toEqual([]);
  });

  it("looks through what is being dragged and everything inside it", () => {
    expect(nodesAt(scene, middle("vm"), new Set(["vm"]))).toEqual(["e", "h"]);
    expect(nodesAt(scene, middle("pg"), new Set(["e"]))).toEqual(["h"]);
  });
});

describe("a dragged selection", () => {
  it("moves with what is inside, each thing once", () => {
    expect([...withInsides(scene, ["e"])].sort()).toEqual(["e", "pg", "s", "vm"]);
    expect(outermost(scene, ["vm", "e", "pg", "nowhere"])).toEqual(["e"]);
  });
});
