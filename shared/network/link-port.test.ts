import { describe, expect, it } from "vitest";
import { physicalForms, virtualForms, type Forms } from "./link-port";
import { accessPort, trunkPort } from "./testing";
import { bitsOf, NO_BITS, TAGS, type VlanBits } from "./vlan-bits";

const forms = (taggedIn: VlanBits, untaggedIn: VlanBits, taggedOut: VlanBits, untaggedOut: VlanBits): Forms => ({ taggedIn, untaggedIn, taggedOut, untaggedOut });
const without = (set: VlanBits, vlan: number): VlanBits => set.map((word, at) => (at === vlan >>> 5 ? word & ~(1 << (vlan & 31)) : word));

describe("a physical port", () => {
  it("in access mode joins untagged frames to its VLAN and drops tagged ones", () => {
    expect(physicalForms(accessPort(10)).known).toEqual(forms(NO_BITS, bitsOf(10), NO_BITS, bitsOf(10)));
  });

  it("in trunk mode without a native VLAN lets no untagged frame in or out", () => {
    expect(physicalForms(trunkPort("10,20")).known).toEqual(forms(bitsOf(10, 20), NO_BITS, bitsOf(10, 20), NO_BITS));
  });

  it("in trunk mode sends its native VLAN untagged, and takes it tagged too", () => {
    expect(physicalForms(trunkPort("10,20", 20)).known).toEqual(forms(bitsOf(10, 20), bitsOf(20), bitsOf(10), bitsOf(20)));
  });

  it("carries its native VLAN only if the list has it", () => {
    expect(physicalForms(trunkPort("10", 20)).known).toEqual(forms(bitsOf(10), NO_BITS, bitsOf(10), NO_BITS));
  });

  it("with tagNative sends the native VLAN tagged and drops untagged frames", () => {
    expect(physicalForms(trunkPort("10,20", 20, true)).known).toEqual(forms(bitsOf(10, 20), NO_BITS, bitsOf(10, 20), NO_BITS));
  });

  it("that is not written carries nothing for certain and anything perhaps", () => {
    const { known, possible, absent } = physicalForms(undefined);
    expect(known).toEqual(forms(NO_BITS, NO_BITS, NO_BITS, NO_BITS));
    expect(possible).toEqual(forms(TAGS, TAGS, TAGS, TAGS));
    expect(absent).toBe("port");
  });

  it("without an allowed list carries nothing for certain and every VLAN perhaps", () => {
    const { known, possible, absent } = physicalForms(trunkPort(undefined, 20));
    expect(known).toEqual(forms(NO_BITS, NO_BITS, NO_BITS, NO_BITS));
    expect(possible).toEqual(forms(TAGS, bitsOf(20), without(TAGS, 20), bitsOf(20)));
    expect(absent).toBe("allowed");
  });
});

describe("the virtual side of an uplink", () => {
  it("carries every VLAN tagged and VLAN 0 untagged", () => {
    expect(virtualForms(false).known).toEqual(forms(TAGS, bitsOf(0), TAGS, bitsOf(0)));
  });

  it("on a VLAN-aware Linux bridge carries VLAN 1 untagged, and takes it tagged too", () => {
    expect(virtualForms(true).known).toEqual(forms(TAGS, bitsOf(1), without(TAGS, 1), bitsOf(1)));
  });
});
