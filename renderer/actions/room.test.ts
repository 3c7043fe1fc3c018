import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { create } from "./create";
import { withRoom } from "./room";

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
