import { describe, expect, it } from "vitest";
import { union } from "../../shared/diagram/geometry";
import { buildScene } from "../../shared/diagram/scene";
import { applyEdits } from "../../shared/model/edit";
import { COLLECTIONS } from "../../shared/model/topology";
import { draw } from "../../shared/network/testing";
import { create } from "../actions/create";
import { TEMPLATES } from "../actions/templates";
import { boxAtOrigin, isPlaced, type Build } from "./placed-box";

const drawn = draw().hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("p1", "s1").vm("a", "h1", "p1").build();
const AT = { x: 2000, y: 1600 };

const builds: readonly (readonly [string, Build])[] = [
  ...COLLECTIONS.map((kind) => [kind, (topology, at) => create(topology, kind, { at })] as [string, Build]),
  ...TEMPLATES.map(({ id, build }) => [id, build] as [string, Build]),
];
const placed = builds.filter(([, build]) => isPlaced(build(drawn, AT)) && boxAtOrigin(build) !== undefined);

describe("the box of what is placed on the bare canvas", () => {
  it("is known of hosts, switches, networks and templates", () => {
    expect(placed.map(([name]) => name)).toEqual(expect.arrayContaining(["hosts", "physicalSwitches", "externalNetworks", "esxi-host"]));
  });

  it.each(placed)("of %s is where it comes to be in a document that has other things", (name, build) => {
    const outcome = build(drawn, AT);
    if (!outcome.ok) return expect.unreachable();
    const before = buildScene(drawn), after = buildScene(applyEdits(drawn, outcome.change.edits));
    const added = after.nodes.filter(({ id, parent }) => parent === undefined && !before.node.has(id)).map(({ absolute, width, height }) => ({ ...absolute, width, height }));
    const box = boxAtOrigin(build);
    // The lane of a distributed switch is as wide as the hosts around it say.
    const width = name === "cluster" ? union(added).width : box?.width;
    expect(union(added)).toEqual({ ...box, width, x: AT.x + (box?.x ?? NaN), y: AT.y + (box?.y ?? NaN) });
  });
});
