import { describe, expect, it } from "vitest";
import type { Port } from "../model/primitives";
import { access, accessPort, draw, guestTrunk, overlay, trunkPort, untagged, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl004 } from "./MDL-004-trunk-mismatch";

/** Somebody carries every VLAN, so that no list has too many. */
const joined = (a: Port | undefined, b: Port | undefined): Drawing => draw().physicalSwitch("s", "t").trunk("cable", "s", a, "t", b).hypervisor("hv").vswitch("vgt", "standard", "hv").portGroup("all", "vgt", guestTrunk("all"));
const found = (a: Port | undefined, b: Port | undefined) => severities(mdl004, joined(a, b).build());

describe("MDL-004", () => {
  it("fires where the native VLANs of a trunk's ends differ, and says that they are one segment", () => {
    expect(found(trunkPort("1,20", 1), trunkPort("1,20", 20))).toEqual({ cable: "low" });
    expect(run(mdl004, joined(trunkPort("1,20", 1), trunkPort("1,20", 20)).build())[0]?.detail).toBe("Untagged frames on cable are in VLAN 1 at s and in VLAN 20 at t: the two VLANs are one segment.");
  });

  it("fires where an access port meets another VLAN", () => {
    expect(found(accessPort(30), trunkPort("all", 40))).toEqual({ cable: "low" });
    expect(found(accessPort(30), accessPort(40))).toEqual({ cable: "low" });
  });

  it("says where a list or a tag keeps the two apart at present", () => {
    expect(run(mdl004, joined(trunkPort("20", 1), trunkPort("1,20", 20)).build())[0]?.detail).toContain("keeps them from crossing");
    expect(run(mdl004, joined(trunkPort("1,20", 1, true), trunkPort("1,20", 20)).build())[0]?.detail).toContain("keeps them from crossing");
  });

  it("finds nothing where both are equal, or where an end has none or is not described", () => {
    expect(found(trunkPort("all", 1), trunkPort("1,10", 1))).toEqual({});
    expect(found(trunkPort("all"), trunkPort("all", 1))).toEqual({});
    expect(found(undefined, trunkPort("all", 1))).toEqual({});
    expect(found(accessPort(30), trunkPort("all", 30))).toEqual({});
  });

  it("fires where an end sends a VLAN in use untagged to one that takes no untagged frames", () => {
    const drawing = (a: Port, b: Port): Drawing => draw().physicalSwitch("s", "t").trunk("cable", "s", a, "t", b).hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(20));
    expect(closingFixes(mdl004, drawing(trunkPort("20", 20), trunkPort("20")).build())).toEqual({ cable: ["Put untagged frames into VLAN 20 at t too"] });
    expect(run(mdl004, drawing(trunkPort("20"), trunkPort("20", 20)).build())[0]?.detail).toBe("t sends VLAN 20 untagged over cable, and s, which has no native VLAN there, drops it.");
    expect(run(mdl004, drawing(trunkPort("20", 20, true), trunkPort("20")).build())).toEqual([]);
    expect(run(mdl004, drawing(trunkPort("20", 1), trunkPort("20")).build())).toEqual([]);
  });

  it("is closed by the VLAN of either end at both", () => {
    const titles = ["Put untagged frames into VLAN 20 at s too", "Put untagged frames into VLAN 1 at t too"];
    expect(closingFixes(mdl004, joined(trunkPort("1,20", 1), trunkPort("1,20", 20)).build())).toEqual({ cable: titles });
    expect(closingFixes(mdl004, joined(accessPort(1), trunkPort("20", 20)).build())).toEqual({ cable: titles });
  });

  const hosted = (port: Port | undefined, kind: "standard" | "distributed" = "standard"): Drawing =>
    draw().hypervisor("hv").vswitch("sw", kind, "hv").portGroup("pa", "sw", access(10)).portGroup("pb", "sw", access(20)).physicalSwitch("tor").uplink("up", "sw", "hv", "tor", port);

  it("fires where an uplink lacks the VLAN of a port group, or is an access port", () => {
    expect(severities(mdl004, hosted(trunkPort("10")).build())).toEqual({ sw: "low" });
    expect(run(mdl004, hosted(trunkPort("10")).build())[0]?.detail).toBe("pb in VLAN 20 does not get out of hv.");
    expect(severities(mdl004, hosted(accessPort(10)).build())).toEqual({ sw: "low" });
  });

  it("fires where a list has VLANs that no port group uses, or all", () => {
    expect(run(mdl004, hosted(trunkPort("10,20,30-39")).build())[0]?.detail).toBe("up lets VLAN 30-39 through, which no port group of sw uses.");
    expect(severities(mdl004, hosted(trunkPort("all")).build())).toEqual({ sw: "low" });
  });

  it("does not fire for lists that fit, are shared out among uplinks, are not described, or cannot be judged", () => {
    expect(run(mdl004, hosted(trunkPort("10,20")).build())).toEqual([]);
    expect(run(mdl004, hosted(trunkPort("10")).uplink("up2", "sw", "hv", "tor", trunkPort("20")).build())).toEqual([]);
    expect(run(mdl004, hosted(undefined).build())).toEqual([]);
    expect(run(mdl004, hosted(trunkPort()).build())).toEqual([]);
    expect(run(mdl004, hosted(trunkPort("1,10,20", 1)).portGroup("pc", "sw", untagged).build())).toEqual([]);
    expect(run(mdl004, hosted(trunkPort("all")).portGroup("pc", "sw", guestTrunk("all")).build())).toEqual([]);
    expect(run(mdl004, hosted(trunkPort("10,20,99"), "distributed").portGroup("pc", "sw", overlay(5001)).build())).toEqual([]);
    expect(run(mdl004, draw().hypervisor("hv").vswitch("alone", "standard", "hv").portGroup("pg", "alone", access(10)).build())).toEqual([]);
  });

  it("says why only a person can mend an uplink that nobody uses", () => {
    const idle = draw().hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10"));
    expect(run(mdl004, idle.build())[0]?.detail).toContain("Only a person can mend it: sw needs no uplink at all");
  });

  const pods = (list: string, name = "Production"): Drawing => draw().hypervisor("h1").hypervisor("h2").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2").physicalSwitch("left", "right")
    .portGroup("p1", "s1", access(10), { name: "Production" }).portGroup("p2", "s2", access(10), { name }).uplink("u1", "s1", "h1", "left", trunkPort("10")).uplink("u2", "s2", "h2", "right", trunkPort("10"))
    .trunk("cable", "left", trunkPort(list), "right", trunkPort(list)).station("st", "left", 30);

  it("fires for a cable that lacks a VLAN of port groups of one name on both sides, and for one with a VLAN too many", () => {
    expect(run(mdl004, pods("30").build())[0]?.detail).toBe("Port groups of one name on both sides of cable are in VLAN 10, which it does not carry.");
    expect(run(mdl004, pods("30", "Other").build())).toEqual([]);
    expect(run(mdl004, pods("10").build())).toEqual([]);
    expect(run(mdl004, pods("10,40").build())[0]?.detail).toBe("The list at left and right lets VLAN 40 through, which nothing uses.");
    expect(run(mdl004, pods("30").physicalSwitch("core").trunk("t1", "left", trunkPort("10"), "core", trunkPort("10")).trunk("t2", "core", trunkPort("10"), "right", trunkPort("10")).build())).toEqual([]);
  });

  it("closes with lists that fit", () => {
    expect(closingFixes(mdl004, hosted(trunkPort("10,30")).build())).toEqual({ sw: ["Let the uplinks of sw carry VLAN 10,20"] });
    expect(closingFixes(mdl004, hosted(accessPort(10)).build())).toEqual({ sw: ["Let the uplinks of sw carry VLAN 10,20"] });
    expect(closingFixes(mdl004, pods("30,40").build())).toEqual({ cable: ["Let cable carry what is in use"] });
  });
});
