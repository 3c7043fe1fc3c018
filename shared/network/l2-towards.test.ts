import { expect, it } from "vitest";
import { draw, trunkPort } from "./testing";
import { instancesTowards } from "./l2-towards";
import { wire } from "./wiring";

const port = trunkPort("10");
const wiring = wire(draw().hypervisor("h").physicalSwitch("a", "b", "c", "d").vswitch("s", "standard", "h").trunk("ab", "a", port, "b", port).trunk("bc", "b", port, "c", port)
  .uplink("u1", "s", "h", "c", port).uplink("u2", "s", "h", "d", port).build());
const [a, b, c, d, s] = ["a", "b", "c", "d", "s"].map((id) => wiring.physical(id)?.index ?? wiring.virtual(id, "h")?.index ?? -1) as [number, number, number, number, number];

it("follows cables through physical switches, never back", () => {
  const towards = instancesTowards(wiring, a, c);
  expect(towards.connected).toBe(true);
  expect([towards.leads(a, b), towards.leads(b, c), towards.leads(b, a)]).toEqual([true, true, false]);
  expect(towards.joint).toBeUndefined();
});

it("names the virtual switch between two sides that only it touches", () => {
  const towards = instancesTowards(wiring, a, d);
  expect(towards.connected).toBe(false);
  expect(towards.joint?.index).toBe(s);
});
