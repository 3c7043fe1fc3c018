import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import { formatTopology } from "../model/canonical";
import { parseTopology } from "../model/parse";
import type { Topology } from "../model/topology";
import { evaluate } from "../analysis/evaluate";
import { atLeast } from "../analysis/order";
import { randomFlawedDocument } from "../rules/testing-random";
import { TODAY } from "../rules/testing";
import { planFixes } from "./plan";
import { fixesFor } from "./verify";

const options = { today: TODAY };
const DOCUMENTS = 10;
/** Milliseconds; a busy machine is slow, not wrong. */
const PATIENCE = 180_000;

function parsed(topology: Topology): Topology {
  const result = parseTopology(formatTopology(topology));
  if (!result.ok) throw new Error(result.problems.map((problem) => `${problem.path}: ${problem.message}`).join("\n"));
  return result.topology;
}

describe("on random flawed documents", () => {
  it("every offered fix gives a valid document in which its finding is gone, and announces every finding that it opens", () => {
    let offered = 0;
    for (let seed = 1; seed <= DOCUMENTS; seed += 1) {
      const before = evaluate(parsed(randomFlawedDocument(seed)), options);
      const ids = new Set(before.findings.map((finding) => finding.id));
      expect(ids.size).toBe(before.findings.length);
      for (const finding of before.findings.slice(0, 8)) {
        for (const fix of fixesFor(before, finding.id)) {
          offered += 1;
          const after = evaluate(parsed(applyEdits(before.topology, fix.edits)), options);
          expect(after.findings.some((one) => one.id === finding.id), `seed ${seed}: ${fix.title} closes ${finding.id}`).toBe(false);
          const opened = after.findings.filter((one) => !ids.has(one.id)).map((one) => one.id);
          expect(opened, `seed ${seed}: ${fix.title}`).toEqual(fix.introduces);
          const held = before.network.required.filter((entry) => entry.holds && after.network.required.find((other) => other.id === entry.id)?.holds !== true).map((entry) => entry.id);
          expect(fix.breaksRequired, `seed ${seed}: ${fix.title}`).toEqual(expect.arrayContaining(held));
        }
      }
    }
    expect(offered).toBeGreaterThan(DOCUMENTS);
  }, PATIENCE);

  it("a plan ends, breaks no required flow, and no step opens a finding as severe as the one it is for", () => {
    for (let seed = 1; seed <= DOCUMENTS; seed += 1) {
      const start = evaluate(parsed(randomFlawedDocument(seed)), options);
      const plan = planFixes(start.topology, options);
      let now = start;
      for (const step of plan.plan) {
        const worst = now.findings.find((finding) => step.findings.includes(finding.id))?.severity ?? "info";
        const was = new Set(now.findings.map((finding) => finding.id));
        now = evaluate(parsed(applyEdits(now.topology, step.edits)), options);
        for (const finding of now.findings) if (!was.has(finding.id)) expect(atLeast(finding.severity, worst), `seed ${seed}: ${step.title} opens ${finding.id}`).toBe(false);
      }
      expect(now.summary).toEqual(plan.after);
      for (const { id, holds } of start.network.required) {
        if (holds) expect(now.network.required.find((entry) => entry.id === id)?.holds, `seed ${seed}: ${id}`).toBe(true);
      }
    }
  }, PATIENCE);
});
