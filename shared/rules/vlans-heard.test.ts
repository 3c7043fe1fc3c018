import { expect, it } from "vitest";
import { access, community, draw, guestTrunk, overlay, untagged } from "../network/testing";
import { hearsTheSame, vlansHeard } from "./vlans-heard";

const topology = draw().hypervisor("hv").vswitch("sw", "standard", "hv").vswitch("br", "linux-bridge", "hv").vswitch("ovs", "open-vswitch", "hv")
  .portGroup("a10", "sw", access(10)).portGroup("a20", "sw", access(20)).portGroup("none", "sw").portGroup("zero", "sw", untagged).portGroup("t", "sw", guestTrunk("10,30-40", 5))
  .portGroup("all", "sw", guestTrunk("all")).portGroup("unsaid", "sw", guestTrunk()).portGroup("pv", "sw", community(20, 201)).portGroup("o1", "sw", overlay(5001)).portGroup("o2", "sw", overlay(5002))
  .portGroup("b1", "br", access(10)).portGroup("b2", "br", access(20)).portGroup("x", "ovs").build();
const same = (a: string, b: string): boolean => hearsTheSame(vlansHeard(topology, a), vlansHeard(topology, b));

it("compares access ports, trunks, private VLANs, untagged ports and overlays", () => {
  expect([same("a10", "a10"), same("a10", "a20"), same("a10", "t"), same("a20", "t"), same("a20", "pv")]).toEqual([true, false, true, false, true]);
  expect([same("none", "zero"), same("none", "a10"), same("none", "t"), same("none", "all")]).toEqual([true, false, false, true]);
  expect([same("o1", "o1"), same("o1", "o2"), same("o1", "all")]).toEqual([true, false, false]);
});

it("takes the worst for what is unknown, and an unaware bridge for one domain", () => {
  expect([same("unsaid", "a20"), same("b1", "b2"), same("x", "a10")]).toEqual([true, true, true]);
});
