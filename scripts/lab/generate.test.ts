import { describe, expect, it } from "vitest";
import { entries, type Topology } from "../../shared/model/topology";
import { generate } from "./generate";
import { planFor } from "./plan";

const drawn: readonly Topology[] = Array.from({ length: 300 }, (_, seed) => generate(seed));

describe("documents of the laboratory", () => {
  it("are the same for the same seed, and differ between seeds", () => {
    expect(generate(17)).toEqual(generate(17));
    expect(new Set(drawn.map((topology) => JSON.stringify({ ...topology, name: "" }))).size).toBe(drawn.length);
  });

  it("can all be translated", () => {
    for (const topology of drawn) expect(planFor(topology).order.stations.length, topology.name).toBeGreaterThan(0);
  });

  it("have everything that the laboratory is about", () => {
    const vlans = new Set(drawn.flatMap((topology) => entries(topology, "portGroups").map(([, { vlan }]) => (vlan?.mode === "private" ? vlan.type : vlan?.mode))));
    expect(vlans).toEqual(new Set(["access", "untagged", "trunk", "overlay", "promiscuous", "isolated", "community", undefined]));
    const kinds = new Set(drawn.flatMap((topology) => entries(topology, "virtualSwitches").map(([, { kind, vlanAware }]) => `${kind} ${vlanAware ?? ""}`.trim())));
    expect(kinds).toEqual(new Set(["standard", "distributed", "open-vswitch", "hyper-v", "linux-bridge true", "linux-bridge false"]));
    const gateways = drawn.flatMap(({ routers, firewalls }) => Object.keys({ ...routers, ...firewalls }).filter((id) => !/^f\d/.test(id)));
    expect(new Set(gateways)).toEqual(new Set(["bridge", "hairpin", "inline", "stick"]));
    const boxes = drawn.flatMap((topology) => [...entries(topology, "routers"), ...entries(topology, "firewalls")].map(([, box]) => box));
    expect(new Set(boxes.map(({ mode, stateful }) => `${mode ?? "routed"} ${stateful ?? true}`))).toEqual(new Set(["routed true", "routed false", "transparent true", "transparent false"]));
  });

  it("leave out what a laboratory cannot measure: two legs of one guest in one VLAN", () => {
    for (const topology of drawn) {
      for (const [id, { nics = {} }] of entries(topology, "vms")) {
        const ids = Object.values(nics).map(({ portGroup }) => JSON.stringify(topology.portGroups?.[portGroup ?? ""]?.vlan));
        expect(new Set(ids).size, `${topology.name} ${id}`).toBe(ids.length);
      }
    }
  });
});
