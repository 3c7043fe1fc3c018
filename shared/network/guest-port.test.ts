import { describe, expect, it } from "vitest";
import type { PortGroupVlan } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { asConfigured, guestPort, onlyVlans, type GuestPort } from "./guest-port";
import { access, community, guestTrunk, isolated, overlay, promiscuous, untagged } from "./testing";
import { bitsOf, bitsOfList, EVERYTHING, NO_BITS, TAGS, type VlanBits } from "./vlan-bits";

const vswitch = (kind: VirtualSwitch["kind"], vlanAware?: boolean): VirtualSwitch => ({
  name: "s", kind, hypervisors: ["h"], ...(vlanAware === undefined ? {} : { vlanAware }),
});
const PRIVATE = new Map([[100, bitsOf(100, 101, 102)]]);
const port = (kind: VirtualSwitch["kind"], vlan: PortGroupVlan | undefined, vlanAware?: boolean): GuestPort =>
  guestPort(vswitch(kind, vlanAware), { name: "p", virtualSwitch: "s", ...(vlan === undefined ? {} : { vlan }) }, () => PRIVATE);

const VLAN_KEEPING: [VirtualSwitch["kind"], boolean | undefined][] = [
  ["standard", undefined], ["distributed", undefined], ["open-vswitch", undefined], ["hyper-v", undefined], ["linux-bridge", true],
];

function expectPort(actual: GuestPort, sends: VlanBits, hears: VlanBits): void {
  expect(actual.sends).toEqual(sends);
  expect(actual.hears).toEqual(hears);
}

describe.each(VLAN_KEEPING)("on %s (vlanAware %s)", (kind, aware) => {
  it("an access port sends and hears its VLAN only", () => {
    expectPort(port(kind, access(10), aware), bitsOf(10), bitsOf(10));
  });

  it("a trunk port sends and hears its list, and its native VLAN even where the list omits it", () => {
    expectPort(port(kind, guestTrunk("20,30", 10), aware), bitsOf(10, 20, 30), bitsOf(10, 20, 30));
    expectPort(port(kind, guestTrunk("all"), aware), TAGS, TAGS);
  });

  it("a trunk port without a native VLAN drops untagged frames", () => {
    expect(port(kind, guestTrunk("20"), aware).untagged).toBeUndefined();
  });

  it("private ports send in their own id and hear what their type hears", () => {
    expectPort(port(kind, promiscuous(100), aware), bitsOf(100), bitsOf(100, 101, 102));
    expectPort(port(kind, isolated(100, 101), aware), bitsOf(101), bitsOf(100));
    expectPort(port(kind, community(100, 102), aware), bitsOf(102), bitsOf(100, 102));
  });

  it("an overlay port takes part in no VLAN", () => {
    const own = port(kind, overlay(5001), aware);
    expectPort(own, NO_BITS, NO_BITS);
    expect(own.vni).toBe(5001);
  });
});

describe("untagged, and a port group without a VLAN", () => {
  it.each<[string, VirtualSwitch["kind"], boolean | undefined, VlanBits, VlanBits]>([
    ["VMware standard: hears untagged frames, passes what the guest tags", "standard", undefined, EVERYTHING, bitsOf(0)],
    ["VMware distributed: the same", "distributed", undefined, EVERYTHING, bitsOf(0)],
    ["Hyper-V: drops tagged frames", "hyper-v", undefined, bitsOf(0), bitsOf(0)],
    ["Open vSwitch: a trunk of all VLANs", "open-vswitch", undefined, EVERYTHING, EVERYTHING],
    ["VLAN-aware Linux bridge: PVID 1", "linux-bridge", true, bitsOf(1), bitsOf(1)],
    ["Linux bridge without filtering: everything as it comes", "linux-bridge", false, EVERYTHING, EVERYTHING],
    ["Linux bridge that says nothing: the kernel does not filter", "linux-bridge", undefined, EVERYTHING, EVERYTHING],
  ])("%s", (_, kind, aware, sends, hears) => {
    expectPort(port(kind, untagged, aware), sends, hears);
    expectPort(port(kind, undefined, aware), sends, hears);
  });
});

it("a Linux bridge without filtering has one domain whatever the drawing says", () => {
  for (const vlan of [access(10), guestTrunk("20"), isolated(100, 101), overlay(1)]) expectPort(port("linux-bridge", vlan), EVERYTHING, EVERYTHING);
});

it("an absent allowed list is unknown: the native VLAN for certain, any VLAN perhaps", () => {
  const own = port("distributed", guestTrunk(undefined, 10));
  expectPort(own, bitsOf(10), bitsOf(10));
  expect([own.maySend, own.mayHear, own.absent]).toEqual([TAGS, TAGS, "allowed"]);
});

it("an Open vSwitch trunk with no list carries all VLANs", () => {
  expectPort(port("open-vswitch", guestTrunk()), EVERYTHING, EVERYTHING);
  expectPort(port("open-vswitch", guestTrunk(undefined, 10)), TAGS, TAGS);
});

it("an isolated port without its secondary hears the primary and may send anything", () => {
  const own = port("distributed", { mode: "private", primary: 100, type: "isolated" });
  expectPort(own, NO_BITS, bitsOf(100));
  expect([own.maySend, own.absent]).toEqual([TAGS, "secondary"]);
});

it("a subinterface takes part in its own VLAN only", () => {
  expectPort(onlyVlans(port("distributed", guestTrunk("10,20")), bitsOf(20)), bitsOf(20), bitsOf(20));
  expectPort(onlyVlans(port("distributed", guestTrunk("10,20")), bitsOf(30)), NO_BITS, NO_BITS);
});

describe("a guest that does as configured", () => {
  it("sends untagged frames and its own tags, as far as the port lets them through", () => {
    expectPort(asConfigured(port("distributed", guestTrunk("10-30", 10)), [20, 40]), bitsOf(10, 20), bitsOf(10, 20));
    expectPort(asConfigured(port("standard", untagged), []), bitsOf(0), bitsOf(0));
  });

  it("is bound by nothing where no frame goes untagged and no tag is written", () => {
    expectPort(asConfigured(port("distributed", guestTrunk("10,20")), []), bitsOf(10, 20), bitsOf(10, 20));
  });

  it("still gets every id of its private VLAN, which arrives untagged", () => {
    expect(asConfigured(port("distributed", promiscuous(100)), []).hears).toEqual(bitsOf(100, 101, 102));
  });
});

it("reads lists as text", () => {
  expect(bitsOfList("10,20-22")).toEqual(bitsOf(10, 20, 21, 22));
});
