import { describe, expect, it } from "vitest";
import { evaluate } from "../../shared/analysis/evaluate";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { answerHitTest, answerPreview, answerTrace, briefOf, standingsOf, touchedBy } from "./answers";

const vm = (tenant: string) => ({ name: tenant, hypervisor: "e", tenant, nics: { eth0: { portGroup: "pg" } } });
const topology: Topology = {
  format: FORMAT, name: "t",
  tenants: { a: { name: "A" }, b: { name: "B" } },
  hosts: { h: { name: "h" } },
  hypervisors: { e: { name: "e", host: "h", platform: "esxi" } },
  virtualSwitches: { s: { name: "s", kind: "standard", hypervisors: ["e"] } },
  portGroups: { pg: { name: "pg", virtualSwitch: "s", vlan: { mode: "access", id: 100 } } },
  vms: { "vm-a": vm("a"), "vm-b": vm("b") },
};
const evaluation = evaluate(topology, { today: "2026-11-23" });

describe("what the worker answers", () => {
  it("is findings, summary, matrix and segments with their ends and port groups", () => {
    const brief = briefOf(evaluation, 5, undefined);
    expect(brief.findings.map((finding) => finding.rule)).toContain("NET-001");
    expect(brief.summary.tenantPairs.violating).toBe(2);
    expect(brief.segments).toContainEqual({ id: "s.100", ends: ["vm-a/eth0", "vm-b/eth0"], portGroups: ["pg"] });
    expect(brief.matrix?.by).toBe("tenant");
  });

  it("traces between things and selectors, and says what is none", () => {
    const trace = answerTrace(evaluation, { from: "vm-a", to: "tenant:b", services: "tcp/443", assume: "hostile" });
    expect(trace).toMatchObject({ reachable: true, services: ["tcp/443"] });
    expect(() => answerTrace(evaluation, { from: "nowhere", to: "vm-b", services: undefined, assume: "hostile" })).toThrow("names nothing that sends or receives");
    expect(() => answerTrace(evaluation, { from: "vm-a", to: "vm-b", services: "tcp/0", assume: "configured" })).toThrow("is not a service");
  });

  it("tells which rule decides a packet, and which rules leave another nothing to decide", () => {
    const rules = [{ id: "wide", action: "allow" as const }, { id: "late", action: "deny" as const, from: ["tenant:a"], to: ["tenant:b"] }];
    const filtered = evaluate({ ...topology, distributedFirewalls: { dfw: { name: "dfw", rules } } }, { today: "2026-11-23" });
    const ask = { filter: "dfw", from: "vm-a", to: "vm-b", in: undefined, out: undefined };
    expect(answerHitTest(filtered, { ...ask, services: "tcp/443" })).toMatchObject({ ok: true, cases: [{ decisions: [{ rule: "wide", allows: true }] }] });
    expect(() => answerHitTest(filtered, { ...ask, services: "tcp/0" })).toThrow("is not a service");
    expect(standingsOf(filtered, "dfw")).toEqual({ "FW-003:dfw/late": { kind: "shadowed", by: ["wide"] } });
    expect(standingsOf(filtered, "other")).toEqual({});
  });

  it("tells which fields of a thing its findings are about", () => {
    const shared = evaluate({ ...topology, vms: { ...topology.vms, "vm-a": { ...topology.vms?.["vm-a"], guest: { clipboard: true } } } } as typeof topology, { today: "2026-11-23" });
    expect(touchedBy(shared, "vms", "vm-a")["VM-001:vm-a"]).toContain("/vms/vm-a/guest/clipboard");
    expect(touchedBy(shared, "vms", "nobody")).toEqual({});
  });

  it("tells of a finding that moves a rule the rule itself, and of one that adds a rule the list", () => {
    const rules = [{ id: "wide", action: "allow" as const }, { id: "late", action: "deny" as const, from: ["tenant:a"], to: ["tenant:b"] }];
    const filtered = evaluate({ ...topology, distributedFirewalls: { dfw: { name: "dfw", rules } } }, { today: "2026-11-23" });
    expect(touchedBy(filtered, "distributedFirewalls", "dfw")["FW-003:dfw/late"]).toEqual(["/distributedFirewalls/dfw/rules/1"]);
    const drafts = new Map([...filtered.drafts].map(([id, draft]) => [id, { ...draft, fixes: () => [{ title: "Add", edits: [{ op: "add" as const, path: "/distributedFirewalls/dfw/rules/1", value: rules[0] }] }] }]));
    expect(touchedBy({ ...filtered, drafts }, "distributedFirewalls", "dfw")["FW-003:dfw/late"]).toEqual(["/distributedFirewalls/dfw/rules"]);
  });

  it("previews what edits would close, and refuses those that no longer fit", () => {
    const preview = answerPreview(evaluation, [{ op: "remove", path: "/vms/vm-b" }]);
    expect(preview.closes.map((finding) => finding.rule)).toContain("NET-001");
    expect(() => answerPreview(evaluation, [{ op: "remove", path: "/vms/nowhere" }])).toThrow("no longer fit");
  });
});
