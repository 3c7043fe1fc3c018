import { describe, expect, it } from "vitest";
import { flawedScenario, found, remediatedScenario, TODAY } from "../rules/testing";
import { parseTopology } from "../model/parse";
import { formatTopology } from "../model/canonical";
import type { Rule } from "../model/kinds/forwarder";
import type { Topology } from "../model/topology";
import { analyze } from "./analyze";
import { completed, evaluate } from "./evaluate";
import { findingsReport } from "./findings-json";

const today = { today: TODAY };

describe("the worked scenario", () => {
  it("fires what must fire, and nothing that must not", () => {
    const analysis = analyze(flawedScenario(), { ...today, verifyFixes: false });
    const has = (rule: string): string[] => found(analysis, rule);
    expect(has("NET-001")).toEqual(["critical NET-001:tenant-a+tenant-b@tor-1.100"]);
    expect(has("VM-001")).toEqual(["a-db", "a-web", "b-db", "b-web"].map((vm) => `high VM-001:${vm}`));
    expect(has("RES-001")).toEqual(["high RES-001:esx-1", "high RES-001:esx-2"]);
    expect(has("MGT-001")).toEqual(["critical MGT-001:esx-1-vmk0@tor-1.100", "critical MGT-001:esx-2-vmk0@tor-1.100"]);
    for (const source of ["tenant-a", "tenant-b"]) for (const host of ["esx-1", "esx-2"]) expect(has("MGT-002")).toContain(`critical MGT-002:${source}>${host}-vmk0`);
    expect(has("INT-001")).toEqual(["critical INT-001:tenant-a+tenant-b", "critical INT-001:workloads>management"]);
    expect(has("NET-008")).toHaveLength(1);
    expect(has("MGT-005")).toEqual(["high MGT-005:esx-1", "high MGT-005:esx-2"]);
    expect(has("MGT-003")).toEqual(["medium MGT-003:esx-1-vmk0", "medium MGT-003:esx-2-vmk0"]);
    for (const silent of ["NET-002", "NET-005", "NET-007", "SW-001", "FW-001", "INT-002"]) expect(has(silent)).toEqual([]);
    expect(analysis.summary.tenantPairs).toEqual({ isolated: 0, permitted: 0, violating: 2, unknown: 0 });
    expect(analysis.summary.managementExposedTo).toEqual(["admins", "corporate", "tenant-a", "tenant-b"]);
  });

  it("has no critical, no high and no violated intent once it is remediated", () => {
    const { summary, findings } = analyze(remediatedScenario(), today);
    expect([summary.critical, summary.high]).toEqual([0, 0]);
    expect(summary.tenantPairs).toEqual({ isolated: 2, permitted: 0, violating: 0, unknown: 0 });
    expect(summary.managementExposedTo).toEqual([]);
    expect(findings.filter((finding) => finding.rule.startsWith("INT-"))).toEqual([]);
  });
});

describe("analyze", () => {
  it("sorts by severity, then by id, and counts what it lists", () => {
    const { findings, summary } = analyze(flawedScenario(), { ...today, verifyFixes: false });
    const order = ["critical", "high", "medium", "low", "info"];
    const keys = findings.map((finding) => `${order.indexOf(finding.severity)} ${finding.id}`);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length);
    expect(summary.critical + summary.high + summary.medium + summary.low + summary.info).toBe(findings.length);
  });

  it("keeps an accepted finding in the list, out of the severity counts, up to and including its last day", () => {
    const accept = [{ finding: "MGT-005:esx-1", reason: "federation next month", until: "2026-11-23" }];
    const document = { ...flawedScenario(), policy: { ...flawedScenario().policy, accept } };
    const on = (day: string): { accepted: boolean; high: number; count: number } => {
      const { findings, summary } = analyze(document, { today: day, verifyFixes: false });
      return { accepted: findings.find((finding) => finding.id === "MGT-005:esx-1")?.accepted === true, high: summary.high, count: summary.accepted };
    };
    expect(on("2026-11-23")).toMatchObject({ accepted: true, count: 1 });
    expect(on("2026-11-24")).toMatchObject({ accepted: false, count: 0 });
    expect(on("2026-11-24").high).toBe(on("2026-11-23").high + 1);
  });

  it("offers verified fixes for every critical and high finding of the scenario", () => {
    for (const finding of analyze(flawedScenario(), today).findings) {
      if (finding.severity !== "critical" && finding.severity !== "high") continue;
      expect(finding.fixes.length, finding.id).toBeGreaterThan(0);
      expect(finding.fixes.every((fix) => fix.verified && fix.edits.length > 0)).toBe(true);
    }
  });

  it("leaves no fixes where none are asked for", () => {
    expect(analyze(flawedScenario(), { ...today, verifyFixes: false }).findings.every((finding) => finding.fixes.length === 0)).toBe(true);
  });

  it("answers an empty document", () => {
    const { findings, summary } = analyze({ format: "bulkhead/1", name: "empty" }, today);
    expect(findings).toEqual([]);
    expect(summary).toEqual({ critical: 0, high: 0, medium: 0, low: 0, info: 0, accepted: 0, tenantPairs: { isolated: 0, permitted: 0, violating: 0, unknown: 0 }, managementExposedTo: [] });
  });
});

