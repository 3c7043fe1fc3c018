import { describe, expect, it } from "vitest";
import { analyze } from "../analysis/analyze";
import { evaluate } from "../analysis/evaluate";
import { formatTopology } from "../model/canonical";
import { applyEdits } from "../model/edit";
import { parseTopology } from "../model/parse";
import type { Topology } from "../model/topology";
import { hardenAtRandom } from "../rules/fixtures/random-hardening";
import { isByHand } from "../rules/phrase";
import { TODAY } from "../rules/testing";
import { randomFlawedDocument } from "../rules/testing-random";
import { fixesFor } from "./verify";

const options = { today: TODAY };
/** Milliseconds; a busy machine is slow, not wrong. */
const PATIENCE = 240_000;

function documentOf(seed: number): Topology {
  const parsed = parseTopology(formatTopology(hardenAtRandom(randomFlawedDocument(seed), seed)));
  if (!parsed.ok) throw new Error(parsed.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return parsed.topology;
}

describe("on random documents full of faults", () => {
  it.each([1, 2, 3, 4])("every finding of document %i has a verified fix, or says why only a person can mend it", (seed) => {
    const { findings } = analyze(documentOf(seed), options);
    expect(findings.length).toBeGreaterThan(20);
    expect(findings.filter(({ fixes, detail }) => fixes.length === 0 && !isByHand(detail)).map(({ id }) => id)).toEqual([]);
  }, PATIENCE);

  it("a finding that only other findings' fixes close is offered one that does", () => {
    const evaluation = evaluate(documentOf(36), options);
    const borrowing = evaluation.findings.filter(({ rule, severity }) => (rule === "MGT-002" && severity === "critical") || rule === "MGT-003");
    expect(borrowing.length).toBeGreaterThan(3);
    for (const { id } of borrowing) {
      const [fix] = fixesFor(evaluation, id);
      expect(fix, id).toBeDefined();
      expect(evaluate(applyEdits(evaluation.topology, fix?.edits ?? []), options).findings.map((one) => one.id), id).not.toContain(id);
    }
  }, PATIENCE);
});
