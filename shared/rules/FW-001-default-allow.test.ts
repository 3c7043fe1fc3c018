import { describe, expect, it } from "vitest";
import type { Forwarder } from "../model/kinds/forwarder";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { closingFixes, run } from "./fixtures/run-rule";
import { fw001 } from "./FW-001-default-allow";
import { check } from "./testing";

const ALLOW = { defaultAction: "allow" } as const;

/** VLANs 10 (a1), 20 (a2), 30 (b1), 40 (management), 50 (internet) at one switch; a firewall joins those asked for. */
function site(vlans: readonly number[], own: Partial<Forwarder>, collection: "firewalls" | "routers" = "firewalls"): Drawing {
  const drawing = draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20,30,40"));
  for (const vlan of [10, 20, 30, 40]) drawing.portGroup(`pg-${vlan}`, "sw", access(vlan));
  drawing.vm("a1", "hv", "pg-10", { tenant: "a", zone: "dmz" }).vm("a2", "hv", "pg-20", { tenant: "a" }).vm("b1", "hv", "pg-30", { tenant: "b" })
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg-40" }).external("internet", { physicalSwitch: "tor", vlan: 50 });
  const interfaces = Object.fromEntries(vlans.map((vlan) => [`v${vlan}`, { physicalSwitch: "tor", vlan }]));
  return drawing.put(collection, "fw", { interfaces, ...own });
}

const keys = (drawing: Drawing): string[] => run(fw001, drawing.build()).map(({ key }) => key);

describe("FW-001 at a firewall", () => {
  it("takes deny as the default and reject for deny", () => {
    expect(keys(site([10, 30], {}))).toEqual([]);
    expect(keys(site([10, 30], { defaultAction: "reject" }))).toEqual([]);
    expect(keys(site([10, 30], ALLOW))).toEqual(["fw"]);
  });

  it("fires between tenants, before management and towards an external network", () => {
    expect(run(fw001, site([10, 30], ALLOW).build())[0]?.detail).toContain("the tenants a, b");
    expect(run(fw001, site([10, 40], ALLOW).build())[0]?.detail).toContain("management (vmk0)");
    expect(run(fw001, site([10, 50], ALLOW).build())[0]?.detail).toContain("internet and workloads");
  });

  it("fires between zones of one tenant and not where there is no boundary", () => {
    expect(keys(site([10, 20], ALLOW))).toEqual([]);
    expect(keys(site([10, 20], ALLOW).vm("a2", "hv", "pg-20", { tenant: "a", zone: "db" }))).toEqual(["fw"]);
  });

  it("sees tenants behind another router", () => {
    const drawing = site([10, 20], ALLOW).put("routers", "r", { interfaces: { x: { physicalSwitch: "tor", vlan: 20 }, y: { physicalSwitch: "tor", vlan: 30 } } });
    expect(keys(drawing)).toEqual(["fw"]);
  });

  it("leaves routers alone, with and without rules", () => {
    expect(keys(site([10, 30], {}, "routers"))).toEqual([]);
    expect(keys(site([10, 30], { rules: [{ id: "r1", action: "deny", from: ["tenant:a"], to: ["tenant:b"] }] }, "routers"))).toEqual([]);
  });

  it("offers to deny, with the rules that the policy asks for", () => {
    const drawing = site([10, 30, 50], { ...ALLOW, rules: [{ id: "allow-p1", action: "deny", services: ["icmp"] }] })
      .vm("a1", "hv", "pg-10", { tenant: "a" });
    Object.assign(drawing.build(), { policy: { allow: [
      { id: "p1", from: ["external:internet"], to: ["vm:a1"], services: ["tcp/443"] }, { id: "old", from: ["any"], to: ["any"], until: "2020-01-01" },
      { id: "elsewhere", from: ["external:internet"], to: ["vm:a2"], services: ["tcp/443"] },
    ] } });
    expect(closingFixes(fw001, drawing.build())).toEqual({ fw: ["Deny by default at fw, after rules for what the policy allows", "Deny by default at fw"] });
    const [first] = run(fw001, drawing.build())[0]?.fixes?.() ?? [];
    expect(JSON.stringify(first?.edits)).toContain("allow-p1-2");
    expect(JSON.stringify(first?.edits)).not.toContain("allow-old");
    expect(JSON.stringify(first?.edits)).not.toContain("allow-elsewhere");
  });
});

describe("FW-001 at a distributed firewall", () => {
  it("takes allow as the default and says whose it is", () => {
    const [draft] = run(fw001, site([], {}).put("distributedFirewalls", "dfw", {}).build());
    expect(draft?.key).toBe("dfw");
    expect(draft?.detail).toContain("$.distributedFirewalls.dfw.defaultAction is not set and allow is assumed");
    expect(keys(site([], {}).put("distributedFirewalls", "dfw", { defaultAction: "deny" }))).toEqual([]);
  });

  it("fires even with deny rules, since what they do not mention passes", () => {
    expect(keys(site([], {}).put("distributedFirewalls", "dfw", { ...ALLOW, rules: [{ id: "d1", action: "deny", from: ["tenant:a"], to: ["tenant:b"] }] }))).toEqual(["dfw"]);
  });

  it("takes a rule that denies everything for the default", () => {
    const last = (rule: object): string[] => keys(site([], {}).put("distributedFirewalls", "dfw", { ...ALLOW, rules: [{ id: "last", action: "deny", ...rule }] }));
    expect(last({})).toEqual([]);
    expect(last({ from: ["any"], to: ["any"], services: ["any"] })).toEqual([]);
    expect(last({ from: ["cidr:0.0.0.0/0", "cidr:::/0"], services: ["icmp", "tcp/1-65535", "udp"] })).toEqual([]);
    expect(last({ from: ["cidr:0.0.0.0/0"] })).toEqual(["dfw"]);
    expect(last({ enabled: false })).toEqual(["dfw"]);
    expect(last({ services: ["tcp"] })).toEqual(["dfw"]);
    expect(last({ action: "allow" })).toEqual(["dfw"]);
  });

  it("has one without state keep it where answers to what the policy requires would be denied", () => {
    const topology = { ...site([10, 30], ALLOW).put("distributedFirewalls", "dfw", { ...ALLOW, stateful: false }).build(), policy: { require: [{ id: "q1", from: ["vm:a1"], to: ["vm:b1"], services: ["tcp/443"] }] } };
    const [fix] = fixesFor(check(topology), "FW-001:dfw");
    expect(fix).toMatchObject({ title: "Deny by default at dfw, after rules for what the policy allows, and keep state for the answers", breaksRequired: [] });
  });

  it("counts only what it filters", () => {
    expect(keys(site([], {}).put("distributedFirewalls", "dfw", { ...ALLOW, virtualSwitches: [] }))).toEqual([]);
    expect(keys(site([], {}).put("distributedFirewalls", "dfw", { ...ALLOW, exclude: ["tenant:b"] }))).toEqual([]);
    expect(keys(site([], {}).put("distributedFirewalls", "dfw", { ...ALLOW, virtualSwitches: ["sw"] }))).toEqual(["dfw"]);
  });
});
