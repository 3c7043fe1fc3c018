import { expect, it } from "vitest";
import { draw, trunkPort } from "./testing";
import { otherSide, wire } from "./wiring";

const wiring = wire(draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor", "core").vswitch("vds", "distributed", ["h2", "h1"]).vswitch("br", "linux-bridge", "h1", { vlanAware: true })
  .uplink("u1", "vds", "h1", "tor", trunkPort("10")).uplink("u2", "vds", "h2", "tor").trunk("t", "tor", trunkPort(), "core", trunkPort("10")).build());

it("makes one instance of each physical switch and of each virtual switch on a hypervisor", () => {
  expect(wiring.instances.map(({ switch: id, hypervisor, untagged }) => [id, hypervisor, untagged])).toEqual([
    ["core", undefined, 0], ["tor", undefined, 0], ["br", "h1", 1], ["vds", "h1", 0], ["vds", "h2", 0],
  ]);
  expect(wiring.physicalCount).toBe(2);
  expect(wiring.virtual("vds", "h2")?.index).toBe(4);
  expect(wiring.virtual("vds", undefined)).toBeUndefined();
  expect(wiring.instancesOf("vds").map(({ index }) => index)).toEqual([3, 4]);
});

it("takes a switch on one hypervisor for one instance whoever asks", () => {
  expect(wiring.virtual("br", "h2")?.index).toBe(2);
});

it("lays cables in order of id, an uplink with its virtual side first", () => {
  expect(wiring.links.map(({ id, kind, ends }) => [id, kind, ...ends.map(({ instance }) => instance)])).toEqual([["t", "trunk", 1, 0], ["u1", "uplink", 3, 1], ["u2", "uplink", 4, 1]]);
  expect(wiring.ports[1]).toEqual([0, 3, 5]);
  expect([otherSide(0), otherSide(3)]).toEqual([1, 2]);
});

it("names the field whose absence makes a port unknown", () => {
  expect(wiring.links.map(({ ends }) => ends.map(({ missing }) => missing))).toEqual([["$.trunks.t.a.port.allowed", undefined], [undefined, undefined], [undefined, "$.uplinks.u2.port"]]);
});
