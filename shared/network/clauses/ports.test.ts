/** Semantics, section 3: the port table, row by row and platform by platform. */
import { describe, expect, it } from "vitest";
import { access, accessPort, guestTrunk, trunkPort, untagged, type Drawing } from "../testing";
import { cabled, framesOf, oneSwitch } from "./asking";

const AWARE = { vlanAware: true };
const KEEPING_VLANS = [["standard", {}], ["distributed", {}], ["open-vswitch", {}], ["hyper-v", {}], ["linux-bridge", AWARE]] as const;
const withGuest = (drawing: Drawing, vlan?: Parameters<Drawing["portGroup"]>[2]): Drawing => drawing.portGroup("p", "s1", vlan).vm("a", "h1", "p", { tenant: "ta" });

describe("access n", () => {
  it.each(KEEPING_VLANS)("joins VLAN n only, on %s", (kind, more) => {
    const network = withGuest(cabled(kind, more), access(10));
    expect(framesOf(network, "a")).toEqual({ x10: "both" });
    expect(framesOf(network, "x10")).toEqual({ a: "both" });
    expect(framesOf(network, "x20")).toEqual({});
  });

  it.each(KEEPING_VLANS)("drops what the guest tags, on %s", (kind, more) => {
    const tagging = cabled(kind, more).portGroup("p", "s1", access(10)).vm("a", "h1", { eth0: { portGroup: "p", guestVlans: [20] } }, { tenant: "ta" });
    expect(framesOf(tagging, "a")).toEqual({ x10: "both" });
  });

  it.each(KEEPING_VLANS)("leaves tagged by the uplink, so that a physical access port drops it, on %s", (kind, more) => {
    const network = withGuest(cabled(kind, more, accessPort(10)), access(10));
    expect([framesOf(network, "a"), framesOf(network, "x10")]).toEqual([{}, {}]);
  });
});

describe("untagged", () => {
  it.each(["standard", "distributed"] as const)("on %s leaves untagged, and passes on what the guest tags, one way", (kind) => {
    const network = withGuest(cabled(kind), untagged);
    expect(framesOf(network, "a")).toEqual({ x1: "both", x10: "one", x20: "one" });
    expect([framesOf(network, "x1"), framesOf(network, "x10")]).toEqual([{ a: "both" }, {}]);
  });

  it("on Hyper-V drops what the guest tags", () => {
    expect(framesOf(withGuest(cabled("hyper-v"), untagged), "a")).toEqual({ x1: "both" });
  });

  it("on a bridge without VLAN filtering passes every tag both ways", () => {
    expect(framesOf(withGuest(cabled("linux-bridge"), untagged), "a")).toEqual({ x1: "both", x10: "both", x20: "both" });
  });

  it("on a VLAN-aware bridge is in VLAN 1, which leaves untagged, the same segment as access 1", () => {
    const network = withGuest(cabled("linux-bridge", AWARE), untagged).portGroup("one", "s1", access(1)).vm("b", "h1", "one", { tenant: "tb" });
    expect(framesOf(network, "a")).toEqual({ b: "both", x1: "both" });
  });

  it("on a VLAN-aware bridge goes into another native VLAN of the physical port, while a frame tagged 1 comes back into VLAN 1", () => {
    const network = withGuest(cabled("linux-bridge", AWARE, trunkPort("1,20", 20)), untagged);
    expect([framesOf(network, "a"), framesOf(network, "x1")]).toEqual([{ x20: "both" }, { a: "one" }]);
  });

  it.each(["standard", "distributed", "hyper-v", "linux-bridge"] as const)("joins the VLAN of a physical access port, on %s", (kind) => {
    expect(framesOf(withGuest(cabled(kind, {}, accessPort(20)), untagged), "a")).toEqual({ x20: "both" });
  });

  it("joins the native VLAN of a physical trunk, and nothing where there is none", () => {
    expect(framesOf(withGuest(cabled("hyper-v", {}, trunkPort("1,10,20", 20)), untagged), "a")).toEqual({ x20: "both" });
    expect(framesOf(withGuest(cabled("hyper-v", {}, trunkPort("1,10,20")), untagged), "a")).toEqual({});
  });

  it.each(["standard", "distributed", "hyper-v"] as const)("joins the untagged ends of one switch without any uplink, on %s", (kind) => {
    const island = withGuest(oneSwitch(kind), untagged).vm("b", "h1", "p", { tenant: "tb" }).portGroup("t", "s1", access(10)).vm("c", "h1", "t", { tenant: "tb" });
    expect(framesOf(island, "a")).toEqual(kind === "hyper-v" ? { b: "both" } : { b: "both", c: "one" });
    expect(framesOf(island, "c")).toEqual({});
  });
});

