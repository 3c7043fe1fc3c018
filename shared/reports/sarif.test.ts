/** SARIF against what the OASIS schema of 2.1.0 asks of the objects that are written, each property by name and type. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { analyze } from "../analysis/analyze";
import { findingsReport } from "../analysis/findings-json";
import { formatTopology } from "../model/canonical";
import { applyEdits } from "../model/edit";
import { parseTopology } from "../model/parse";
import { RULES } from "../rules/index";
import { findingsSarif } from "./sarif";

const text = readFileSync(join(import.meta.dirname, "../../assets/samples/flawed-scenario.bulkhead.json"), "utf8");
const parsed = parseTopology(text);
if (!parsed.ok) throw new Error("the sample is refused");
const { topology } = parsed, report = findingsReport(analyze(topology, { today: "2026-11-23" }));

const level = z.enum(["none", "note", "warning", "error"]), line = z.number().int().min(1), uri = z.string().regex(/^[^\s\\]+$/);
const message = z.strictObject({ text: z.string().min(1) }), artifactLocation = z.strictObject({ uri });
const region = z.strictObject({ startLine: line, startColumn: line.optional(), endLine: line.optional(), endColumn: line.optional() });
const fix = z.strictObject({
  description: message,
  artifactChanges: z.array(z.strictObject({ artifactLocation, replacements: z.array(z.strictObject({ deletedRegion: region, insertedContent: message.optional() })).min(1) })).min(1),
});
const result = z.strictObject({
  ruleId: z.string(), ruleIndex: z.number().int().min(0), level, message,
  locations: z.array(z.strictObject({ physicalLocation: z.strictObject({ artifactLocation, region }), logicalLocations: z.array(z.strictObject({ name: z.string(), kind: z.string() })).min(1) })).length(1),
  partialFingerprints: z.record(z.string(), z.string()), fixes: z.array(fix).min(1).optional(),
  suppressions: z.array(z.strictObject({ kind: z.enum(["inSource", "external"]), status: z.enum(["accepted", "underReview", "rejected"]) })).min(1).optional(), properties: z.record(z.string(), z.unknown()),
});
const rule = z.strictObject({
  id: z.string(), name: z.string().regex(/^[A-Za-z0-9]+$/), shortDescription: message, fullDescription: message, help: z.strictObject({ text: z.string(), markdown: z.string() }),
  defaultConfiguration: z.strictObject({ level }), properties: z.strictObject({ "security-severity": z.string().regex(/^\d+\.\d$/), precision: z.enum(["very-high", "high", "medium", "low"]), tags: z.array(z.string()).max(20) }),
});
const log = z.strictObject({
  $schema: z.url(), version: z.literal("2.1.0"),
  runs: z.array(z.strictObject({
    tool: z.strictObject({ driver: z.strictObject({ name: z.string(), version: z.string(), rules: z.array(rule) }) }),
    artifacts: z.array(z.strictObject({ location: artifactLocation, hashes: z.strictObject({ "sha-256": z.string().regex(/^[0-9a-f]{64}$/) }).optional() })),
    columnKind: z.literal("utf16CodeUnits"), results: z.array(result),
  })).length(1),
});

describe("SARIF", () => {
  const sarif = log.parse(JSON.parse(findingsSarif([{ report, source: "network.bulkhead.json", canonical: topology }], RULES))), [run] = sarif.runs;

  it("has what the schema asks, a result a finding with its rule", () => {
    expect(run?.results.map(({ ruleId, ruleIndex }) => [ruleId, run.tool.driver.rules[ruleIndex]?.id])).toEqual(report.findings.map((finding) => [finding.rule, finding.rule]));
    expect(new Set(run?.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(report.findings.length);
  });

  it("points at the line on which the thing to change begins", () => {
    const lines = text.split("\n");
    for (const { locations: [location] } of run?.results ?? []) {
      const subjects = location?.logicalLocations.map(({ name }) => name.replace(/\/.*/, "")) ?? [];
      expect(subjects.some((subject) => lines[(location?.physicalLocation.region.startLine ?? 0) - 1]?.includes(`"${subject}": {`))).toBe(true);
    }
  });

  it("has fixes that, put into the file, are the document with the fix's edits", () => {
    const fixed = (run?.results ?? []).flatMap(({ fixes }, index) => (fixes === undefined ? [] : [{ fix: fixes[0], finding: report.findings[index] }]));
    expect(fixed.length).toBeGreaterThan(20);
    for (const { fix: told, finding } of fixed) {
      const lines = text.split("\n");
      for (const { deletedRegion, insertedContent } of [...(told?.artifactChanges[0]?.replacements ?? [])].reverse()) {
        expect([deletedRegion.startColumn, deletedRegion.endColumn]).toEqual([1, 1]);
        lines.splice(deletedRegion.startLine - 1, (deletedRegion.endLine ?? 0) - deletedRegion.startLine, ...(insertedContent === undefined ? [] : insertedContent.text.replace(/\n$/, "").split("\n")));
      }
      expect(lines.join("\n")).toBe(formatTopology(applyEdits(topology, finding?.fixes[0]?.edits ?? [])));
    }
  });

  it("has no lines and no fixes for a file that is written otherwise", () => {
    const plain = log.parse(JSON.parse(findingsSarif([{ report, source: "dir/a b.bulkhead.json" }], RULES))).runs[0];
    expect(plain?.results.every(({ fixes, locations }) => fixes === undefined && locations[0]?.physicalLocation.region.startLine === 1)).toBe(true);
    expect(plain?.artifacts[0]?.location.uri).toBe("dir/a%20b.bulkhead.json");
  });
});
