import { describe, expect, it } from "vitest";
import { access, accessPort, draw, guestTrunk, trunkPort, untagged, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

const host = (kind: "standard" | "distributed" | "open-vswitch" | "hyper-v" = "standard"): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", kind, "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,20,100", 1));
const bridge = (vlanAware: boolean, trunked = true): Drawing =>
  draw().tenant("a").hypervisor("h1", "kvm").physicalSwitch("tor-1").vswitch("br0", "linux-bridge", "h1", { vlanAware }).uplink("u1", "br0", "h1", "tor-1", trunked ? trunkPort("10,20", 1) : accessPort(10))
    .portGroup("pg", "br0", access(10)).vm("a1", "h1", "pg", { tenant: "a" });

describe("NET-005", () => {
  it("is medium for a guest trunk, and high where another tenant or management is in one of its VLANs", () => {
    expect(found(check(host().portGroup("vgt", "s1", guestTrunk("10,20")).vm("a1", "h1", "vgt", { tenant: "a" }).build()), "NET-005")).toEqual(["medium NET-005:vgt"]);
    const beside = host().portGroup("vgt", "s1", guestTrunk("all")).vm("a1", "h1", "vgt", { tenant: "a" }).portGroup("pg-b", "s1", access(20)).vm("b1", "h1", "pg-b", { tenant: "b" });
    expect(found(check(beside.build()), "NET-005")).toEqual(["high NET-005:vgt"]);
    const management = host().portGroup("vgt", "s1", guestTrunk("10,20")).vm("a1", "h1", "vgt", { tenant: "a" }).portGroup("pg-m", "s1", access(10))
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-m" });
    expect(found(check(management.build()), "NET-005")).toEqual(["high NET-005:vgt"]);
  });

  it("takes an Open vSwitch port without a tag for a trunk of all", () => {
    for (const vlan of [undefined, untagged]) expect(idsOf(check(host("open-vswitch").portGroup("pg", "s1", vlan).vm("a1", "h1", "pg", { tenant: "a" }).build()), "NET-005")).toEqual(["NET-005:pg"]);
    expect(idsOf(check(host("open-vswitch").portGroup("pg", "s1", guestTrunk()).vm("a1", "h1", "pg", { tenant: "a" }).build()), "NET-005")).toEqual(["NET-005:pg"]);
    expect(idsOf(check(host("open-vswitch").portGroup("pg", "s1", access(10)).vm("a1", "h1", "pg", { tenant: "a" }).build()), "NET-005")).toEqual([]);
  });

  it("takes a bridge without VLAN filtering for one where its uplink is a trunk", () => {
    expect(idsOf(check(bridge(false).build()), "NET-005")).toEqual(["NET-005:pg"]);
    expect(idsOf(check(bridge(true).build()), "NET-005")).toEqual([]);
    expect(idsOf(check(bridge(false, false).build()), "NET-005")).toEqual([]);
  });

  it("leaves virtual firewalls alone whose adapters name every VLAN, and a list of one VLAN, and an unknown list", () => {
    const firewall = (guestVlans: number[], native?: number): string[] => idsOf(check(host().portGroup("vgt", "s1", guestTrunk("10,20", native))
      .vm("fw", "h1", { eth0: { portGroup: "vgt", guestVlans } }, { role: "infrastructure", forwarding: true }).build()), "NET-005");
    expect(firewall([10, 20])).toEqual([]);
    expect(firewall([])).toEqual(["NET-005:vgt"]);
    expect(firewall([10])).toEqual(["NET-005:vgt"]);
    expect(firewall([10], 20)).toEqual([]);
    expect(idsOf(check(host().portGroup("vgt", "s1", guestTrunk("10")).vm("a1", "h1", "vgt").build()), "NET-005")).toEqual([]);
    expect(idsOf(check(host().portGroup("vgt", "s1", guestTrunk()).vm("a1", "h1", "vgt").build()), "NET-005")).toEqual([]);
  });

  it("offers one VLAN, or VLAN filtering on the bridge", () => {
    const trunk = check(host().portGroup("vgt", "s1", guestTrunk("10,20", 20)).vm("a1", "h1", "vgt", { tenant: "a" }).build());
    expect(fixesFor(trunk, "NET-005:vgt")[0]?.edits).toEqual([{ op: "replace", path: "/portGroups/vgt/vlan", value: { mode: "access", id: 20 } }]);
    const known = check(host().portGroup("vgt", "s1", guestTrunk("10-20")).vm("a1", "h1", "vgt", { tenant: "a" }).portGroup("theirs", "s1", access(10)).vm("b1", "h1", "theirs", { tenant: "b" })
      .portGroup("ours", "s1", access(20)).vm("a2", "h1", "ours", { tenant: "a" }).build());
    const titles = fixesFor(known, "NET-005:vgt").map(({ title }) => title);
    expect(titles).toContain("Put vgt into VLAN 20 only");
    expect(titles).not.toContain("Put vgt into VLAN 10 only");
    expect(fixesFor(check(bridge(false).build()), "NET-005:pg")[0]?.edits).toEqual([{ op: "replace", path: "/virtualSwitches/br0/vlanAware", value: true }]);
  });
});
