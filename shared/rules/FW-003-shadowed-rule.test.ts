import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw003 } from "./FW-003-shadowed-rule";

function site(rules: readonly Rule[], where: "firewalls" | "routers" | "distributedFirewalls" = "firewalls"): Drawing {
  const drawing = draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20,30"));
  for (const vlan of [10, 20, 30]) drawing.portGroup(`pg-${vlan}`, "sw", access(vlan));
  drawing.vm("a1", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.10/24"] } }, { tenant: "a" }).vm("a2", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.11/24"] } }, { tenant: "a" })
    .vm("b1", "hv", { eth0: { portGroup: "pg-20", addresses: ["10.2.0.10/24"] } }, { tenant: "b" }).put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg-30", addresses: ["10.3.0.10/24"] });
  const interfaces = { a: { physicalSwitch: "tor", vlan: 10 }, b: { physicalSwitch: "tor", vlan: 20 }, m: { physicalSwitch: "tor", vlan: 30 } };
  return where === "distributedFirewalls" ? drawing.put(where, "f", { rules: [...rules] }) : drawing.put(where, "f", { interfaces, rules: [...rules] });
}
const allow = (id: string, more: Partial<Rule> = {}): Rule => ({ id, action: "allow", ...more });
const deny = (id: string, more: Partial<Rule> = {}): Rule => ({ id, action: "deny", ...more });
const found = (...args: Parameters<typeof site>) => severities(fw003, site(...args).build());

describe("FW-003", () => {
  it("is high for a deny between tenants, or to management, that allows leave nothing of", () => {
    for (const where of ["firewalls", "routers", "distributedFirewalls"] as const) expect(found([allow("r1"), deny("r2", { from: ["tenant:a"], to: ["tenant:b"] })], where)).toEqual({ "f/r2": "high" });
    expect(found([allow("r1"), deny("r2", { from: ["tenant:a"], to: ["management"], services: ["tcp/443"] })])).toEqual({ "f/r2": "high" });
    expect(found([allow("r1", { in: "a" }), { id: "r2", action: "reject", in: "a", out: "b" }])).toEqual({ "f/r2": "high" });
  });

  it("is medium for a deny inside a tenant and for every allow", () => {
    expect(found([allow("r1"), deny("r2", { from: ["tenant:a"], to: ["vm:a1"] })])).toEqual({ "f/r2": "medium" });
    expect(found([deny("r1"), allow("r2", { from: ["tenant:a"], to: ["tenant:b"] })])).toEqual({ "f/r2": "medium" });
  });

  it("finds what several rules shadow together, and names each of them and no other", () => {
    const rules = [deny("other", { from: ["tenant:b"] }), allow("low", { from: ["vm:a1"] }), allow("high", { from: ["vm:a2"] }), deny("void", { from: ["tenant:a"], to: ["tenant:b"], services: ["tcp/22"] })];
    const [draft] = run(fw003, site(rules).build());
    expect(draft?.key).toBe("f/void");
    expect(draft?.title).toBe("f: rule void is shadowed by low and high");
    expect(draft?.detail).toContain("rule low (allows vm:a1 to any, any) and rule high (allows vm:a2 to any, any)");
    expect(draft?.detail).not.toContain("other");
    expect(draft?.standing).toEqual({ kind: "shadowed", by: ["low", "high"] });
  });

  it("is silent where a port, an address, an interface or a rule that is switched off leaves something to decide", () => {
    expect(found([allow("r1", { services: ["tcp/1-442", "tcp/444-65535"] }), deny("r2", { services: ["tcp"] })])).toEqual({});
    expect(found([allow("r1", { from: ["tenant:a"] }), deny("r2", { from: ["cidr:10.1.0.0/24"] })])).toEqual({});
    expect(found([allow("r1", { in: "a" }), deny("r2", { out: "b" })])).toEqual({});
    expect(found([allow("r1", { enabled: false }), deny("r2")])).toEqual({});
    expect(found([allow("r1"), deny("r2", { enabled: false })])).toEqual({});
  });

  it("leaves to others what rules of the same effect, or only both, cover", () => {
    expect(found([allow("r1"), allow("r2", { from: ["tenant:a"] })])).toEqual({});
    expect(found([allow("r1", { from: ["vm:a1"] }), deny("r2", { from: ["vm:a2"] }), deny("r3", { from: ["tenant:a"] })])).toEqual({});
  });

  it("says nothing of an end whose addresses are not known", () => {
    const rules = [allow("r1", { from: ["cidr:10.0.0.0/8"] }), deny("r2", { from: ["vm:a1"] })];
    expect(found(rules)).toEqual({ "f/r2": "high" });
    expect(severities(fw003, site(rules).vm("a1", "hv", "pg-10", { tenant: "a" }).build())).toEqual({});
  });

  it("offers to move the rule before the first that shadows it, or to delete it", () => {
    const rules = [deny("r0", { from: ["tenant:b"] }), allow("r1"), deny("r2", { from: ["tenant:a"], to: ["tenant:b"] })];
    expect(closingFixes(fw003, site(rules).build())["f/r2"]).toEqual(["Move rule r2 of f before rule r1", "Delete rule r2 of f"]);
    expect(run(fw003, site(rules).build())[0]?.fixes?.()[0]?.edits).toEqual([{ op: "move", from: "/firewalls/f/rules/2", path: "/firewalls/f/rules/1" }]);
  });
});
