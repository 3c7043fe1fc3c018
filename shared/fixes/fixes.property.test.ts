import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import { formatTopology } from "../model/canonical";
import { parseTopology } from "../model/parse";
import type { Topology } from "../model/topology";
import { evaluate, type Evaluation } from "../analysis/evaluate";
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

  it("a plan ends, breaks no required flow, and announces what its steps open; what is as severe is less than what they close", () => {
    for (let seed = 1; seed <= DOCUMENTS; seed += 1) {
      const start = evaluate(parsed(randomFlawedDocument(seed)), options);
      const plan = planFixes(start.topology, options);
      let now = start;
      for (const step of plan.plan) {
        const worst = now.findings.find((finding) => step.findings.includes(finding.id))?.severity ?? "info";
        const was = now;
        const ids = new Set(was.findings.map((finding) => finding.id));
        now = evaluate(parsed(applyEdits(now.topology, step.edits)), options);
        const opened = now.findings.filter((one) => !ids.has(one.id));
        expect(step.opens, `seed ${seed}: ${step.title}`).toEqual(expect.arrayContaining(opened.map((one) => one.id)));
        if (opened.some((one) => atLeast(one.severity, worst))) expect(weight(now), `seed ${seed}: ${step.title}`).toBeLessThan(weight(was));
      }
      expect(now.summary).toEqual(plan.after);
      expect(weight(now)).toBeLessThanOrEqual(weight(start));
      for (const { id, holds } of start.network.required) {
        if (holds) expect(now.network.required.find((entry) => entry.id === id)?.holds, `seed ${seed}: ${id}`).toBe(true);
      }
    }
  }, PATIENCE);
});

/** Each severity ten times the next. */
function weight({ findings }: Evaluation): number {
  return findings.reduce((sum, { severity }) => sum + { critical: 1000, high: 100, medium: 10, low: 1, info: 0 }[severity], 0);
}
