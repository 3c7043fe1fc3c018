import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw007 } from "./FW-007-ineffective-rule";

function site(rules: readonly Rule[], more: object = {}): Drawing {
  const drawing = draw().tenant("a").tenant("b").tenant("empty").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20"));
  return drawing.portGroup("pg-10", "sw", access(10)).portGroup("pg-20", "sw", access(20))
    .vm("a1", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.10/24"] } }, { tenant: "a" }).vm("a2", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.11/24"] } }, { tenant: "a" })
    .vm("b1", "hv", { eth0: { portGroup: "pg-20", addresses: ["10.2.0.10/24"] } }, { tenant: "b" })
    .put("firewalls", "fw", { interfaces: { a: { physicalSwitch: "tor", vlan: 10 }, b: { physicalSwitch: "tor", vlan: 20 }, spare: {} }, rules: [...rules], ...more });
}
const allow = (id: string, more: Partial<Rule> = {}): Rule => ({ id, action: "allow", ...more });
const found = (...args: Parameters<typeof site>) => severities(fw007, site(...args).build());
const why = (...args: Parameters<typeof site>) => run(fw007, site(...args).build())[0]?.detail;

describe("FW-007", () => {
  it("finds rules with an empty list, or a list of empty groups, and deletes them", () => {
    expect(found([allow("r1", { from: [] }), allow("r2", { to: ["tenant:empty"] }), allow("r3", { services: [] })])).toEqual({ "fw/r1": "medium", "fw/r2": "medium", "fw/r3": "medium" });
    expect(why([allow("r2", { to: ["tenant:empty"] })])).toContain('Its list "to" names only tenant:empty, and no address of a member is in the document');
    expect(closingFixes(fw007, site([allow("r1", { from: [] })]).build())).toEqual({ "fw/r1": ["Delete rule r1 of fw"] });
  });

  it("leaves alone what matches something, is switched off, or names a member whose address is not known", () => {
    expect(found([allow("r1", { from: ["tenant:empty", "tenant:a"] }), allow("r2", { from: [], enabled: false })])).toEqual({});
    expect(severities(fw007, site([allow("r1", { from: ["vm:dark"] })]).vm("dark", "hv", "pg-10").build())).toEqual({});
  });

  it("leaves rules alone that are prepared for what carries the tag planned", () => {
    const tags = ["planned"];
    const prepared = site([allow("r1", { to: ["tenant:next"] }), allow("r2", { from: ["vm:soon"] }), allow("r3", { from: ["tag:planned"] }), allow("r4", { from: ["portgroup:pg-next"] }), allow("r5", { to: ["tenant:empty"] })])
      .put("tenants", "next", { tags }).portGroup("pg-next", "sw", access(20), { tags }).vm("soon", "hv", { eth0: { portGroup: "pg-10", addresses: [] } }, { tenant: "b", tags });
    expect(severities(fw007, prepared.build())).toEqual({ "fw/r5": "medium" });
    const placed = (more: object): Drawing => site([allow("r1", { from: ["vm:soon"], in: "b" })]).vm("soon", "hv", { eth0: { portGroup: "pg-10", addresses: ["10.1.0.12/24"] } }, { tenant: "a", ...more });
    expect(severities(fw007, placed({}).build())).toEqual({ "fw/r1": "medium" });
    expect(severities(fw007, placed({ tags }).build())).toEqual({});
  });

  it("finds rules of an interface that is plugged in nowhere, and of a way that a transparent firewall has not", () => {
    expect(why([allow("r1", { in: "spare" })])).toContain("interface spare is plugged into no port group");
    expect(found([allow("r1", { in: "a", out: "a" })])).toEqual({});
    expect(found([allow("r1", { in: "a", out: "a" })], { mode: "transparent", interfaces: { a: { physicalSwitch: "tor", vlan: 10 }, b: { physicalSwitch: "tor", vlan: 20 } } })).toEqual({ "fw/r1": "medium" });
  });

  it("finds rules whose parties are behind another interface, or not behind the firewall at all", () => {
    const named = { from: ["tenant:a"], to: ["vm:b1"], services: ["tcp/443"] };
    expect(found([allow("r1", { ...named, in: "a", out: "b" })])).toEqual({});
    expect(why([allow("r1", { ...named, in: "b", out: "a" })])).toContain('Nobody of its list "from" (tenant:a) is behind b');
    expect(why([allow("r1", { from: ["any"], to: ["vm:b1"], out: "a" })])).toContain('Nobody of its list "to" (vm:b1) is behind a');
    expect(closingFixes(fw007, site([allow("r1", { ...named, in: "b" })]).build())).toEqual({ "fw/r1": ["Delete rule r1 of fw"] });
    const apart = (rule: Rule): object => severities(fw007, site([rule]).portGroup("pg-30", "sw", access(30)).vm("c1", "hv", { eth0: { portGroup: "pg-30", addresses: ["10.3.0.10/24"] } }, { tenant: "b" }).build());
    expect(apart({ id: "r1", action: "deny", from: ["vm:c1"], to: ["tenant:a"] })).toEqual({ "fw/r1": "medium" });
    expect(apart(allow("r1", { from: ["tenant:b"], to: ["tenant:a"] }))).toEqual({});
    expect(apart(allow("r1", { from: ["vm:c1", "cidr:10.1.0.0/16"], to: ["any"] }))).toEqual({});
  });

  it("leaves a deny of inside sources at an outside interface alone, and everything where a port is not described", () => {
    expect(found([{ id: "r1", action: "deny", from: ["tenant:a"], in: "b" }])).toEqual({});
    const rule = allow("r1", { from: ["tenant:a"], in: "b" });
    expect(severities(fw007, site([rule]).physicalSwitch("tor-2").trunk("t", "tor", trunkPort(), "tor-2", trunkPort("10")).build())).toEqual({});
  });

  it("finds rules of a distributed firewall between parties that it does not filter", () => {
    const dfw = (rule: Rule, more: object = {}): object => severities(fw007, site([]).external("net", { physicalSwitch: "tor", vlan: 20 })
      .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg-20", addresses: ["10.2.0.2/24"] }).put("distributedFirewalls", "dfw", { rules: [rule], ...more }).build());
    expect(dfw(allow("r1", { from: ["external:net"], to: ["management"] }))).toEqual({ "dfw/r1": "medium" });
    expect(dfw(allow("r1", { from: ["external:net"], to: ["vm:b1"] }))).toEqual({});
    expect(dfw(allow("r1", { from: ["external:net"], to: ["vm:b1"] }), { exclude: ["vm:b1"] })).toEqual({ "dfw/r1": "medium" });
    expect(dfw(allow("r1", { to: ["management"] }))).toEqual({});
  });

  it("finds rules that allows and denies before it leave nothing of, with all of those", () => {
    const rules: Rule[] = [allow("r1", { from: ["vm:a1"] }), { id: "r2", action: "deny", from: ["vm:a2"] }, { id: "r3", action: "deny", from: ["tenant:a"] }];
    expect(found(rules)).toEqual({ "fw/r3": "medium" });
    expect(why(rules)).toContain("rule r1 (allows vm:a1 to any, any) and rule r2 (denies vm:a2 to any, any)");
  });

  it("finds allows of a stateless filter whose answers nothing lets back, and lets them", () => {
    const rules = [allow("r1", { from: ["tenant:a"], to: ["tenant:b"], services: ["tcp/443"], in: "a", out: "b" })];
    expect(found(rules, { stateful: false })).toEqual({ "fw/r1": "medium" });
    expect(closingFixes(fw007, site(rules, { stateful: false }).build())).toEqual({ "fw/r1": ["Let fw keep state", "Allow the answers to rule r1 of fw"] });
    expect(found(rules, {})).toEqual({});
    expect(found([...rules, allow("r2", { from: ["tenant:b"], to: ["tenant:a"], services: ["tcp"] })], { stateful: false })).toEqual({});
    expect(found(rules, { stateful: false, defaultAction: "allow" })).toEqual({});
  });

  it("finds a distributed firewall that filters no vNIC", () => {
    const dfw = (more: object) => severities(fw007, site([]).put("distributedFirewalls", "dfw", { rules: [allow("r1")], ...more }).build());
    expect(dfw({ virtualSwitches: [] })).toEqual({ dfw: "medium" });
    expect(dfw({ exclude: ["workloads"] })).toEqual({ dfw: "medium" });
    expect(dfw({})).toEqual({});
    expect(dfw({ virtualSwitches: [], rules: [] })).toEqual({});
  });
});
