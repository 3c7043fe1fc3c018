import { describe, expect, it } from "vitest";
import type { Port } from "../model/primitives";
import { access, accessPort, draw, trunkPort, untagged, type Drawing } from "../network/testing";
import type { PortGroupVlan } from "../model/kinds/port-group";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

function host(vlan: PortGroupVlan | undefined, port: Port, kind: "standard" | "open-vswitch" | "hyper-v" = "standard"): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", kind, "h1").uplink("u1", "s1", "h1", "tor-1", port)
    .portGroup("pg", "s1", vlan).vm("a1", "h1", "pg", { tenant: "a" });
}

describe("NET-003", () => {
  it("fires for untagged port groups, said or not, on a switch with an uplink", () => {
    expect(found(check(host(untagged, trunkPort("1,10", 1)).build()), "NET-003")).toEqual(["medium NET-003:pg"]);
    expect(idsOf(check(host(undefined, trunkPort("1,10", 1)).build()), "NET-003")).toEqual(["NET-003:pg"]);
    const inside = draw().hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", untagged).vm("a1", "h1", "pg");
    expect(idsOf(check(inside.build()), "NET-003")).toEqual([]);
  });

  it("fires on Open vSwitch too, where untagged frames leave untagged as on any other", () => {
    for (const vlan of [untagged, undefined]) expect(idsOf(check(host(vlan, trunkPort("1,10", 1), "open-vswitch").build()), "NET-003")).toEqual(["NET-003:pg"]);
    expect(idsOf(check(host({ mode: "trunk", allowed: "10" }, trunkPort("1,10", 1), "open-vswitch").build()), "NET-003")).toEqual([]);
  });

  it("fires in VLAN 1 and in the native VLAN of an uplink or of a trunk on the way", () => {
    expect(idsOf(check(host(access(1), trunkPort("1,10")).build()), "NET-003")).toEqual(["NET-003:pg"]);
    expect(idsOf(check(host(access(10), trunkPort("10", 10)).build()), "NET-003")).toEqual(["NET-003:pg"]);
    const further = host(access(10), trunkPort("10", 1)).physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort("10", 10), "tor-2", trunkPort("10", 10));
    expect(idsOf(check(further.build()), "NET-003")).toEqual(["NET-003:pg"]);
    expect(idsOf(check(host(access(10), trunkPort("10", 1)).build()), "NET-003")).toEqual([]);
  });

  it("leaves out access ports that serve one tenant, and not those that serve two", () => {
    expect(idsOf(check(host(untagged, accessPort(10)).build()), "NET-003")).toEqual([]);
    expect(idsOf(check(host(untagged, accessPort(10)).vm("b1", "h1", "pg", { tenant: "b" }).build()), "NET-003")).toEqual(["NET-003:pg"]);
  });

  it("needs a workload", () => {
    const drawing = host(untagged, trunkPort("1", 1)).vm("a1", "h1", "pg", { role: "infrastructure" });
    expect(idsOf(check(drawing.build()), "NET-003")).toEqual([]);
  });

  it("is high where the segment carries management", () => {
    const drawing = host(untagged, trunkPort("1", 1)).put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg", services: ["management"] });
    expect(found(check(drawing.build()), "NET-003")).toEqual(["high NET-003:pg"]);
  });

  it("is high where a BMC, or management tagged with the native VLAN, is in it", () => {
    const untaggedIn910 = (): Drawing => host(untagged, trunkPort("910", 910));
    expect(found(check(untaggedIn910().build()), "NET-003")).toEqual(["medium NET-003:pg"]);
    expect(found(check(untaggedIn910().put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 910 } }).build()), "NET-003")).toEqual(["high NET-003:pg"]);
    const tagged = untaggedIn910().hypervisor("h2").vswitch("s2", "standard", "h2").uplink("u2", "s2", "h2", "tor-1", trunkPort("910")).portGroup("mgmt", "s2", access(910))
      .put("managementInterfaces", "vmk0", { hypervisor: "h2", portGroup: "mgmt", services: ["management"] });
    expect(found(check(tagged.build()), "NET-003")).toEqual(["high NET-003:pg"]);
  });

  it("is high where management tagged with the native VLAN is heard one way, and not where a guest's own tags lead to management elsewhere", () => {
    const beside = (vlan: number): Drawing => host(untagged, trunkPort("99,910", 910)).hypervisor("h2").vswitch("s2", "standard", "h2").uplink("u2", "s2", "h2", "tor-1", trunkPort("99,910", 910))
      .portGroup("mgmt", "s2", access(vlan)).put("managementInterfaces", "vmk0", { hypervisor: "h2", portGroup: "mgmt", services: ["management"] });
    const finding = check(beside(910).build()).findings.find(({ rule }) => rule === "NET-003");
    expect([finding?.severity, finding?.detail]).toEqual(["high", expect.stringContaining("The same native VLAN carries management: frames pass one way.")]);
    expect(found(check(beside(99).build()), "NET-003")).toEqual(["medium NET-003:pg"]);
  });

  it("offers an unused native VLAN where the port group is in it by number, and a new tag where it is untagged", () => {
    const native = fixesFor(check(host(access(10), trunkPort("10", 10)).build()), "NET-003:pg");
    expect(native[0]?.edits).toEqual(expect.arrayContaining([{ op: "replace", path: "/uplinks/u1/port/native", value: 999 }, { op: "add", path: "/uplinks/u1/port/tagNative", value: true }]));
    const tagged = fixesFor(check(host(untagged, trunkPort("1", 1)).build()), "NET-003:pg");
    expect(tagged[0]?.edits).toContainEqual({ op: "replace", path: "/portGroups/pg/vlan", value: { mode: "access", id: 110 } });
  });

  it("takes the rest of the segment along, so that a required flow holds", () => {
    const drawing = host(access(1), trunkPort("1", 1)).external("net", { physicalSwitch: "tor-1", vlan: 1 });
    const evaluation = check({ ...drawing.build(), policy: { require: [{ id: "q", from: ["external:net"], to: ["vm:a1"], services: ["tcp/443"] }] } });
    expect(fixesFor(evaluation, "NET-003:pg")[0]).toMatchObject({ verified: true, breaksRequired: [] });
  });

  it("on Open vSwitch tags the port group alone, not everybody whose VLANs it carries", () => {
    const drawing = host(untagged, trunkPort("1,10,20,30", 1), "open-vswitch").portGroup("pb", "s1", access(20)).vm("b1", "h1", "pb", { tenant: "b" }).portGroup("pm", "s1", access(10))
      .put("managementInterfaces", "m", { hypervisor: "h1", portGroup: "pm", services: ["management"] });
    const [fix] = fixesFor(check(drawing.build()), "NET-003:pg");
    expect([fix?.title, fix?.edits.filter(({ path }) => path.startsWith("/portGroups")).map(({ path }) => path)]).toEqual([expect.stringMatching(/^Tag pg with VLAN \d+$/), ["/portGroups/pg/vlan"]]);
    expect(fix?.introduces.filter((id) => /^(NET|MGT)-001/.test(id))).toEqual([]);
  });
});
