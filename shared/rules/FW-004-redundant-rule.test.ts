import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw004 } from "./FW-004-redundant-rule";

function site(rules: readonly Rule[]): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10))
    .vm("a1", "hv", { eth0: { portGroup: "pg", addresses: ["10.1.0.10/24"] } }, { tenant: "a" }).vm("a2", "hv", { eth0: { portGroup: "pg", addresses: ["10.1.0.11/24"] } }, { tenant: "a" })
    .vm("b1", "hv", { eth0: { portGroup: "pg", addresses: ["10.2.0.10/24"] } }, { tenant: "b" }).put("firewalls", "fw", { rules: [...rules] });
}
const allow = (id: string, from: string, more: Partial<Rule> = {}): Rule => ({ id, action: "allow", from: [from], ...more });
const deny = (id: string, from: string, more: Partial<Rule> = {}): Rule => ({ id, action: "deny", from: [from], ...more });
const found = (...rules: readonly Rule[]) => severities(fw004, site(rules).build());

describe("FW-004", () => {
  it("is low for a rule that earlier rules of its effect cover, alone or together, and deletes it", () => {
    expect(found(allow("r1", "tenant:a"), allow("r2", "vm:a1", { services: ["tcp/443"] }))).toEqual({ "fw/r2": "low" });
    const rules = [allow("r1", "vm:a1"), allow("r2", "vm:a2"), allow("r3", "tenant:a")];
    expect(found(...rules)).toEqual({ "fw/r3": "low" });
    expect(closingFixes(fw004, site(rules).build())).toEqual({ "fw/r3": ["Delete rule r3 of fw"] });
    expect(run(fw004, site(rules).build())[0]?.detail).toContain("rule r1 (allows vm:a1 to any, any) and rule r2 (allows vm:a2 to any, any)");
  });

  it("is low for a rule that a later one makes needless, and deletes only the one of the two", () => {
    expect(found(allow("r1", "vm:a1"), allow("r2", "tenant:a"))).toEqual({ "fw/r1": "low" });
    expect(found(allow("r1", "vm:a1"), allow("r2", "vm:a1"))).toEqual({ "fw/r2": "low" });
    expect(closingFixes(fw004, site([allow("r1", "vm:a1"), allow("r2", "tenant:a")]).build())).toEqual({ "fw/r1": ["Delete rule r1 of fw"] });
  });

  it("keeps a rule that one of the other effect would overtake", () => {
    expect(found(allow("r1", "vm:a1"), deny("r2", "any", { to: ["vm:b1"] }), allow("r3", "tenant:a"))).toEqual({ "fw/r2": "low", "fw/r3": "low" });
  });

  it("is low for rules that overlap with neither covering the other, and info for a rule with exceptions before it", () => {
    const correlated = [allow("r1", "tenant:a"), deny("r2", "any", { to: ["vm:b1"] })];
    expect(found(...correlated)).toEqual({ "fw/r2": "low" });
    expect(run(fw004, site(correlated).build())[0]).toMatchObject({ title: "fw: the order of rule r2 and r1 decides what passes" });
    expect(found(allow("r1", "vm:a1", { services: ["tcp/443"] }), deny("r2", "tenant:a"))).toEqual({ "fw/r2": "info" });
  });

  it("is silent about rules that do not meet, and about what is not known to", () => {
    expect(found(allow("r1", "vm:a1"), deny("r2", "vm:b1"))).toEqual({});
    expect(found(allow("r1", "any", { services: ["tcp/1-79"] }), deny("r2", "any", { services: ["tcp/80"] }))).toEqual({});
    expect(severities(fw004, site([allow("r1", "cidr:10.1.0.0/24"), allow("r2", "vm:a1")]).vm("a1", "hv", "pg", { tenant: "a" }).build())).toEqual({});
  });
});
