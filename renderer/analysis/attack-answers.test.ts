import { describe, expect, it } from "vitest";
import { evaluate } from "../../shared/analysis/evaluate";
import { drained } from "../../shared/attack/drained";
import { applyEdits } from "../../shared/model/edit";
import { access, draw, trunkPort } from "../../shared/network/testing";
import { answerAttack, attackCutSteps } from "./attack-answers";

/** Two tenants in one VLAN, management in another; one VM shares its clipboard. */
const topology = draw().tenant("ta").tenant("tb").physicalSwitch("tor").hypervisor("h1").hypervisor("h2")
  .vswitch("s1", "standard", "h1").vswitch("s2", "standard", "h2").uplink("u1", "s1", "h1", "tor", trunkPort("10,20")).uplink("u2", "s2", "h2", "tor", trunkPort("10,20"))
  .portGroup("p1", "s1", access(10)).portGroup("p2", "s2", access(10)).portGroup("m1", "s1", access(20))
  .vm("a1", "h1", "p1", { tenant: "ta", guest: { clipboard: true } }).vm("b1", "h1", "p1", { tenant: "tb" }).vm("b2", "h2", "p2", { tenant: "tb" })
  .put("managementInterfaces", "vmk", { hypervisor: "h1", portGroup: "m1" }).station("admins", "tor", 30).build();
const evaluation = evaluate(topology, { today: "2026-11-23" });
const question = { from: "tenant:ta", to: "tenant:tb", placement: "drawn" } as const;

describe("what the worker answers about attacks", () => {
  it("is paths with the cost of each step, and the blast radius with what there is of each", () => {
    const { paths, radius, totals } = answerAttack(evaluation, question);
    expect(paths).toHaveLength(2);
    for (const { cost, steps } of paths) expect(steps.reduce((sum, step) => sum + step.cost, 0)).toBe(cost);
    expect(radius).toEqual({ tenants: [{ id: "tb", reached: 2, of: 2 }], hypervisors: ["h1"], management: [], datastores: [] });
    expect(totals).toEqual({ tenants: 1, hypervisors: 2, management: 1, datastores: 0 });
  });

  it("takes a hypervisor for itself as a target, and says what names nothing", () => {
    expect(answerAttack(evaluation, { ...question, to: "hypervisor:h1" }).paths[0]?.steps.at(-1)?.to).toBe("h1");
    expect(() => answerAttack(evaluation, { ...question, from: "tenant:nobody" })).toThrow("names nothing that sends or receives");
  });

  it("is, in pieces, what closes ways and what closes all, without a target too", () => {
    for (const asked of [question, { ...question, to: undefined }]) {
      const { ways, cuts, separate } = drained(attackCutSteps(evaluation, asked));
      expect(cuts[0]?.cuts).toBeGreaterThan(0);
      expect(ways).toBe(separate.reduce((sum, change) => sum + change.cuts, 0));
      const mended = separate.reduce((before, { edits }) => applyEdits(before, edits), topology);
      expect(answerAttack(evaluate(mended, { today: "2026-11-23" }), asked).paths).toEqual([]);
    }
  });

  it("is nothing where there is no way", () => {
    expect(drained(attackCutSteps(evaluation, { from: "tenant:ta", to: "admins", placement: "drawn" }))).toEqual({ isPartial: false, ways: 0, cuts: [], separate: [] });
  });
});
