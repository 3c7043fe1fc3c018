/** Changes that must not change reach, or only in one direction: on random documents, with fields absent in half of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Assume } from "../analysis/result";
import type { Rule } from "../model/kinds/forwarder";
import { coversServices, listServices, unionServices } from "../model/services";
import type { Topology } from "../model/topology";
import { Choices } from "./fixtures/choices";
import { addRule, addUnrelatedVm, pad, rename, reorder, split, swapAlike, withRules } from "./fixtures/metamorphic";
import { anyRule, randomDocument } from "./fixtures/random-document";
import { compileNetwork } from "./network";
import type { Pair } from "./types";

const RUNS = Number(process.env["METAMORPHIC_RUNS"] ?? 40);
const LONG = 600_000;

const documents = fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true }));
const assumptions = fc.constantFrom<Assume>("hostile", "configured");
const numbers = fc.array(fc.nat(9999), { minLength: 10, maxLength: 20 });

function pairsOf(topology: Topology, assume: Assume): readonly Pair[] {
  return compileNetwork(topology, { assume, today: "2026-11-23" }).pairs;
}

/** One line a pair, sorted; everything that the matrix says. */
function matrix(topology: Topology, assume: Assume): string[] {
  return pairsOf(topology, assume).map(({ from, to, layer, frames = "-", services, oneWay, verdict, missing = [], forged = false }) =>
    [`${from} > ${to}`, layer, frames, listServices(services).join("+"), listServices(oneWay).join("+"), verdict, [...missing].sort().join("+"), forged].join(" / ")).sort();
}

describe("nothing changes", () => {
  const unchanged = (change: (topology: Topology) => Topology, back: (line: string) => string = (line) => line): void => {
    fc.assert(fc.property(documents, assumptions, (topology, assume) => {
      expect(matrix(change(topology), assume).map(back).sort()).toEqual(matrix(topology, assume));
    }), { numRuns: RUNS });
  };

  it("by renaming every record", () => {
    fc.assert(fc.property(documents, assumptions, (topology, assume) => {
      const renamed = rename(topology);
      const lines = matrix(renamed.topology, assume).map((line) => renamed.back(line).split(" / "));
      // Fields are listed by path, and so by name.
      const sorted = lines.map((parts) => parts.map((part, at) => (at === 6 ? part.split("+").sort().join("+") : part)).join(" / "));
      expect(sorted.sort()).toEqual(matrix(topology, assume));
    }), { numRuns: RUNS });
  }, LONG);

  it("by turning around records, and lists without an order", () => unchanged(reorder), LONG);
  it("by splitting every rule by sender, receiver and service", () => unchanged((topology) => withRules(topology, split)), LONG);
  it("by swapping neighbouring rules that decide alike", () => unchanged((topology) => withRules(topology, swapAlike)), LONG);
  it("by rules that are off, said twice, or that reject where another denies", () => unchanged((topology) => withRules(topology, pad)), LONG);

  it("by adding an unrelated VM, which reaches nobody", () => {
    fc.assert(fc.property(documents, assumptions, (topology, assume) => {
      expect(matrix(addUnrelatedVm(topology), assume)).toEqual(matrix(topology, assume));
    }), { numRuns: RUNS });
  }, LONG);
});

describe("only one way", () => {
  /** @param check gets every pair of the document without the rule and with it */
  const withRule = (action: Rule["action"], check: (before: Pair, after: Pair) => void): void => {
    fc.assert(fc.property(documents, assumptions, numbers, (topology, assume, list) => {
      const choices = new Choices(list);
      const [before, after] = [topology, addRule(topology, { ...anyRule(choices), action }, choices)].map((one) => compileNetwork(one, { assume, today: "2026-11-23" }));
      if (before === undefined || after === undefined) throw new Error("two networks");
      for (const { id: from } of before.parties) for (const { id: to } of before.parties) if (from !== to) check(before.pair(from, to), after.pair(from, to));
    }), { numRuns: RUNS });
  };
  const arriving = ({ services, oneWay }: Pair) => unionServices(services, oneWay);
  const told = ({ from, to, services, oneWay }: Pair) => `${from} > ${to}: ${listServices(services).join("+")} / ${listServices(oneWay).join("+")}`;

  it("an allow removes nothing", () => {
    withRule("allow", (before, after) => {
      const grown = coversServices(after.services, before.services) && coversServices(arriving(after), arriving(before));
      expect(grown, `${told(before)} became ${told(after)}`).toBe(true);
      if (before.verdict === "violating") expect(after.verdict).toBe("violating");
    });
  }, LONG);

  it("a deny adds nothing", () => {
    withRule("deny", (before, after) => {
      const shrunk = coversServices(before.services, after.services) && coversServices(arriving(before), arriving(after));
      expect(shrunk, `${told(before)} became ${told(after)}`).toBe(true);
      if (before.verdict === "isolated") expect(after.verdict).toBe("isolated");
    });
  }, LONG);
});
