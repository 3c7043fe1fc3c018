import { expect, it } from "vitest";
import { plugEnds } from "./ends";
import { indexVlans, makeGround } from "./ground";
import { access, draw, trunkPort, type Drawing } from "./testing";
import { walk } from "./walk";
import { wire } from "./wiring";

/** `switch.vlan` of each place that the first port's frames get to, in order. */
function places(drawing: Drawing): string[] {
  const topology = drawing.build();
  const wiring = wire(topology);
  const { seats } = plugEnds(topology, wiring, "hostile");
  const ground = makeGround(wiring, indexVlans(wiring, seats.ports), "known");
  const [first] = seats.plugsOf(0);
  if (first === undefined) throw new Error("no port");
  return walk(ground, first).map(({ instance, vlan }) => `${wiring.instances[instance]?.switch}.${ground.index.vlans[vlan]}`);
}

const drawing = (): Drawing => draw().hypervisor("h").physicalSwitch("a", "b").vswitch("s", "standard", "h").portGroup("p", "s", access(10)).vm("v", "h", "p");

it("goes to the nearest places first", () => {
  expect(places(drawing().uplink("u", "s", "h", "a", trunkPort("10")).trunk("t", "a", trunkPort("10"), "b", trunkPort("10")))).toEqual(["s.10", "a.10", "b.10"]);
});

it("does not turn round in a port, nor pass from one uplink to another", () => {
  expect(places(drawing().uplink("u1", "s", "h", "a", trunkPort("10", 10)).uplink("u2", "s", "h", "b", trunkPort("10", 10)))).toEqual(["s.10", "a.10", "b.10"]);
});

it("comes back by the other uplink of a team that meets on one physical switch", () => {
  expect(places(drawing().uplink("u1", "s", "h", "a", trunkPort("10", 10)).uplink("u2", "s", "h", "a", trunkPort("10", 10)))).toContain("s.0");
});

it("ends on a ring", () => {
  const ring = drawing().uplink("u", "s", "h", "a", trunkPort("10")).trunk("t1", "a", trunkPort("10"), "b", trunkPort("10")).trunk("t2", "a", trunkPort("10"), "b", trunkPort("10"));
  expect(new Set(places(ring))).toEqual(new Set(["s.10", "a.10", "b.10"]));
});
