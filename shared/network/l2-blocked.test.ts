import { describe, expect, it } from "vitest";
import type { Drawing } from "./testing";
import { compileLayer2 } from "./layer2";
import { access, accessPort, draw, guestTrunk, overlay, trunkPort, untagged } from "./testing";

function cut(drawing: Drawing, from: string, to: string): string[] {
  const layer2 = compileLayer2(drawing.build());
  const [a, b] = [layer2.endsOf(from)[0], layer2.endsOf(to)[0]];
  if (a === undefined || b === undefined) throw new Error(`${from} ${to}`);
  return layer2.blockedAt(a, b).map(({ at, does, behind }) => `${at} ${does}${behind === true ? " (behind)" : ""}`);
}

const hosts = (): Drawing => draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
  .portGroup("p10", "s1", access(10)).portGroup("p20", "s1", access(20)).portGroup("q10", "s2", access(10)).portGroup("est", "s1", untagged)
  .vm("a", "h1", "p10").vm("b", "h1", "p20").vm("c", "h2", "q10").vm("e", "h1", "est");

describe("the cut between two ends", () => {
  it("is the receiver's port group where another VLAN arrives", () => {
    expect(cut(hosts(), "a", "b")).toEqual(["p20 hears VLAN 20 only, not VLAN 10"]);
  });

  it("is the cable that does not allow the VLAN", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("20")).uplink("u2", "s2", "h2", "tor-1", trunkPort("10"));
    expect(cut(network, "a", "c")).toEqual(["u1 stops VLAN 10: not allowed at tor-1"]);
    expect(cut(network, "c", "a")).toEqual(["u1 stops VLAN 10: not allowed at tor-1"]);
  });

  it("names every way that is shut", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("10")).uplink("u2", "s2", "h2", "tor-2", trunkPort("10"))
      .trunk("t1", "tor-1", trunkPort("20"), "tor-2", trunkPort("10")).trunk("t2", "tor-1", trunkPort("10"), "tor-2", trunkPort("20"));
    expect(cut(network, "a", "c")).toEqual(["t1 stops VLAN 10: not allowed at tor-1", "t2 stops VLAN 10: not allowed at tor-2"]);
  });

  it("is an access port that takes no tag, or a port without a native VLAN", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1", accessPort(10)).uplink("u2", "s2", "h2", "tor-1", trunkPort("10"));
    expect(cut(network, "a", "c")).toEqual(["u1 stops VLAN 10: the access port of tor-1 takes no tag"]);
    const bare = draw().hypervisor("h").physicalSwitch("tor").vswitch("s", "hyper-v", "h").uplink("u", "s", "h", "tor", trunkPort("10")).portGroup("p", "s", untagged).vm("a", "h", "p").station("x", "tor", 10);
    expect(cut(bare, "a", "x")).toEqual(["u stops untagged frames: tor takes no untagged frame here", "x hears VLAN 10 only, not untagged frames (behind)"]);
  });

  it("says that nothing joins two switches", () => {
    expect(cut(hosts(), "a", "c")).toEqual(["s1 is joined to s2 by no link"]);
    const vds = draw().hypervisor("h1").hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"]).portGroup("p", "vds", access(10)).vm("a", "h1", "p").vm("b", "h2", "p");
    expect(cut(vds, "a", "b")).toEqual(["vds is joined to its instance on h2 by no link"]);
  });

  it("says where a team stands between two physical switches", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("10")).uplink("u2", "s1", "h1", "tor-2", trunkPort("10")).station("x", "tor-1", 10).station("y", "tor-2", 10);
    expect(cut(network, "x", "y")).toEqual(["s1 forwards nothing from one uplink to another"]);
  });

  it("is the port group of isolated ports", () => {
    const network = draw().hypervisor("h").vswitch("s", "open-vswitch", "h").portGroup("p", "s", access(10), { isolatedPorts: true }).vm("a", "h", "p").vm("b", "h", "p");
    expect(cut(network, "a", "b")).toEqual(["p lets isolated ports exchange no frames"]);
  });

  it("keeps overlays and VLANs apart", () => {
    const network = draw().hypervisor("h").vswitch("s", "distributed", "h").portGroup("o", "s", overlay(7)).portGroup("p", "s", access(10)).vm("a", "h", "o").vm("b", "h", "p");
    expect(cut(network, "a", "b")).toEqual(["o keeps frames in VNI 7 of s"]);
    expect(cut(network, "b", "a")).toEqual(["o hears VNI 7 of s only"]);
  });

  it("lists the VLANs of a guest that tags anything in short", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("20")).station("x", "tor-1", 10);
    expect(cut(network, "e", "x")).toEqual(["u1 stops VLANs 1,10 and untagged frames: not allowed at tor-1", "x hears VLAN 10 only, not VLAN 20"]);
  });

  it("says what the document does not say", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1").uplink("u2", "s2", "h2", "tor-1", trunkPort("10"));
    expect(cut(network, "a", "c")).toEqual(["u1 stops VLAN 10: the document does not say what it allows"]);
  });

  it("goes on behind a guest trunk without a list, to what would stop any frame", () => {
    const network = hosts().portGroup("any", "s1", guestTrunk()).vm("t", "h1", "any").uplink("u1", "s1", "h1", "tor-1", trunkPort("20")).uplink("u2", "s2", "h2", "tor-1", trunkPort("10,20"));
    expect(cut(network, "t", "c")).toEqual([
      "any lets in no frame that is known", "u1 stops VLANs 1,10: not allowed at tor-1 (behind)",
      "q10 hears VLAN 10 only, not VLAN 20 (behind)", "u2 stops VLAN 1: not allowed at tor-1 (behind)",
    ]);
    expect(cut(network, "t", "a")).toEqual(["any lets in no frame that is known"]);
  });

  it("says that a passthrough vNIC has no uplink", () => {
    const network = hosts().vm("sr", "h1", { n: { portGroup: "p10", passthrough: "pci" } });
    expect(cut(network, "sr", "a")).toEqual(["sr/n is plugged into no uplink"]);
    expect(cut(network, "a", "sr")).toEqual(["sr/n is plugged into no uplink"]);
  });

  it("goes on behind a place that stops every frame, to what would stop them next", () => {
    const network = hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("20")).trunk("t1", "tor-1", trunkPort("20"), "tor-2", trunkPort("10")).uplink("u2", "s2", "h2", "tor-2", trunkPort("30"))
      .portGroup("q20", "s2", access(20)).vm("d", "h2", "q20");
    expect(cut(network, "a", "c")).toEqual(["u1 stops VLAN 10: not allowed at tor-1", "t1 stops VLAN 10: not allowed at tor-1 (behind)", "u2 stops VLAN 10: not allowed at tor-2 (behind)"]);
    expect(cut(network, "a", "d").at(-1)).toBe("q20 hears VLAN 20 only, not VLAN 10 (behind)");
    expect(cut(hosts(), "b", "c")).toEqual(["s1 is joined to s2 by no link", "q10 hears VLAN 10 only, not VLAN 20 (behind)"]);
  });

  it("says what would have passed there", () => {
    const layer2 = compileLayer2(hosts().uplink("u1", "s1", "h1", "tor-1", trunkPort("20,30", 30)).station("x", "tor-1", 10).build());
    const [a, x] = [layer2.endsOf("a")[0], layer2.endsOf("x")[0]];
    expect(a !== undefined && x !== undefined ? layer2.blockedAt(a, x)[0] : undefined)
      .toEqual({ at: "u1", kind: "uplink", does: "stops VLAN 10: not allowed at tor-1", vlan: 10, passes: ["VLANs 20,30", "untagged frames"] });
  });

  it("is empty where the frame is heard", () => {
    expect(cut(hosts().vm("a2", "h1", "p10"), "a", "a2")).toEqual([]);
  });
});
