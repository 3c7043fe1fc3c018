import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, flawedScenario, found, idsOf } from "./testing";

type Rules = NonNullable<NonNullable<Topology["routers"]>[string]["rules"]>;

/** Tenants a and b in VLANs 10 and 20, joined by a router with these rules. */
function routed(rules: Rules, defaultAction: "allow" | "deny" = "deny", spoofGuard = true): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,20"))
    .portGroup("pg-a", "s1", access(10), { spoofGuard }).portGroup("pg-b", "s1", access(20), { spoofGuard })
    .vm("a1", "h1", { eth0: { portGroup: "pg-a", addresses: ["10.1.0.5/24"] } }, { tenant: "a" })
    .vm("b1", "h1", { eth0: { portGroup: "pg-b", addresses: ["10.2.0.5/24"] } }, { tenant: "b" })
    .put("routers", "gw", { interfaces: { a: { portGroup: "pg-a", addresses: ["10.1.0.1/24"] }, b: { portGroup: "pg-b", addresses: ["10.2.0.1/24"] } }, rules, defaultAction });
}

const web: Rules = [{ id: "r1", action: "allow", from: ["tenant:a"], to: ["tenant:b"], services: ["tcp/8443"] }];

describe("NET-002", () => {
  it("is one finding per directed pair of tenants, with the way and the rule that let it through", () => {
    const evaluation = check(routed(web).build());
    expect(found(evaluation, "NET-002")).toEqual(["high NET-002:a>b"]);
    const [finding] = evaluation.findings.filter((one) => one.rule === "NET-002");
    expect(finding?.services).toEqual(["tcp/8443"]);
    expect(finding?.path.find((hop) => hop.kind === "router")?.does).toContain("r1");
    expect(idsOf(check(routed([], "allow").build()), "NET-002")).toEqual(["NET-002:a>b", "NET-002:b>a"]);
  });

  it("is critical for a sensitive tenant and for services of remote administration", () => {
    expect(found(check(routed([{ ...web[0], id: "r1", action: "allow", services: ["tcp/22"] }]).build()), "NET-002")).toContain("critical NET-002:a>b");
    expect(found(check(routed(web).put("tenants", "b", { sensitive: true }).build()), "NET-002")).toEqual(["critical NET-002:a>b"]);
  });

  it("binds the guests' addresses where they could forge past a deny at a router that hands packets back out of one interface", () => {
    const hairpin = draw().tenant("a").tenant("b").tenant("c").hypervisor("h1", "kvm").vswitch("s1", "open-vswitch", "h1")
      .portGroup("pg-a", "s1", access(10)).portGroup("pg-b", "s1", access(20)).portGroup("pg-gw", "s1", { mode: "trunk", allowed: "10,20" })
      .vm("a1", "h1", { eth0: { portGroup: "pg-a", addresses: ["10.1.0.5/24"] } }, { tenant: "a" }).vm("c1", "h1", { eth0: { portGroup: "pg-a", addresses: ["10.1.0.6/24"] } }, { tenant: "c" })
      .vm("b1", "h1", { eth0: { portGroup: "pg-b", addresses: ["10.2.0.5/24"] } }, { tenant: "b" })
      .put("routers", "gw", { interfaces: { all: { portGroup: "pg-gw", addresses: ["10.1.0.1/24", "10.2.0.1/24"] } }, rules: [{ id: "r1", action: "allow", to: ["tenant:b"] }], defaultAction: "deny" });
    const evaluation = check(hairpin.build());
    expect(idsOf(evaluation, "NET-002")).toContain("NET-002:a>b");
    const titles = fixesFor(evaluation, "NET-002:a>b").map(({ title }) => title);
    expect(titles).toEqual(["Deny tenant:a to tenant:b at gw, and bind MAC and IP addresses to the ports of pg-a and pg-b (spoof guard)"]);
  });

  it("leaves pairs in one segment to NET-001, and flows that the policy allows alone", () => {
    expect(idsOf(check(flawedScenario()), "NET-002")).toEqual([]);
    const allowed = { ...routed(web).build(), policy: { allow: [{ id: "p1", from: ["tenant:a"], to: ["tenant:b"], services: ["tcp/8000-9000"] }] } };
    expect(idsOf(check(allowed), "NET-002")).toEqual([]);
    expect(idsOf(check({ ...allowed, policy: { allow: [{ id: "p1", from: ["tenant:a"], to: ["tenant:b"], services: ["udp"] }] } }), "NET-002")).toEqual(["NET-002:a>b"]);
  });

  it("does not fire where a distributed firewall stops the flow", () => {
    const drawing = routed(web).put("distributedFirewalls", "dfw", { rules: [{ id: "d1", action: "deny", from: ["tenant:a"], to: ["tenant:b"] }] });
    expect(idsOf(check(drawing.build()), "NET-002")).toEqual([]);
  });

  it("says where only injection is possible: a native VLAN that differs at the two ends of a trunk", () => {
    const drawing = draw().tenant("a").tenant("b").hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2")
      .vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2").uplink("u1", "s1", "h1", "tor-1", trunkPort("20")).uplink("u2", "s2", "h2", "tor-2", trunkPort("30"))
      .trunk("t", "tor-1", trunkPort("20", 20), "tor-2", trunkPort("30", 30))
      .portGroup("pg-a", "s1", access(20)).portGroup("pg-b", "s2", access(30)).vm("a1", "h1", "pg-a", { tenant: "a" }).vm("b1", "h2", "pg-b", { tenant: "b" });
    // Untagged frames join the two VLANs both ways: one segment, and so NET-001.
    expect(idsOf(check(drawing.build()), "NET-001")).toHaveLength(1);
    const oneWay = drawing.trunk("t", "tor-1", trunkPort("20,30", 1), "tor-2", trunkPort("20", 20));
    oneWay.portGroup("pg-b", "s2", access(20)).uplink("u2", "s2", "h2", "tor-2", trunkPort("20")).portGroup("pg-a", "s1", access(20));
    const evaluation = check(oneWay.build());
    expect(found(evaluation, "NET-002")).toEqual(["high NET-002:a>b"]);
    expect(evaluation.findings.find((one) => one.rule === "NET-002")?.title).toContain("injects");
    expect(fixesFor(evaluation, "NET-002:a>b").map(({ title }) => title)).toContain("Add a distributed firewall that denies by default, with rules for the declared flows");
  });

  it("offers a deny at the gateway: by party where addresses are bound, by interface where they can be taken over", () => {
    const titles = (spoofGuard: boolean): string[] => fixesFor(check(routed(web, "deny", spoofGuard).build()), "NET-002:a>b").map((fix) => fix.title);
    expect(titles(true)[0]).toBe("Deny tenant:a to tenant:b at gw");
    expect(titles(false)).toContain("Deny tenant:a to tenant:b between the interfaces of gw");
  });

  it("offers to unplug a VM that forwards between the tenants, or a distributed firewall", () => {
    const drawing = draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pa", "s1", access(10)).portGroup("pb", "s1", access(20))
      .vm("a1", "h1", "pa", { tenant: "a" }).vm("b1", "h1", "pb", { tenant: "b" })
      .vm("gw", "h1", { eth0: { portGroup: "pa" }, eth1: { portGroup: "pb" } }, { role: "infrastructure", forwarding: true });
    const fixes = fixesFor(check(drawing.build()), "NET-002:a>b");
    expect(fixes.map(({ title, verified }) => [title, verified])).toEqual(expect.arrayContaining([
      ["Close the way through gw", true], ["Add a distributed firewall that denies by default, with rules for the declared flows", true],
    ]));
  });

  it("is one finding for a tenant that reaches more than 50 others, and one each up to there", () => {
    const crowded = (others: number): string[] => idsOf(check(crowd(others).build()), "NET-002");
    expect(crowded(50)).toHaveLength(50 * 51);
    expect(crowded(50)).toContain("NET-002:t0>t50");
    expect(crowded(51)).toEqual(Array.from({ length: 52 }, (_, index) => `NET-002:t${index}>*`).sort());
    const [finding] = check(crowd(51).build()).findings.filter(({ id }) => id === "NET-002:t0>*");
    expect(finding).toMatchObject({ severity: "critical", title: "t0 reaches 51 tenants", services: ["any"] });
    expect(finding?.detail).toBe("VMs of t0 reach VMs of 51 tenants (t1, t10, t11, t12, t13, t14 and 45 more) on any beyond the policy, such as vm0 to vm1; gw routes.");
    expect(finding?.subjects.slice(0, 3)).toEqual(["gw", "t0", "t1"]);
    expect(found(check(crowd(51).build()), "INT-001")).toEqual(Array.from({ length: 52 }, (_, index) => `critical INT-001:t${index}+*`).sort());
  }, 60_000);
});

/** A tenant and so many others, each with a VM in a VLAN of its own, joined by a router that allows. */
function crowd(others: number): Drawing {
  let drawing = draw().hypervisor("h1").vswitch("s1", "standard", "h1");
  const interfaces: Record<string, { portGroup: string; addresses: string[] }> = {};
  for (let i = 0; i <= others; i += 1) {
    interfaces[`p${i}`] = { portGroup: `pg${i}`, addresses: [`10.1.${i}.1/24`] };
    drawing = drawing.tenant(`t${i}`).portGroup(`pg${i}`, "s1", access(10 + i), { spoofGuard: true }).vm(`vm${i}`, "h1", { eth0: { portGroup: `pg${i}`, addresses: [`10.1.${i}.5/24`] } }, { tenant: `t${i}` });
  }
  return drawing.put("routers", "gw", { interfaces, rules: [], defaultAction: "allow" });
}
