import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import { evaluate } from "../analysis/evaluate";
import { access, draw, trunkPort } from "../network/testing";
import { isByHand } from "../rules/phrase";
import { check, flawedScenario, TODAY } from "../rules/testing";
import { effectOf } from "./effect";
import { planFixes } from "./plan";
import { fixesFor, verifyFixes } from "./verify";

describe("verified fixes", () => {
  it("offers nothing that does not close its finding, does not apply, or gives an invalid document", () => {
    const evaluation = check(flawedScenario());
    expect(effectOf(evaluation, { title: "nothing", edits: [{ op: "add", path: "/description", value: "x" }] })?.closes.size).toBe(0);
    expect(effectOf(evaluation, { title: "no such path", edits: [{ op: "replace", path: "/vms/nobody/tenant", value: "x" }] })).toBeUndefined();
    expect(effectOf(evaluation, { title: "dangling", edits: [{ op: "replace", path: "/vms/a-web/tenant", value: "nobody" }] })).toBeUndefined();
  });

  it("says what a fix opens", () => {
    const drawing = draw().tenant("a").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10)).vm("v1", "h1", "pg", { tenant: "a" }).build();
    const effect = effectOf(check(drawing), { title: "share", edits: [{ op: "add", path: "/vms/v1/guest", value: { clipboard: true } }] });
    expect(effect?.introduces).toContain("VM-001:v1");
    expect(effect?.worsens.has("VM-001:v1")).toBe(true);
  });

  it("takes a finding that becomes more severe for a worsening, although its id stays", () => {
    const drawing = draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10))
      .vm("v1", "h1", "pg", { tenant: "a", guest: { clipboard: true } }).vm("v2", "h1", "pg", { tenant: "a" }).build();
    const effect = effectOf(check(drawing), { title: "another tenant", edits: [{ op: "replace", path: "/vms/v2/tenant", value: "b" }] });
    expect(effect?.introduces).not.toContain("VM-001:v1");
    expect(effect?.worsens.get("VM-001:v1")).toBe(1);
  });

  it("orders fixes by harm and gives at most three", () => {
    const evaluation = evaluate(flawedScenario(), { today: TODAY });
    for (const finding of verifyFixes(evaluation)) {
      expect(finding.fixes.length).toBeLessThanOrEqual(3);
      const harm = finding.fixes.map((fix) => fix.breaksRequired.length * 1000 + fix.introduces.length);
      expect(harm).toEqual([...harm].sort((a, b) => a - b));
    }
  });

  it("says of a finding without fixes, where the work of one analysis was spent, that not all were looked for", () => {
    const drawing = draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10));
    for (let index = 0; index < 500; index += 1) drawing.vm(`v${index}`, "h1", "pg", { tenant: index % 2 === 0 ? "a" : "b" });
    const bare = verifyFixes(check(drawing.build())).filter(({ fixes, detail }) => fixes.length === 0 && !isByHand(detail));
    expect(bare.length).toBeGreaterThan(0);
    for (const { detail } of bare) expect(detail).toMatch(/ Its fixes were not all looked for here, because that would take long; `fix --finding` looks for them\.$/);
    expect(planFixes(drawing.build(), { today: TODAY, findings: [bare[0]?.id ?? ""] }).plan).toHaveLength(1);
  });

  it("says of a finding whose every fix cuts a required flow which one that is", () => {
    const passed = draw().tenant("a").tenant("b").hypervisor("h1").physicalSwitch("tor").vswitch("s1", "standard", "h1").uplink("u", "s1", "h1", "tor", trunkPort("10,20")).portGroup("pa", "s1", access(10)).portGroup("pb", "s1", access(20))
      .vm("v1", "h1", { e0: { portGroup: "pa", passthrough: "sriov", addresses: [] } }, { tenant: "a" }).vm("v2", "h1", { e0: { portGroup: "pb", addresses: [] } }, { tenant: "a" }).vm("v3", "h1", {}, { tenant: "b" }).build();
    const findings = verifyFixes(check({ ...passed, policy: { require: [{ id: "q", from: ["vm:v1"], to: ["vm:v2"], services: ["tcp/80"] }] } }));
    const cut = findings.find(({ id }) => id === "VM-005:v1");
    expect(cut?.fixes.map(({ breaksRequired }) => breaksRequired)).toEqual([["q"], ["q"]]);
    expect(cut?.detail).toContain("Only a person can mend it: every change that is known to close it cuts what the policy requires (q), or leaves it unproven");
    for (const { fixes, detail } of findings) if (fixes.some(({ breaksRequired }) => breaksRequired.length === 0)) expect(detail).not.toContain("cuts what the policy requires");
  });

  it("says of a finding whose every fix opens something as severe what that is, and which command looks for steps that close both", () => {
    const unfiltered = draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "distributed", "h1").portGroup("p1", "s1", access(10)).vswitch("s2", "distributed", "h1").portGroup("p2", "s2", access(20))
      .vm("v1", "h1", "p1", { tenant: "a" }).vm("v2", "h1", "p1", { tenant: "b" }).put("distributedFirewalls", "dfw", { virtualSwitches: ["s2"], defaultAction: "allow" }).build();
    const harmful = verifyFixes(check(unfiltered)).find(({ id }) => id === "FW-005:s1");
    expect(harmful?.fixes.map(({ introduces }) => introduces)).toEqual([expect.arrayContaining(["FW-001:dfw"])]);
    expect(harmful?.detail).toMatch(/ Every change that is known to close it opens something as severe \(FW-001:dfw\): `fix --all` looks for steps that close both, and what it leaves is for a person to weigh\.$/);
    const { topology } = planFixes(unfiltered, { today: TODAY });
    expect(check(topology).findings.filter(({ id }) => id === "FW-005:s1" || id === "FW-001:dfw")).toEqual([]);
    // `fix --all` is about critical and high findings.
    expect(verifyFixes(check(flawedScenario())).find(({ id }) => id === "MDL-003:pg-mgmt-1")).toMatchObject({ severity: "low", detail: expect.stringContaining("(FW-008:fw-1): `fix --finding` looks for steps") as string });
  });

  it("gives nothing for an id that is no finding", () => {
    expect(fixesFor(check(flawedScenario()), "NET-001:nobody")).toEqual([]);
  });

  it("leaves the document as it was", () => {
    const document = flawedScenario();
    const before = JSON.stringify(document);
    const evaluation = evaluate(document, { today: TODAY });
    for (const fix of fixesFor(evaluation, "NET-001:tenant-a+tenant-b@tor-1.100")) applyEdits(document, fix.edits);
    expect(JSON.stringify(document)).toBe(before);
  });
});
