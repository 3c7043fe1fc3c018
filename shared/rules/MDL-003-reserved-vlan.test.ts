import { describe, expect, it } from "vitest";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl003 } from "./MDL-003-reserved-vlan";

function site(vlan: number, allowed = "all"): Drawing {
  return draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort(allowed)).portGroup("pg", "sw", access(vlan))
    .vm("v1", "hv", "pg", { tenant: "a" });
}

describe("MDL-003", () => {
  it("finds ids that switches reserve, at their edges", () => {
    for (const vlan of [1001, 1024, 3968, 4094]) expect(severities(mdl003, site(vlan).build())).toEqual({ pg: "low" });
    for (const vlan of [2, 1000, 1025, 3967]) expect(run(mdl003, site(vlan).build())).toEqual([]);
    expect(run(mdl003, site(4094).build())[0]?.title).toContain("Catalyst and Nexus");
  });

  it("leaves switches without an uplink alone", () => {
    expect(run(mdl003, draw().hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(1002)).build())).toEqual([]);
  });

  it("finds VLAN 1 with workloads, as a consequence of NET-003 where that says so too", () => {
    expect(severities(mdl003, site(1).build())).toEqual({ pg: "low" });
    const known = new Map([["NET-003", [{ key: "pg", title: "", subjects: ["pg"], detail: "" }]]]);
    expect(run(mdl003, site(1).build(), known).map(({ causes }) => causes)).toEqual([["NET-003:pg"]]);
    expect(run(mdl003, site(1002).build(), known).map(({ causes }) => causes)).toEqual([undefined]);
    expect(run(mdl003, draw().hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(1)).build())).toEqual([]);
  });

  it("finds one name with two VLANs on one physical network", () => {
    const second = (plug: string): Drawing => site(100).physicalSwitch("tor2", "lone").trunk("t", "tor", trunkPort("all"), "tor2", trunkPort("all")).hypervisor("hv2").vswitch("sw2", "standard", "hv2")
      .uplink("up2", "sw2", "hv2", plug, trunkPort("all")).put("portGroups", "pg2", { name: "pg", virtualSwitch: "sw2", vlan: access(200) });
    expect(severities(mdl003, second("tor2").build())).toEqual({ pg2: "low" });
    expect(closingFixes(mdl003, second("tor2").build()).pg2?.[0]).toBe("Use VLAN 100 on pg");
    expect(run(mdl003, second("lone").build())).toEqual([]);
  });

  it("finds one id for interfaces here and for workloads there, on one physical network", () => {
    const second = (plug: string, vlan = 100): Drawing => site(100).physicalSwitch("tor2", "lone").trunk("t", "tor", trunkPort("all"), "tor2", trunkPort("all")).hypervisor("hv2").vswitch("sw2", "standard", "hv2")
      .uplink("up2", "sw2", "hv2", plug, trunkPort("all")).portGroup("vmotion", "sw2", access(vlan)).put("managementInterfaces", "vmk1", { hypervisor: "hv2", portGroup: "vmotion", services: ["migration"] });
    expect(run(mdl003, second("tor2").build()).map(({ key, detail }) => [key, detail])).toEqual([["vmotion", "On port group vmotion, VLAN 100 is for migration here and for workloads on pg."]]);
    expect(run(mdl003, second("lone").build())).toEqual([]);
    expect(run(mdl003, second("tor2", 200).build())).toEqual([]);
    expect(closingFixes(mdl003, second("tor2").build())).toEqual({ vmotion: ["Move vmotion into a VLAN of its own"] });
  });

  it("renumbers the whole segment", () => {
    const drawing = site(1002, "1002,20").vswitch("sw2", "standard", "hv").uplink("up2", "sw2", "hv", "tor", trunkPort("1002")).portGroup("pg2", "sw2", access(1002)).vm("v2", "hv", "pg2", { tenant: "a" });
    expect(closingFixes(mdl003, drawing.build())).toEqual({ pg: ["Renumber VLAN 1002 of pg to 110"], pg2: ["Renumber VLAN 1002 of pg2 to 110"] });
    const edits = JSON.stringify(run(mdl003, drawing.build())[0]?.fixes?.()[0]?.edits);
    expect(edits).toContain("/portGroups/pg2/vlan");
    expect(edits).toContain("20,110,1002");
  });
});
