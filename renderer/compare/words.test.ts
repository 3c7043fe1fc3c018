import { describe, expect, it } from "vitest";
import type { Finding, MatrixPair } from "../../shared/analysis/result";
import type { ComparisonAnswer } from "../analysis/protocol";
import { badFlows, countsOf, differencesOf, fieldWords, findingsWords, flowsWords, missingOf, recordsWords, rowOf } from "./words";

const pair = (verdict: MatrixPair["verdict"], ...services: string[]): MatrixPair => ({ from: "a", to: "b", layer: 3, services, oneWay: [], verdict });
const finding = { id: "NET-001:x", rule: "NET-001", severity: "high", title: "Shared", accepted: false } as Finding;

const answer: ComparisonAnswer = {
  flows: {
    counts: { outcomes: { violating: 1, unknown: 0, permitted: 1, isolated: 0, gone: 2000 }, changed: 1 },
    listed: [{ from: "a", to: "b", after: pair("violating", "tcp/1") }, { from: "a", to: "c", before: pair("permitted", "tcp/1"), after: pair("permitted", "tcp/2") }, { from: "b", to: "a", before: pair("permitted", "any") }],
  },
  findings: { counts: { came: 1, reopened: 0, changed: 1, went: 0 }, listed: [{ sign: "+", finding, was: "" }, { sign: "~", finding: { ...finding, id: "NET-001:y", accepted: true }, was: "not accepted" }] },
  records: {
    count: 3,
    listed: [
      { sign: "+", collection: "vms", id: "web", name: "Web", fields: [] },
      { sign: "~", collection: "portGroups", id: "p", name: "Production", fields: [{ field: "vlan / id", before: "10", after: "20" }] },
      { sign: "~", collection: "document", id: "policy", name: "", fields: [{ field: "accept", before: "", after: "1 entry" }, { field: "isolate", before: "1 entry", after: "" }] },
    ],
  },
  marks: [],
};
const nothing: ComparisonAnswer = {
  flows: { counts: { outcomes: { violating: 0, unknown: 0, permitted: 0, isolated: 0, gone: 0 }, changed: 0 }, listed: [] },
  findings: { counts: { came: 0, reopened: 0, changed: 0, went: 0 }, listed: [] }, records: { count: 0, listed: [] }, marks: [],
};
const rows = (part: "flows" | "findings" | "records") => differencesOf(answer, part).map((each) => [each.sign, ...Object.values(rowOf(each, (id) => id.toUpperCase()))]);

describe("what is different, in words", () => {
  it("is summed up, and nothing where nothing is", () => {
    expect([flowsWords(answer), findingsWords(answer), recordsWords(answer)]).toEqual(["1 flow came, 1 changed, 2,000 went", "1 finding came, 1 changed", "3 changes of the document"]);
    expect([flowsWords(nothing), findingsWords(nothing), recordsWords(nothing)]).toEqual([undefined, undefined, undefined]);
    expect(badFlows(answer)).toBe(1);
  });

  it("counts what is not listed too", () => {
    expect(countsOf(answer)).toEqual({ flows: 2002, findings: 2, records: 3 });
  });

  it("says of a flow what it is and what it was", () => {
    expect(rows("flows")).toEqual([
      ["+", "A → B", "violating tcp/1; layer 3"], ["~", "A → C", "permitted tcp/2; layer 3 (was permitted tcp/1; layer 3)"], ["-", "B → A", "was permitted any; layer 3"],
    ]);
  });

  it("says of a finding whether it is accepted, and what it was", () => {
    expect(rows("findings")).toEqual([["+", "Shared", "NET-001:x"], ["~", "Shared", "NET-001:y · accepted · was not accepted"]]);
  });

  it("says of a thing what it is, and of one change from what to what", () => {
    expect(rows("records")).toEqual([["+", "VM Web", "web"], ["~", "Port group Production", "vlan / id: 10 → 20"], ["~", "Policy", "accept, isolate"]]);
    expect(fieldWords({ field: "accept", before: "", after: "1 entry" })).toBe("accept: not set → 1 entry");
  });

  it("names what is not there any more once, a port by what it is of", () => {
    expect(missingOf(["a/eth0", "p", "a", "b/eth1"], (id) => id === "p" || id === "b")).toEqual(["a"]);
  });
});
