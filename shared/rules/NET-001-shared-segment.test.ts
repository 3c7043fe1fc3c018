import { describe, expect, it } from "vitest";
import { access, accessPort, community, draw, isolated, promiscuous, trunkPort, untagged, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

/** Two hosts on one physical switch; `pg-1` and `pg-2` are in VLAN 100. */
function twoHosts(): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1")
    .vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
    .uplink("u1", "s1", "h1", "tor-1", trunkPort("100")).uplink("u2", "s2", "h2", "tor-1", trunkPort("100"))
    .portGroup("pg-1", "s1", access(100)).portGroup("pg-2", "s2", access(100));
}

describe("NET-001", () => {
  it("is one critical finding per tenant pair and segment, named by the smallest switch", () => {
    const evaluation = check(twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h2", "pg-2", { tenant: "b" }).vm("b2", "h1", "pg-1", { tenant: "b" }).build());
    expect(found(evaluation, "NET-001")).toEqual(["critical NET-001:a+b@s1.100"]);
    const [finding] = evaluation.findings.filter((one) => one.rule === "NET-001");
    expect(finding?.services).toEqual(["any"]);
    expect(finding?.subjects).toEqual(expect.arrayContaining(["a1", "b1", "b2", "pg-1", "pg-2"]));
    expect(finding?.path.at(0)?.at).toBe("a1/eth0");
    expect(finding?.path.length).toBeGreaterThan(3);
  });

  it("names three pairs where three tenants share a segment", () => {
    const drawing = twoHosts().tenant("c").vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h1", "pg-1", { tenant: "b" }).vm("c1", "h2", "pg-2", { tenant: "c" });
    expect(idsOf(check(drawing.build()), "NET-001")).toEqual(["NET-001:a+b@s1.100", "NET-001:a+c@s1.100", "NET-001:b+c@s1.100"]);
  });

  it("does not fire for the same VLAN number on switches that nothing joins, for disconnected vNICs, or for what the trunk does not carry", () => {
    const apart = draw().tenant("a").tenant("b").hypervisor("h1").hypervisor("h2").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2")
      .portGroup("pg-1", "s1", access(100)).portGroup("pg-2", "s2", access(100)).vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h2", "pg-2", { tenant: "b" });
    expect(idsOf(check(apart.build()), "NET-001")).toEqual([]);
    const disconnected = twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h1", { eth0: { portGroup: "pg-1", connected: false } }, { tenant: "b" });
    expect(idsOf(check(disconnected.build()), "NET-001")).toEqual([]);
    const pruned = twoHosts().uplink("u2", "s2", "h2", "tor-1", trunkPort("10")).vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h2", "pg-2", { tenant: "b" });
    expect(idsOf(check(pruned.build()), "NET-001")).toEqual([]);
  });

  it("stays silent where the allowed list is unknown, and the pair is unknown rather than isolated", () => {
    const evaluation = check(twoHosts().uplink("u2", "s2", "h2", "tor-1", trunkPort()).vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h2", "pg-2", { tenant: "b" }).build());
    expect(idsOf(evaluation, "NET-001")).toEqual([]);
    expect(evaluation.summary.tenantPairs).toEqual({ isolated: 0, permitted: 0, violating: 0, unknown: 2 });
  });

  it("counts workloads only: no routers, infrastructure, jump hosts or templates", () => {
    const drawing = twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" });
    for (const role of ["infrastructure", "jump-host", "template"] as const) drawing.vm(`b-${role}`, "h1", "pg-1", { tenant: "b", role });
    expect(idsOf(check(drawing.build()), "NET-001")).toEqual([]);
  });

  it("takes a bridge without VLAN filtering as one domain, whatever the drawing says", () => {
    const bridge = (vlanAware: boolean): string[] => idsOf(check(draw().tenant("a").tenant("b").hypervisor("h1", "kvm").vswitch("br0", "linux-bridge", "h1", { vlanAware })
      .portGroup("pg-a", "br0", access(10)).portGroup("pg-b", "br0", access(20)).vm("a1", "h1", "pg-a", { tenant: "a" }).vm("b1", "h1", "pg-b", { tenant: "b" }).build()), "NET-001");
    expect(bridge(false)).toHaveLength(1);
    expect(bridge(true)).toEqual([]);
  });

  it("follows untagged port groups of two hosts into one access VLAN", () => {
    const drawing = twoHosts().uplink("u1", "s1", "h1", "tor-1", accessPort(7)).uplink("u2", "s2", "h2", "tor-1", accessPort(7))
      .portGroup("pg-1", "s1", untagged).portGroup("pg-2", "s2", untagged).vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h2", "pg-2", { tenant: "b" });
    expect(idsOf(check(drawing.build()), "NET-001")).toEqual(["NET-001:a+b@s1.0"]);
  });

  it("leaves out ports that are isolated from each other, and finds a promiscuous one", () => {
    const bridge = draw().tenant("a").tenant("b").hypervisor("h1", "kvm").vswitch("br0", "linux-bridge", "h1", { vlanAware: true })
      .portGroup("pg", "br0", access(10), { isolatedPorts: true }).vm("a1", "h1", "pg", { tenant: "a" }).vm("b1", "h1", "pg", { tenant: "b" });
    expect(idsOf(check(bridge.build()), "NET-001")).toEqual([]);
    const base = (): Drawing => draw().tenant("a").tenant("b").hypervisor("h1").vswitch("vds", "distributed", "h1")
      .portGroup("pg-iso", "vds", isolated(100, 101)).portGroup("pg-com", "vds", community(100, 102)).portGroup("pg-pro", "vds", promiscuous(100));
    expect(idsOf(check(base().vm("a1", "h1", "pg-iso", { tenant: "a" }).vm("b1", "h1", "pg-iso", { tenant: "b" }).build()), "NET-001")).toEqual([]);
    expect(idsOf(check(base().vm("a1", "h1", "pg-com", { tenant: "a" }).vm("b1", "h1", "pg-com", { tenant: "b" }).build()), "NET-001")).toHaveLength(1);
    expect(idsOf(check(base().vm("a1", "h1", "pg-com", { tenant: "a" }).vm("b1", "h1", "pg-pro", { tenant: "b" }).build()), "NET-001")).toHaveLength(1);
  });

  it("does not count a pair that the policy allows both ways, and does where only one way is allowed", () => {
    const drawing = (...ways: [string, string][]): string[] => found(check({
      ...twoHosts().tenant("dns", "shared").vm("a1", "h1", "pg-1", { tenant: "a" }).vm("d1", "h1", "pg-1", { tenant: "dns" }).build(),
      policy: { allow: ways.map(([from, to], index) => ({ id: `p${index}`, from: [`tenant:${from}`], to: [`tenant:${to}`] })) },
    }), "NET-001");
    expect(drawing(["a", "dns"], ["dns", "a"])).toEqual([]);
    expect(drawing(["a", "dns"])).toEqual(["critical NET-001:a+dns@s1.100"]);
  });

  it("is medium where a distributed firewall denies all IP but frames still pass", () => {
    const drawing = twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h1", "pg-1", { tenant: "b" })
      .put("distributedFirewalls", "dfw", { rules: [{ id: "d", action: "deny", from: ["tenant:a"], to: ["tenant:b"] }, { id: "e", action: "deny", from: ["tenant:b"], to: ["tenant:a"] }] });
    const evaluation = check(drawing.build());
    expect(found(evaluation, "NET-001")).toEqual(["medium NET-001:a+b@s1.100"]);
    expect(evaluation.summary.tenantPairs.isolated).toBe(2);
  });

  it("offers to move a tenant into a free VLAN, lets it through the uplinks, and the finding is gone", () => {
    const evaluation = check(twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" }).vm("a2", "h2", "pg-2", { tenant: "a" }).vm("b1", "h1", "pg-1", { tenant: "b" }).vm("b2", "h2", "pg-2", { tenant: "b" }).build());
    const fixes = fixesFor(evaluation, "NET-001:a+b@s1.100");
    expect(fixes.length).toBeGreaterThan(1);
    for (const fix of fixes) expect(fix).toMatchObject({ verified: true, breaksRequired: [] });
    expect(fixes[0]?.edits).toContainEqual({ op: "replace", path: "/uplinks/u1/port/allowed", value: "100,110" });
  });

  it("is the same finding after an unrelated edit", () => {
    const before = idsOf(check(twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h1", "pg-1", { tenant: "b" }).build()), "NET-001");
    const after = idsOf(check(twoHosts().vm("a1", "h1", "pg-1", { tenant: "a" }).vm("b1", "h1", "pg-1", { tenant: "b" }).vm("zz", "h2", "pg-2", { tenant: "a" }).build()), "NET-001");
    expect(after).toEqual(before);
  });
});
