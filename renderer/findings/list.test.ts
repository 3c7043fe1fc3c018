import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "../../shared/analysis/result";
import { countBySeverity, groupFindings, type Filter } from "./list";

const finding = (id: string, severity: Severity, accepted = false): Finding =>
  ({ id, rule: id.split(":")[0] ?? "", severity, accepted, title: `About ${id}`, subjects: [], detail: "", services: [], path: [], fixes: [], references: [] });
const all: Finding[] = [finding("SW-002:pg", "medium"), finding("NET-001:a+b@tor-1.100", "critical"), finding("SW-002:pg-2", "medium", true), finding("VM-001:web", "high")];
const filter = (changes: Partial<Filter> = {}): Filter => ({ hidden: new Set(), query: "", grouping: "severity", ...changes });
const ids = (changes: Partial<Filter>): string[][] => groupFindings(all, filter(changes)).map((group) => group.findings.map(({ id }) => id));

describe("the list of findings", () => {
  it("puts the most severe first and accepted ones last", () => {
    expect(ids({})).toEqual([["NET-001:a+b@tor-1.100", "VM-001:web", "SW-002:pg", "SW-002:pg-2"]]);
  });

  it("hides severities and finds every word", () => {
    expect(ids({ hidden: new Set(["accepted", "critical"]) })).toEqual([["VM-001:web", "SW-002:pg"]]);
    expect(ids({ query: "sw-002 PG-2" })).toEqual([["SW-002:pg-2"]]);
    expect(ids({ query: "nothing" })).toEqual([]);
  });

  it("groups by rule and by what the finding is about", () => {
    expect(groupFindings(all, filter({ grouping: "rule" })).map(({ key }) => key)).toEqual(["NET-001", "VM-001", "SW-002"]);
    expect(groupFindings(all, filter({ grouping: "place" })).map(({ key }) => key)).toEqual(["a and b", "web", "pg", "pg-2"]);
  });

  it("counts accepted findings as accepted only", () => {
    expect([...countBySeverity(all)]).toEqual([["critical", 1], ["high", 1], ["medium", 1], ["low", 0], ["info", 0], ["accepted", 1]]);
  });
});