describe("findingsReport", () => {
  it("gives the same bytes for the same document, however it is written, with the promised field order", () => {
    const document = flawedScenario();
    const respelled = parseTopology(JSON.stringify({ ...document, vms: Object.fromEntries(Object.entries(document.vms ?? {}).reverse()) }));
    if (!respelled.ok) throw new Error("the scenario is valid");
    const report = findingsReport(analyze(document, today));
    expect(JSON.stringify(findingsReport(analyze(respelled.topology, today)))).toBe(JSON.stringify(report));
    expect(Object.keys(report)).toEqual(["format", "document", "analyzer", "today", "summary", "findings"]);
    expect(Object.keys(report.summary)).toEqual(["critical", "high", "medium", "low", "info", "accepted", "tenantPairs", "managementExposedTo"]);
    expect(Object.keys(report.findings[0] ?? {})).toEqual(["id", "rule", "severity", "title", "accepted", "subjects", "detail", "services", "path", "fixes", "references"]);
    expect(Object.keys(report.findings[0]?.fixes[0] ?? {})).toEqual(["title", "edits", "verified", "breaksRequired", "introduces"]);
  });

  it("names the document by the SHA-256 of its canonical bytes", async () => {
    const document = remediatedScenario();
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(formatTopology(document)));
    expect(findingsReport(analyze(document, today)).document).toEqual({ name: "Remediated hosting", sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("") });
  });
});

describe("rules that take long", () => {
  const long = (): Topology => {
    const { firewalls, ...scenario } = remediatedScenario();
    const rules = Array.from({ length: 2_100 }, (_, index): Rule => ({ id: `p${index}`, action: "allow", services: [`tcp/${2 * index + 1}`] }));
    const fw = firewalls?.["fw-1"];
    return { ...scenario, firewalls: { "fw-1": { name: "fw", ...fw, rules: [...rules, { id: "void", action: "deny", services: ["tcp/1", "tcp/3"] }, ...(fw?.rules ?? [])] } } };
  };

  it("can be left for later, and completed to what one pass gives", () => {
    const document = long();
    const whole = evaluate(document, today);
    const first = evaluate(long(), today, { without: "later" });
    expect([whole.pending, first.pending]).toEqual([[], ["FW-003", "FW-004", "FW-007"]]);
    expect(first.findings).toEqual(whole.findings.filter(({ rule }) => !first.pending.includes(rule)));
    const steps = completed(evaluate(long(), today, { without: "later" }));
    let count = 0;
    for (let step = steps.next(); ; step = steps.next(), count += 1) {
      if (step.done !== true) continue;
      expect({ findings: step.value.findings, summary: step.value.summary, pending: step.value.pending }).toEqual({ findings: whole.findings, summary: whole.summary, pending: [] });
      break;
    }
    expect(count).toBeGreaterThan(2_100);
    expect(whole.findings.map(({ id }) => id)).toContain("FW-003:fw-1/void");
  });

  it("are run at once on documents with short lists", () => {
    expect(evaluate(remediatedScenario(), today, { without: "later" }).pending).toEqual([]);
  });
});
