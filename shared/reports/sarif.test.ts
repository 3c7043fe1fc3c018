/** SARIF against its schema, and against what GitHub's code scanning asks ("SARIF support for code scanning"). */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { analyze } from "../analysis/analyze";
import { findingsReport } from "../analysis/findings-json";
import { formatTopology } from "../model/canonical";
import { applyEdits } from "../model/edit";
import { parseTopology } from "../model/parse";
import { RULES } from "../rules/index";
import { findingsSarif } from "./sarif";
import { finding, HOSTILE, report as findings } from "./testing";

const text = readFileSync(join(import.meta.dirname, "../../assets/samples/flawed-scenario.bulkhead.json"), "utf8");
const parsed = parseTopology(text);
if (!parsed.ok) throw new Error("the sample is refused");
const { topology } = parsed, report = findingsReport(analyze(topology, { today: "2026-11-23" }));

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What the tests look at of a log that has passed the schema. */
interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
    readonly invocations?: readonly { readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }[];
    readonly results: readonly Result[];
  }[];
}

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly properties: { readonly "security-severity"?: string; readonly tags: readonly string[] };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region }; readonly logicalLocations: readonly { readonly name: string }[] }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly { readonly location: { readonly physicalLocation: { readonly region: Region }; readonly message: { readonly text: string } } }[] }[] }[];
  readonly fixes?: readonly { readonly artifactChanges: readonly { readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: { readonly text: string } }[] }[] }[];
}

/** The schema of OASIS, as Microsoft's SDK for SARIF packs it. */
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const require = createRequire(import.meta.url);
const validate = ajv.compile(JSON.parse(readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8")) as object);

/** Throws where the text is no SARIF. */
function read(text: string): Log {
  const log: unknown = JSON.parse(text);
  if (!validate(log)) throw new Error(ajv.errorsText(validate.errors, { separator: "\n" }));
  return log as Log;
}

describe("SARIF", () => {
  const sarif = read(findingsSarif([{ report, source: "network.bulkhead.json", canonical: topology }], RULES)), [run] = sarif.runs;

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
        lines.splice(deletedRegion.startLine - 1, deletedRegion.endLine - deletedRegion.startLine, ...(insertedContent === undefined ? [] : insertedContent.text.replace(/\n$/, "").split("\n")));
      }
      expect(lines.join("\n")).toBe(formatTopology(applyEdits(topology, finding?.fixes[0]?.edits ?? [])));
    }
  });

  it("has no lines and no fixes for a file that is written otherwise", () => {
    const plain = read(findingsSarif([{ report, source: "dir/a b.bulkhead.json" }], RULES)).runs[0];
    expect(plain?.results.every(({ fixes, locations }) => fixes === undefined && locations[0]?.physicalLocation.region.startLine === 1)).toBe(true);
    expect(plain?.artifacts[0]?.location.uri).toBe("dir/a%20b.bulkhead.json");
  });

  it("keeps what is odd in names, paths and rules within the schema", () => {
    const odd = findings([finding({ id: `NET-001:${HOSTILE}`, subjects: [HOSTILE, "\u202e\ud800"] }), finding({ severity: "info", path: [], fixes: [] })]);
    for (const source of ["-", "/abs/a#b?.json", "C:\\nets\\a.json", `${HOSTILE}.json`]) read(findingsSarif([{ report: odd, source }], RULES));
    const uris = ["/abs/a#b.json", "C:\\nets\\a.json", "dir/100%.json"].map((source) => read(findingsSarif([{ report: odd, source }], RULES)).runs[0]?.artifacts[0]?.location.uri);
    expect(uris).toEqual(["file:///abs/a%23b.json", "file:///C:/nets/a.json", "dir/100%25.json"]);
  });

  describe("for code scanning", () => {
    it("has rules with help in Markdown, a score for each severity but info, and texts within the limits", () => {
      const rules = run?.tool.driver.rules ?? [];
      expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
      for (const { id, name, shortDescription, fullDescription, help, properties } of rules) {
        expect(help.markdown, id).toContain("**Fires when.**");
        expect([name.length > 255, shortDescription.text.length > 1024, fullDescription.text.length > 1024, properties.tags.length > 10, name === "", fullDescription.text === ""], id).toEqual(Array(6).fill(false));
        const score = Number(properties["security-severity"] ?? 0), severity = RULES.find((rule) => rule.id === id)?.severity;
        expect(score > 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : score > 0 ? "low" : "info", id).toBe(severity);
      }
    });

    it("has one place a result with all four ends of its region, and a fingerprint of its own, also where others stand on the same line", () => {
      const results = run?.results ?? [], lines = text.split("\n");
      for (const { locations } of results) {
        const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = locations[0]?.physicalLocation.region ?? {};
        expect([endLine, endColumn]).toEqual([startLine, (lines[startLine - 1]?.length ?? 0) + 1]);
        expect(lines[startLine - 1]?.[startColumn - 1]).toBe('"');
      }
      expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)).size).toBe(results.length);
      expect(results[0]?.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:1$/);
    });

    it("shows the way of a finding step by step", () => {
      const shared = run?.results.find(({ ruleId }) => ruleId === "NET-001"), steps = shared?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [], lines = text.split("\n");
      expect(steps.length).toBeGreaterThan(5);
      for (const { location } of steps) expect(lines[location.physicalLocation.region.startLine - 1]).toContain(`"${location.message.text.replace(/[/ ].*/, "")}": {`);
    });

    it("never has more results than are taken, leaves out the least grave and says so", () => {
      const many = findings(Array.from({ length: 25_003 }, (_, n) => finding({ id: `VM-001:vm-${n}`, severity: n === 25_002 ? "critical" : n < 3 ? "info" : "medium", path: [], fixes: [] })));
      const [large] = read(findingsSarif([{ report: many, source: "a.json" }], [])).runs;
      expect(large?.results).toHaveLength(25_000);
      expect(large?.results.filter(({ level }) => level === "note")).toEqual([]);
      expect(large?.invocations?.[0]?.toolExecutionNotifications[0]?.message.text).toMatch(/^3 more findings/);
    }, 60_000);

    it("is never larger than is taken, compressed: leaves out the least grave and says how many", () => {
      let state = 1;
      const noise = (length: number): string => Array.from({ length }, () => (state = (state * 48271) % 2147483647).toString(36).slice(-4)).join("");
      const many = findings(Array.from({ length: 3000 }, (_, n) => finding({ id: `VM-001:vm-${n}`, severity: n >= 2900 ? "critical" : "medium", detail: noise(1500), path: [], fixes: [] })));
      const log = findingsSarif([{ report: many, source: "a.json" }], []), [run] = read(log).runs;
      expect(gzipSync(new TextEncoder().encode(log)).length).toBeLessThan(10_000_000);
      const results = run?.results ?? [];
      expect(results.length).toBeGreaterThan(1500);
      expect(results.filter(({ level }) => level === "error")).toHaveLength(100);
      expect(run?.invocations?.[0]?.toolExecutionNotifications[0]?.message.text).toContain(`${3000 - results.length} more findings, none graver, are left out`);
    }, 60_000);
  });
});
