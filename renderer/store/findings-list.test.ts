import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "../../shared/analysis/result";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { countBySeverity, foldedIn, groupFindings, type Filter } from "./findings-list";

const finding = (id: string, severity: Severity, more: Partial<Finding> = {}): Finding =>
  ({ id, rule: id.split(":")[0] ?? "", severity, accepted: false, title: `About ${id}`, subjects: [], detail: "", services: [], path: [], fixes: [], references: [], ...more });
const all: Finding[] = [finding("SW-002:pg", "medium"), finding("NET-001:a+b@tor-1.100", "critical"), finding("SW-002:pg-2", "medium", { accepted: true }), finding("VM-001:web", "high")];
const filter = (changes: Partial<Filter> = {}): Filter => ({ hidden: new Set(), query: "", grouping: "none", toggled: new Set(), ...changes });
const empty: Topology = { format: FORMAT, name: "x" };
const ids = (changes: Partial<Filter>, findings = all): string[][] => groupFindings(findings, filter(changes), empty).map((group) => group.rows.map((row) => `${row.level === 2 ? "  " : ""}${row.finding.id}`));

describe("the list of findings", () => {
  it("puts the most severe first and accepted ones last", () => {
    expect(ids({})).toEqual([["NET-001:a+b@tor-1.100", "VM-001:web", "SW-002:pg", "SW-002:pg-2"]]);
    expect(ids({ grouping: "cause" })).toEqual(ids({}));
  });

  it("hides severities and finds every word", () => {
    expect(ids({ hidden: new Set(["accepted", "critical"]) })).toEqual([["VM-001:web", "SW-002:pg"]]);
    expect(ids({ query: "sw-002 PG-2" })).toEqual([["SW-002:pg-2"]]);
    expect(ids({ query: "nothing" })).toEqual([]);
  });

  it("groups by rule and by what the finding is about", () => {
    const keys = (grouping: Filter["grouping"]) => groupFindings(all, filter({ grouping }), empty).map(({ key }) => key);
    expect(keys("rule")).toEqual(["NET-001", "VM-001", "SW-002"]);
    expect(keys("place")).toEqual(["a and b", "web", "pg", "pg-2"]);
  });

  it("groups by those between whom a finding is", () => {
    const topology: Topology = {
      ...empty, tenants: { a: { name: "A" }, b: { name: "B" } }, vms: { web: { name: "web", hypervisor: "h", tenant: "a" } },
      externalNetworks: { office: { name: "Office", zone: "corporate" } }, managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "h", services: [] } },
    } as unknown as Topology;
    const between = (subjects: readonly string[]) => groupFindings([finding("X:1", "low", { subjects })], filter({ grouping: "parties" }), topology)[0]?.title;
    expect(between(["a", "b"])).toBe("A and B");
    expect(between(["vmk0", "web/eth0"])).toBe("A and Management");
    expect(between(["office", "web", "b", "vmk0"])).toBe("A, B and 2 more");
    expect(between(["pg"])).toBe("Nobody in particular");
  });

  it("counts accepted findings as accepted only", () => {
    expect([...countBySeverity(all)]).toEqual([["critical", 1], ["high", 1], ["medium", 1], ["low", 0], ["info", 0], ["accepted", 1]]);
  });
});

describe("root causes in the list", () => {
  const many: Finding[] = [
    finding("VM-001:a", "high", { root: "VM-001", children: ["HV-006:a"] }), finding("VM-001:b", "high", { root: "VM-001" }),
    finding("HV-006:a", "critical"), finding("SW-002:pg", "medium"),
  ];

  it("are one row each with how much is folded in, where their worst finding would be", () => {
    expect(ids({ grouping: "cause" }, many)).toEqual([["VM-001:a", "SW-002:pg"]]);
    const [top, other] = groupFindings(many, filter({ grouping: "cause" }), empty)[0]?.rows ?? [];
    expect(top).toMatchObject({ place: 1, of: 2, fold: { id: "VM-001", open: false, alike: 1, following: 1, worst: "critical" } });
    expect(other).toMatchObject({ place: 2, of: 2 });
    expect(other?.fold).toBeUndefined();
  });

  it("unfold: first what the same change mends, then what follows", () => {
    expect(ids({ grouping: "cause", toggled: new Set(["VM-001"]) }, many)).toEqual([["VM-001:a", "  VM-001:b", "  HV-006:a", "SW-002:pg"]]);
    const rows = groupFindings(many, filter({ grouping: "cause", toggled: new Set(["VM-001"]) }), empty)[0]?.rows ?? [];
    expect(rows.map(({ place, of, follows, parent }) => [place, of, follows, parent?.id])).toEqual([[1, 2, undefined, undefined], [1, 2, false, "VM-001:a"], [2, 2, true, "VM-001:a"], [2, 2, undefined, undefined]]);
  });

  it("are unfolded while something is searched for, and a consequence alone stands for itself", () => {
    expect(ids({ grouping: "cause", query: "-00" }, many)).toEqual([["VM-001:a", "  VM-001:b", "  HV-006:a", "SW-002:pg"]]);
    expect(ids({ grouping: "cause", query: "hv" }, many)).toEqual([["HV-006:a"]]);
  });

  it("tell where a finding is that is not in sight", () => {
    const folded = groupFindings(many, filter({ grouping: "cause" }), empty);
    expect(foldedIn(folded, many, "HV-006:a")).toBe("VM-001");
    expect(foldedIn(folded, many, "SW-002:pg")).toBeUndefined();
    expect(foldedIn(folded, many, "nothing")).toBeUndefined();
  });
});
