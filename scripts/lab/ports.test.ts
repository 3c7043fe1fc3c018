import { expect, it } from "vitest";
import { access as accessGroup, guestTrunk, isolated, promiscuous, trunkPort, untagged } from "../../shared/network/testing";
import { groupPort, physicalPort, subinterface } from "./ports";

const VLANS = [1, 10, 20, 999];
const switchOf = (kind: "standard" | "open-vswitch" | "hyper-v" | "linux-bridge", vlanAware?: boolean) => ({ name: "s", kind, hypervisors: ["h1"], ...(vlanAware === undefined ? {} : { vlanAware }) });
const port = (kind: Parameters<typeof switchOf>[0], vlan: ReturnType<typeof accessGroup> | undefined, vlanAware?: boolean) =>
  groupPort(switchOf(kind, vlanAware), { name: "g", virtualSwitch: "s", ...(vlan === undefined ? {} : { vlan }) }, VLANS, new Map([[100, [100, 101]]]));

it("prunes a native VLAN that the list of a physical port omits, as Open vSwitch would not", () => {
  expect(physicalPort(trunkPort("10,20", 10), VLANS).columns).toEqual(["vlan_mode=native-untagged", "tag=10", "trunks=10,20"]);
  expect(physicalPort(trunkPort("20", 10), VLANS).columns).toEqual(["vlan_mode=trunk", "trunks=20"]);
  expect(physicalPort(trunkPort("10,20", 10, true), VLANS).columns).toEqual(["vlan_mode=trunk", "trunks=10,20"]);
});

it("never leaves a list empty, which to Open vSwitch would mean all", () => {
  expect(physicalPort(trunkPort("30-40"), VLANS).columns).toEqual(["vlan_mode=trunk", "trunks=4093"]);
});

it("carries a virtual trunk's own native VLAN whether or not its list has it", () => {
  expect(port("standard", guestTrunk("20", 10)).columns).toEqual(["vlan_mode=native-untagged", "tag=10", "trunks=20,10"]);
});

it("takes every tag and gives out none where VMware leaves tags to the physical switch", () => {
  expect(port("standard", untagged).adaptor).toEqual({ sends: [[0, 0], [1, 1], [10, 10], [20, 20], [999, 999]], hears: [0] });
  expect(port("hyper-v", untagged).columns).toEqual(["vlan_mode=access", "tag=0"]);
  expect(port("open-vswitch", undefined).columns).toEqual([]);
  expect(port("linux-bridge", untagged, true).columns).toEqual(["vlan_mode=access", "tag=1"]);
});

it("ignores the VLAN of a port group on a bridge without VLAN filtering", () => {
  expect(port("linux-bridge", accessGroup(10), false).columns).toEqual([]);
});

it("sends in one VLAN of a private one and hears others", () => {
  expect(port("standard", isolated(100, 101)).adaptor).toEqual({ sends: [[0, 101]], hears: [100] });
  expect(port("standard", promiscuous(100)).adaptor).toEqual({ sends: [[0, 100]], hears: [100, 101] });
});

it("gives a router's subinterface its own VLAN of a trunk, if the trunk carries it", () => {
  expect(subinterface(port("standard", guestTrunk("10,20")), 20)?.columns).toEqual(["vlan_mode=access", "tag=20"]);
  expect(subinterface(port("standard", guestTrunk("10,20")), 999)).toBeUndefined();
});
