import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { create } from "./create";
import { layoutWithRoom, withRoom } from "./room";

const hypervisor = (host: string) => ({ name: host, host, platform: "esxi" }) as const;

describe("withRoom", () => {
  it("pushes a hand-placed neighbour aside when a host grows, and leaves it where there is room", () => {
    const base: Topology = {
      format: FORMAT, name: "t",
      hosts: { h1: { name: "h1" }, h2: { name: "h2" } },
      hypervisors: { e1: hypervisor("h1"), e2: hypervisor("h2") },
      layout: { h1: { x: 0, y: 0 }, h2: { x: 320, y: 0 } },
    };
    let topology = base;
    for (let i = 0; i < 6; i += 1) {
      const outcome = create(topology, "vms", { target: "e1" });
      if (!outcome.ok) throw new Error(outcome.reason);
      topology = applyEdits(topology, withRoom(topology, outcome.change).edits);
    }
    expect(topology.layout?.["h1"]).toEqual({ x: 0, y: 0 });
    expect(topology.layout?.["h2"]?.x).toBeGreaterThan(320);
    expect(topology.layout?.["h2"]?.y).toBe(0);
    const far = { ...base, layout: { h1: { x: 0, y: 0 }, h2: { x: 2000, y: 0 } } };
    const one = create(far, "vms", { target: "e1" });
    expect(one.ok && applyEdits(far, withRoom(far, one.change).edits).layout).toEqual(far.layout);
  });
});

describe("layoutWithRoom", () => {
  it("moves neighbours that have a place out of the way of what an arrangement made larger", () => {
    const vms = Object.fromEntries(["a", "b", "c", "d"].map((id) => [id, { name: id, hypervisor: "e1" }]));
    const stacked: Topology = {
      format: FORMAT, name: "t", hosts: { h1: { name: "h1" }, h2: { name: "h2" } }, hypervisors: { e1: hypervisor("h1"), e2: hypervisor("h2") }, vms,
      layout: { h1: { x: 0, y: 0 }, h2: { x: 720, y: 0 }, a: { x: 16, y: 40 }, b: { x: 16, y: 112 }, c: { x: 16, y: 184 }, d: { x: 16, y: 256 } },
    };
    const row = { ...stacked.layout, a: { x: 16, y: 40 }, b: { x: 176, y: 40 }, c: { x: 336, y: 40 }, d: { x: 696, y: 40 } };
    const layout = layoutWithRoom(stacked, row);
    expect(layout["h2"]?.x).toBeGreaterThanOrEqual(696 + 144 + 16);
    expect({ ...layout, h2: stacked.layout?.["h2"] }).toEqual(row);
  });
});
