import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

const require = { require: [{ id: "q1", from: ["vm:a1"], to: ["vm:a2"], services: ["tcp/5432"] }] };

/** `a1` in VLAN 10 and `a2` in VLAN 20, with a firewall between that denies. */
function routed(): Drawing {
  return draw().tenant("a").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg-1", "s1", access(10)).portGroup("pg-2", "s1", access(20))
    .vm("a1", "h1", { eth0: { portGroup: "pg-1", addresses: ["10.1.0.5/24"] } }, { tenant: "a" }).vm("a2", "h1", { eth0: { portGroup: "pg-2", addresses: ["10.2.0.5/24"] } }, { tenant: "a" })
    .put("firewalls", "fw", { hypervisor: "h1", interfaces: { in: { portGroup: "pg-1", addresses: ["10.1.0.1/24"] }, out: { portGroup: "pg-2", addresses: ["10.2.0.1/24"] } } });
}

const withPolicy = (drawing: Drawing, policy: Topology["policy"] = require): Topology => ({ ...drawing.build(), policy });

describe("INT-002", () => {
  it("fires per entry, names the place that stops the flow, and offers a rule there with exactly its scope", () => {
    const evaluation = check(withPolicy(routed()));
    expect(found(evaluation, "INT-002")).toEqual(["medium INT-002:q1"]);
    const [finding] = evaluation.findings.filter((one) => one.rule === "INT-002");
    expect(finding?.detail).toContain("fw denies by default");
    const [fix] = fixesFor(evaluation, "INT-002:q1");
    expect(fix).toMatchObject({ verified: true, breaksRequired: [], introduces: [] });
    expect(JSON.stringify(fix?.edits)).toContain('"from":["vm:a1"],"to":["vm:a2"],"services":["tcp/5432"]');
  });

  it("is silent where the flow holds, where the entry is over, and where the answer is unknown", () => {
    const open = routed().put("firewalls", "fw", { hypervisor: "h1", interfaces: { in: { portGroup: "pg-1" }, out: { portGroup: "pg-2" } }, defaultAction: "allow" });
    expect(idsOf(check(withPolicy(open)), "INT-002")).toEqual([]);
    expect(idsOf(check(withPolicy(routed(), { require: [{ ...require.require[0], id: "q1", until: "2026-11-22" }] })), "INT-002")).toEqual([]);
    const unknown = draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
      .uplink("u1", "s1", "h1", "tor-1", trunkPort("10")).uplink("u2", "s2", "h2", "tor-1", trunkPort()).portGroup("pg-1", "s1", access(10)).portGroup("pg-2", "s2", access(10))
      .vm("a1", "h1", "pg-1").vm("a2", "h2", "pg-2");
    expect(idsOf(check(withPolicy(unknown)), "INT-002")).toEqual([]);
  });

  it("offers to let a VLAN through the port that does not carry it", () => {
    const drawing = draw().tenant("a").hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
      .uplink("u1", "s1", "h1", "tor-1", trunkPort("10")).uplink("u2", "s2", "h2", "tor-1", trunkPort("20")).portGroup("pg-1", "s1", access(10)).portGroup("pg-2", "s2", access(10))
      .vm("a1", "h1", "pg-1", { tenant: "a" }).vm("a2", "h2", "pg-2", { tenant: "a" });
    const evaluation = check(withPolicy(drawing));
    expect(idsOf(evaluation, "INT-002")).toEqual(["INT-002:q1"]);
    expect(fixesFor(evaluation, "INT-002:q1").map((fix) => fix.edits)).toContainEqual([{ op: "replace", path: "/uplinks/u2/port/allowed", value: "10,20" }]);
  });

  it("offers a firewall where nothing connects the two", () => {
    const drawing = draw().tenant("a").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,20"))
      .portGroup("pg-1", "s1", access(10)).portGroup("pg-2", "s1", access(20))
      .vm("a1", "h1", { eth0: { portGroup: "pg-1", addresses: ["10.1.0.5/24"] } }, { tenant: "a" }).vm("a2", "h1", { eth0: { portGroup: "pg-2", addresses: ["10.2.0.5/24"] } }, { tenant: "a" });
    const [fix] = fixesFor(check(withPolicy(drawing)), "INT-002:q1");
    expect(fix).toMatchObject({ verified: true, breaksRequired: [] });
    expect(fix?.edits.some((edit) => edit.path.startsWith("/firewalls"))).toBe(true);
  });
});
