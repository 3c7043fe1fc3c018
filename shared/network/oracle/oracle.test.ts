/** A short run of what `npm run test:oracle` does on many more documents. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseTopology } from "../../model/parse";
import { agreement } from "../fixtures/oracle-comparison";
import { randomDocument } from "../fixtures/random-document";

it("the analyzer agrees with packets walked one by one, whoever is hostile or configured", () => {
  fc.assert(fc.property(randomDocument({ absent: false }), (topology) => {
    expect(agreement(topology).disagreements).toEqual([]);
  }), { numRuns: 75 });
}, 600_000);

it("where fields are absent, what the analyzer is certain of passes without them", () => {
  fc.assert(fc.property(randomDocument({ absent: true }), (topology) => {
    expect(agreement(topology).disagreements).toEqual([]);
  }), { numRuns: 75 });
}, 600_000);

it("draws documents that are valid", () => {
  fc.assert(fc.property(fc.oneof(randomDocument({ absent: true }), randomDocument({ absent: false })), (topology) => {
    expect(parseTopology(JSON.stringify(topology))).toMatchObject({ ok: true });
  }), { numRuns: 100 });
}, 600_000);
