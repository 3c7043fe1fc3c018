import { describe, expect, it } from "vitest";
import { plugEnds } from "./ends";
import { indexVlans, makeGround } from "./ground";
import { draw, trunkPort, type Drawing } from "./testing";
import { wire } from "./wiring";
import { measureReach } from "./zone-entries";
import { findZones } from "./zones";

function measured(drawing: Drawing) {
  const topology = drawing.build();
  const wiring = wire(topology);
  const ground = makeGround(wiring, indexVlans(wiring, plugEnds(topology, wiring, "hostile").seats.ports), "known");
  const zones = findZones(ground);
  const reach = measureReach(ground, zones);
  const place = (at: string, vlan: number): number => (wiring.physical(at)?.index ?? -1) * zones.width + (ground.index.indexOf[vlan] as number);
  return {
    sameZone: (a: [string, number], b: [string, number]) => zones.of[place(...a)] === zones.of[place(...b)],
    reaches: (a: [string, number], b: [string, number]) => reach.from(zones.of[place(...a)] as number).includes(reach.cellOf(place(...b))),
    cells: reach.cellCount - zones.count,
  };
}

describe("native VLANs 1 and 20 at the two ends of a trunk", () => {
  const mismatch = (): Drawing => draw().physicalSwitch("a", "b", "c").trunk("ab", "a", trunkPort("1,20", 1), "b", trunkPort("1,20", 20));

  it("make one zone of the VLANs that untagged frames join", () => {
    const { sameZone } = measured(mismatch());
    expect([sameZone(["a", 1], ["b", 20]), sameZone(["a", 20], ["b", 20])]).toEqual([true, false]);
  });

  it("let a tagged frame into a part of that zone only: it does not go back by the port it came in by", () => {
    const { reaches, cells } = measured(mismatch());
    expect([reaches(["a", 20], ["b", 20]), reaches(["a", 20], ["a", 1])]).toEqual([true, false]);
    expect(cells).toBeGreaterThan(0);
  });

  it("let it into the whole zone where another way leads round", () => {
    const { reaches } = measured(mismatch().trunk("bc", "b", trunkPort("20"), "c", trunkPort("20")).trunk("ca", "c", trunkPort("20", 20), "a", trunkPort("1", 1)));
    expect(reaches(["a", 20], ["a", 1])).toBe(true);
  });
});

it("without mismatches every zone is one cell, and reaches itself only", () => {
  const { cells, reaches } = measured(draw().physicalSwitch("a", "b").trunk("ab", "a", trunkPort("10,20"), "b", trunkPort("10")));
  expect(cells).toBe(0);
  expect([reaches(["a", 10], ["b", 10]), reaches(["a", 20], ["b", 20])]).toEqual([true, false]);
});
