import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import type { Policy } from "../model/policy";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw002 } from "./FW-002-broad-allow";

function site(rule: Partial<Rule>, where: "fw" | "dfw" = "fw", policy: Policy = {}): Drawing {
  const drawing = draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,30,40"));
  for (const vlan of [10, 30, 40]) drawing.portGroup(`pg-${vlan}`, "sw", access(vlan));
  drawing.vm("a1", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.10/24"] } }, { tenant: "a" }).vm("a2", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.11/24"] } }, { tenant: "a" })
    .vm("b1", "hv", { eth0: { portGroup: "pg-30", addresses: ["10.3.0.10/24"] } }, { tenant: "b" })
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg-40" }).external("internet", { physicalSwitch: "tor", vlan: 50 });
  const rules: Rule[] = [{ id: "r1", action: "allow", ...rule }];
  drawing.put("firewalls", "fw", {
    interfaces: { a: { physicalSwitch: "tor", vlan: 10 }, b: { physicalSwitch: "tor", vlan: 30 }, m: { physicalSwitch: "tor", vlan: 40 }, out: { physicalSwitch: "tor", vlan: 50 } }, ...(where === "fw" ? { rules } : {}),
  }).put("distributedFirewalls", "dfw", { defaultAction: "deny", ...(where === "dfw" ? { rules } : {}) });
  Object.assign(drawing.build(), { policy });
  return drawing;
}
const found = (...args: Parameters<typeof site>) => severities(fw002, site(...args).build());

describe("FW-002", () => {
  it("is high for everybody to everybody", () => {
    expect(found({})).toEqual({ "fw/r1": "high" });
    expect(found({ from: ["any"], to: ["cidr:0.0.0.0/0"], services: ["tcp/80"] })).toEqual({ "fw/r1": "high" });
    expect(found({}, "dfw")).toEqual({ "dfw/r1": "high" });
  });

  it("leaves out rules that deny or are disabled, and routers", () => {
    expect(found({ action: "deny" })).toEqual({});
    expect(found({ enabled: false })).toEqual({});
    expect(severities(fw002, site({ action: "deny" }).put("routers", "r", { rules: [{ id: "r1", action: "allow" }] }).build())).toEqual({});
  });

  it("is high for every service between tenants, not for some services", () => {
    expect(found({ from: ["tenant:a"], to: ["tenant:b"] })).toEqual({ "fw/r1": "high" });
    expect(found({ from: ["tenant:a"], to: ["tenant:b"], services: ["icmp", "tcp", "udp"] })).toEqual({ "fw/r1": "high" });
    expect(found({ from: ["tenant:a"], to: ["tenant:b"], services: ["tcp/443"] })).toEqual({});
    expect(found({ from: ["tenant:a"], to: ["tenant:a"] }, "dfw")).toEqual({});
  });

  it("reads an interface as the parties behind it", () => {
    expect(found({ in: "a", out: "b" })).toEqual({ "fw/r1": "high" });
    expect(run(fw002, site({ in: "a", out: "b" }).build())[0]?.title).toContain("between tenants (a and b)");
    expect(found({ in: "a", out: "out" })).toEqual({});
    expect(found({ in: "out", out: "a" })).toEqual({ "fw/r1": "high" });
  });

  it("is high for everybody to management, also at a distributed firewall, which filters what VMs send there", () => {
    expect(found({ to: ["management"], services: ["tcp/443"] })).toEqual({ "fw/r1": "high" });
    expect(found({ to: ["management"], services: ["tcp/443"] }, "dfw")).toEqual({ "dfw/r1": "high" });
    expect(found({ from: ["tenant:a"], to: ["management"] }, "dfw")).toEqual({ "dfw/r1": "high" });
    expect(found({ from: ["external:internet"], to: ["management"] }, "dfw")).toEqual({});
    expect(found({ from: ["external:internet"], to: ["management"] })).toEqual({ "fw/r1": "high" });
    expect(found({ from: ["tenant:a"], to: ["management"], services: ["tcp/443"] })).toEqual({});
    expect(found({ from: ["tenant:a"], to: ["management"] })).toEqual({ "fw/r1": "high" });
  });

  it("is high for everybody to a sensitive VM", () => {
    expect(severities(fw002, site({ to: ["vm:a1"], services: ["tcp/443"] }).put("tenants", "a", { sensitive: true }).build())).toEqual({ "fw/r1": "high" });
    expect(found({ to: ["vm:a1"], services: ["tcp/443"] })).toEqual({});
  });

  it("is medium for every service between zones of a tenant", () => {
    const drawing = site({ from: ["tenant:a"], to: ["tenant:a"] }, "dfw").vm("a1", "hv", "pg-10", { tenant: "a", zone: "web" }).vm("a2", "hv", "pg-10", { tenant: "a", zone: "db" });
    expect(severities(fw002, drawing.build())).toEqual({ "dfw/r1": "medium" });
  });

  it("does not count what policy entries that still count ask for in full", () => {
    const allow = [{ id: "p1", from: ["tenant:a"], to: ["tenant:b"] }];
    expect(found({ from: ["vm:a1"], to: ["tenant:b"] }, "fw", { allow })).toEqual({});
    expect(found({ from: ["vm:a1"], to: ["tenant:b"] }, "fw", { allow: [{ ...allow[0], id: "p1", services: ["tcp/443"] }] })).toEqual({ "fw/r1": "high" });
    expect(found({ from: ["vm:a1"], to: ["tenant:b"] }, "fw", { allow: [{ ...allow[0], id: "p1", until: "2026-11-22" }] })).toEqual({ "fw/r1": "high" });
    expect(found({ from: ["tenant:a", "external:internet"], to: ["tenant:b"] }, "fw", { allow })).toEqual({ "fw/r1": "high" });
  });

  it("is low for a block over 256 addresses wider than the subnets in it", () => {
    expect(found({ from: ["cidr:10.1.0.0/24"], to: ["tenant:a"], services: ["tcp/443"] })).toEqual({});
    expect(found({ from: ["cidr:10.1.0.0/23"], to: ["tenant:a"], services: ["tcp/443"] })).toEqual({});
    expect(found({ from: ["cidr:10.1.0.0/22"], to: ["tenant:a"], services: ["tcp/443"] })).toEqual({ "fw/r1": "low" });
    expect(found({ from: ["cidr:198.51.0.0/16"], to: ["tenant:a"], services: ["tcp/443"] })).toEqual({});
    expect(closingFixes(fw002, site({ from: ["cidr:10.1.0.0/16"], to: ["tenant:a"], services: ["tcp/443"] }).build())["fw/r1"]?.[0]).toBe("Name the subnets in use in rule r1 of fw");
  });

  it("offers fixes that close it and widen nothing", () => {
    const policy = { require: [{ id: "q1", from: ["external:internet"], to: ["vm:a1"], services: ["tcp/443"] }], allow: [{ id: "p2", from: ["tenant:b"], to: ["tenant:a"], services: ["tcp/22"] }] };
    expect(closingFixes(fw002, site({}, "dfw", policy).build())).toEqual({ "dfw/r1": ["Replace rule r1 of dfw with what the policy allows", "Disable rule r1 of dfw"] });
    const narrow = run(fw002, site({ in: "out", out: "a" }, "fw", policy).build())[0]?.fixes?.()[0];
    expect(JSON.stringify(narrow?.edits)).toContain("Policy q1");
    expect(JSON.stringify(narrow?.edits)).not.toContain("Policy p2");
  });
});
