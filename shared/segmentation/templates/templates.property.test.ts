import { describe, expect, it } from "vitest";
import { evaluate } from "../../analysis/evaluate";
import { formatTopology } from "../../model/canonical";
import { applyEdits } from "../../model/edit";
import { parseTopology } from "../../model/parse";
import { TODAY } from "../../rules/testing";
import { randomFlawedDocument } from "../../rules/testing-random";
import { prove } from "../proof";
import { applyTemplate, TEMPLATES } from "./index";
import type { Values } from "./template";

const DOCUMENTS = 10;
/** What these documents have is not called web, app or card. */
const GIVEN: Readonly<Record<string, Values>> = { "three-tier": { web: ["a1"], app: ["a2"] }, "pci-zone": { vms: ["a1"] } };

describe("templates on random flawed documents", () => {
  it.each(TEMPLATES.map((template) => [template.id, template] as const))("%s gives a valid document, breaks nothing unannounced, and moves nobody again once applied", (_, template) => {
    let changed = 0;
    for (let seed = 1; seed <= DOCUMENTS; seed += 1) {
      const before = evaluate(randomFlawedDocument(seed), { today: TODAY });
      const result = applyTemplate(template, before, GIVEN[template.id]);
      if (!result.ok) continue;
      const proven = prove(before, result.candidate);
      expect(proven, `seed ${seed}: the result is a document`).toBeDefined();
      if (proven === undefined || result.candidate.edits.length === 0) continue;
      changed += 1;
      const parsed = parseTopology(formatTopology(applyEdits(before.topology, proven.segmentation.edits)));
      if (!parsed.ok) throw new Error(`seed ${seed}: ${parsed.problems[0]?.message ?? ""}`);
      const after = evaluate(parsed.topology, { today: TODAY });
      expect(after.summary, `seed ${seed}`).toEqual(proven.segmentation.after);
      for (const { id, holds } of before.network.required) {
        const kept = after.network.required.find((entry) => entry.id === id)?.holds === true;
        if (holds) expect([seed, id, kept || proven.segmentation.breaksRequired.includes(id)]).toEqual([seed, id, true]);
      }
      const again = applyTemplate(template, after, GIVEN[template.id]);
      // What kept a required flow may have brought interfaces along, before which the rules are then written too.
      const moves = again.ok ? again.candidate.edits.filter(({ path }) => !/^\/(routers|firewalls|distributedFirewalls)\//.test(path)) : again.problems;
      expect([seed, moves]).toEqual([seed, []]);
    }
    expect(changed).toBeGreaterThan(DOCUMENTS / 3);
  }, 120_000);
});
