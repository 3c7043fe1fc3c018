import { describe, expect, it } from "vitest";
import { flawedScenario, remediatedScenario, TODAY, check } from "../rules/testing";
import { access, draw, trunkPort } from "../network/testing";
import { applyEdits } from "../model/edit";
import type { Topology } from "../model/topology";
import { evaluate } from "../analysis/evaluate";
import { planFixes, planWork, type PlanProgress } from "./plan";

const today = { today: TODAY };

describe("planFixes", () => {
  it("closes every critical and high finding of the worked scenario and keeps every required flow that held", () => {
    const before = evaluate(flawedScenario(), today);
    const plan = planFixes(flawedScenario(), today);
    expect([plan.before.critical > 0, plan.after.critical, plan.after.high]).toEqual([true, 0, 0]);
    const after = check(plan.topology);
    for (const { id, holds } of before.network.required) if (holds) expect(after.network.required.find((entry) => entry.id === id)?.holds).toBe(true);
    expect(after.findings.filter((finding) => finding.rule === "INT-002")).toEqual([]);
    expect(plan.plan.every((step) => step.breaksRequired.length === 0)).toBe(true);
  });

  it("does not lock out administrators whose way in rests on an undescribed firewall", () => {
    const plan = planFixes(flawedScenario(), today);
    const { network } = check(plan.topology);
    expect(network.pair("admins", "esx-1-vmk0").verdict).toBe("unknown");
    expect(network.layer2.endsOf("admins")[0]).toBeDefined();
    expect(plan.undecided).toEqual({ before: [], after: ["admins"] });
  });

  it("gives edits that lead, one step after the other, to the planned document", () => {
    const plan = planFixes(flawedScenario(), today);
    const document = plan.plan.reduce((topology, step) => applyEdits(topology, step.edits), flawedScenario());
    expect(document).toEqual(plan.topology);
    expect(evaluate(document, today).summary).toEqual(plan.after);
  });

  it("goes from the network to filters, guests and memory, and to authentication last", () => {
    const rules = planFixes(flawedScenario(), today).plan.map((step) => step.findings[0]?.split(":")[0]);
    expect(rules[0]).toBe("NET-001");
    expect(rules.at(-1)).toBe("MGT-005");
    const at = (rule: string): number => rules.indexOf(rule);
    expect(at("VM-001")).toBeGreaterThan(at("NET-001"));
    expect(at("RES-001")).toBeGreaterThan(at("VM-001"));
  });

  it("parts strangers from the management network before it filters, and filters them after the guests", () => {
    const closes = (topology: Topology): readonly (readonly string[])[] => planFixes(topology, today).plan.map((step) => step.closes);
    const first = (all: readonly (readonly string[])[], rule: string): number => all.findIndex((ids) => ids.some((id) => id.startsWith(rule)));
    const scenario = closes(flawedScenario());
    expect(first(scenario, "MGT-003")).toBeLessThan(scenario.findLastIndex((ids) => ids.some((id) => id.startsWith("NET-008"))));
    const site = draw().put("tenants", "a", { sensitive: true }).hypervisor("hv").physicalSwitch("tor").vswitch("sw", "standard", "hv").uplink("up", "sw", "hv", "tor", trunkPort("10,20")).portGroup("mgmt", "sw", access(10)).portGroup("pa", "sw", access(20))
      .vm("a1", "hv", "pa", { tenant: "a" }).vm("a2", "hv", "pa", { tenant: "a" }).put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "mgmt", services: ["management"], firewall: { enabled: true, ports: ["tcp/443"] } })
      .put("externalNetworks", "office", { trust: "corporate", attachedTo: { physicalSwitch: "tor", vlan: 10 } });
    expect(["MGT-003", "NET-008", "MGT-002"].map((rule) => first(closes(site.build()), rule))).toEqual([-1, 0, 1]);
  });

  it("says what each step closes and opens, and opens nothing as severe as what it closes", () => {
    const { plan } = planFixes(flawedScenario(), today);
    for (const step of plan) expect(step.closes).toEqual(expect.arrayContaining([...step.findings]));
    expect(plan.flatMap((step) => step.opens).filter((id) => id.startsWith("NET-001") || id.startsWith("MGT-00"))).toEqual([]);
  });

  it("has nothing to do where nothing is critical or high", () => {
    const plan = planFixes(remediatedScenario(), today);
    expect(plan.plan).toEqual([]);
    expect(plan.before).toEqual(plan.after);
  });

  it("plans for given findings only, and for the causes of a parent", () => {
    const one = planFixes(flawedScenario(), { ...today, findings: ["VM-001:a-web"] });
    expect(one.plan.map((step) => step.findings)).toEqual([["VM-001:a-web"]]);
    const parent = planFixes(flawedScenario(), { ...today, findings: ["INT-001:tenant-a+tenant-b"] });
    expect(parent.plan.flatMap((step) => step.closes)).toContain("INT-001:tenant-a+tenant-b");
    expect(parent.plan.flatMap((step) => step.findings).every((id) => !id.startsWith("MGT-005"))).toBe(true);
  });

  it("tells how far it has come: what was tried, the steps that were found, and what they leave open", () => {
    const work = planWork(evaluate(flawedScenario(), today));
    const told: PlanProgress[] = [];
    let next = work.next();
    for (; next.done !== true; next = work.next()) told.push(next.value);
    const [first] = told, last = told.at(-1), wanted = first?.wanted ?? 0;
    expect(first).toEqual({ tried: 0, steps: 0, wanted, open: wanted, isPruning: false });
    expect(wanted).toBeGreaterThan(0);
    expect(told.map(({ tried }) => tried)).toEqual(told.map((_, index) => index));
    expect(last).toMatchObject({ open: 0, isPruning: true });
    expect(last?.steps).toBeGreaterThanOrEqual(next.value.plan.length);
    expect(next.value).toEqual(planFixes(flawedScenario(), today));
  });

  it("leaves accepted findings alone", () => {
    const document = { ...flawedScenario(), policy: { accept: [{ finding: "MGT-005:esx-1" }] } };
    expect(planFixes(document, today).plan.flatMap((step) => step.closes)).not.toContain("MGT-005:esx-1");
  });

  it("takes a fix of another finding where those of a finding's own cut a required flow", () => {
    const reject = [{ id: "r1", action: "reject" as const }];
    const drawing = draw().tenant("a").hypervisor("h1").vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h1").portGroup("pg", "s1", access(10))
      .vm("a1", "h1", { eth0: { portGroup: "pg", addresses: ["10.0.0.1/24"] } }, { tenant: "a" }).vm("a2", "h1", { eth0: { portGroup: "pg", addresses: ["10.0.0.2/24"] } }, { tenant: "a" })
      .put("distributedFirewalls", "old", { virtualSwitches: ["s2"], stateful: false, rules: reject, defaultAction: "deny" });
    const topology = { ...drawing.build(), policy: { require: [{ id: "q", from: ["vm:a1"], to: ["vm:a2"], services: ["tcp/443"] }] } };
    const plan = planFixes(topology, today);
    expect(evaluate(topology, today).findings.map(({ id }) => id)).toContain("FW-005:s1");
    expect(evaluate(plan.topology, today).findings.filter(({ severity }) => severity === "critical" || severity === "high")).toEqual([]);
    expect(plan.plan.flatMap(({ breaksRequired }) => breaksRequired)).toEqual([]);
  });
});