describe("guest trunks", () => {
  it.each(KEEPING_VLANS)("join the VLANs of the list with their tags, and drop untagged frames without a native VLAN, on %s", (kind, more) => {
    const network = withGuest(cabled(kind, more), guestTrunk("10,20"));
    expect(framesOf(network, "a")).toEqual({ x10: "both", x20: "both" });
    expect(framesOf(network, "x1")).toEqual({});
  });

  it.each(KEEPING_VLANS)("join the native VLAN with untagged frames, on %s", (kind, more) => {
    expect(framesOf(withGuest(cabled(kind, more), guestTrunk("10,20", 20)), "a")).toEqual({ x10: "both", x20: "both" });
  });

  it("of all VLANs use every tag, whether the guest's own configuration names it or not", () => {
    const network = cabled().portGroup("p", "s1", guestTrunk("all")).vm("a", "h1", { eth0: { portGroup: "p", guestVlans: [10] } }, { tenant: "ta" });
    expect(framesOf(network, "a")).toEqual({ x1: "one", x10: "both", x20: "both" });
    expect(framesOf(network, "a", "configured")).toEqual({ x10: "both" });
  });

  it("on Open vSwitch carry their native VLAN even where the list omits it", () => {
    expect(framesOf(withGuest(cabled("open-vswitch"), guestTrunk("10", 20)), "a")).toEqual({ x10: "both", x20: "both" });
  });
});

describe("Open vSwitch without a VLAN", () => {
  it("is a trunk of all VLANs and hears untagged frames too", () => {
    expect(framesOf(withGuest(cabled("open-vswitch")), "a")).toEqual({ x1: "both", x10: "both", x20: "both" });
  });

  it("is heard by access ports of any VLAN on the switch", () => {
    const network = withGuest(oneSwitch("open-vswitch")).portGroup("q", "s1", access(77)).vm("b", "h1", "q", { tenant: "tb" });
    expect(framesOf(network, "a")).toEqual({ b: "both" });
  });
});

describe("a bridge without VLAN filtering", () => {
  it.each([[access(10), access(20)], [untagged, access(20)], [guestTrunk("10"), access(20)]])("is one domain for %j and %j", (one, other) => {
    const network = oneSwitch("linux-bridge").portGroup("p", "s1", one).portGroup("q", "s1", other).vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h1", "q", { tenant: "tb" });
    expect([framesOf(network, "a"), framesOf(network, "b")]).toEqual([{ b: "both" }, { a: "both" }]);
  });

  it("gives frames on as they came, so that tags chosen by the guest count at the physical port", () => {
    expect(framesOf(withGuest(cabled("linux-bridge"), access(20)), "a")).toEqual({ x1: "both", x10: "both", x20: "both" });
    expect(framesOf(withGuest(cabled("linux-bridge", {}, accessPort(10)), access(20)), "a")).toEqual({ x10: "both" });
  });
});

describe("physical ports", () => {
  it("access: untagged both ways, and nothing tagged", () => {
    expect(framesOf(withGuest(cabled("linux-bridge", AWARE, accessPort(10)), access(10)), "a")).toEqual({});
    expect(framesOf(withGuest(cabled("hyper-v", {}, accessPort(10)), untagged), "a")).toEqual({ x10: "both" });
  });

  it("trunk: only what the list allows, the native VLAN too", () => {
    expect(framesOf(withGuest(cabled("standard", {}, trunkPort("20", 1)), access(10)), "a")).toEqual({});
    expect(framesOf(withGuest(cabled("hyper-v", {}, trunkPort("10,20", 1)), untagged), "a")).toEqual({});
  });

  it("trunk with tagNative: untagged frames are dropped, and the native VLAN is tagged both ways", () => {
    expect(framesOf(withGuest(cabled("hyper-v", {}, trunkPort("1,10", 1, true)), untagged), "a")).toEqual({});
    expect(framesOf(withGuest(cabled("standard", {}, trunkPort("1,10", 10, true)), access(10)), "a")).toEqual({ x10: "both" });
  });

  it("trunk whose native VLAN a port group is tagged with: heard there, one way only", () => {
    const network = withGuest(cabled("standard", {}, trunkPort("10,20", 10)), access(10));
    expect([framesOf(network, "a"), framesOf(network, "x10")]).toEqual([{ x10: "one" }, {}]);
  });
});
