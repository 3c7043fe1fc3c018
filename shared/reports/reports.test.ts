import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { findingsCsv } from "./findings-csv";
import { findingsMarkdown } from "./findings-markdown";
import { findingsText } from "./findings-text";
import { failsAt, findingsJunit } from "./junit";
import { noPaint, terminalPaint } from "./paint";
import { findingsSarif } from "./sarif";
import { finding, report } from "./testing";

const accepted = finding({ id: "SW-001:pg-ids", rule: "SW-001", severity: "high", accepted: true, title: "Promiscuous" });
const sample = report([finding(), accepted]);
const notes = new Map([["SW-001:pg-ids", "Accepted by A. <Admin>\u001b until 2027-01-31: IDS sensor"]]);

/** Control characters, but for the line breaks and tabs of the report itself. */
function controls(text: string): string[] {
  return [...text].filter((character) => character < " " && character !== "\n" && character !== "\r" && character !== "\t");
}

const DESCRIBED = { isDescribed: true, undecidedFor: [] };

describe("findings as text", () => {
  it("names severity, id, path and fix, and never prints a control character of the document", () => {
    const text = findingsText(sample, "x.bulkhead.json", notes, DESCRIBED, noPaint);
    expect(text).toContain("CRITICAL Tenants share a segment a\\x1b[31m<b>");
    expect(text).toContain("NET-001:a+b@tor-1.100");
    expect(text).toContain("path: a-web/eth0 sends → pg-prod tags 100");
    expect(text).toContain("fix: Give each its own VLAN (verified)");
    expect(text).toContain("1 critical, 0 high");
    expect(text).toContain("Accepted by A. <Admin>\\x1b until 2027-01-31: IDS sensor");
    expect(controls(text)).toEqual([]);
  });

  it("tells a root cause once, its other findings and what follows as a line each, and how many are left out", () => {
    const ids = Array.from({ length: 25 }, (_, index) => `VM-003:vm-${index}`);
    const many = ids.map((id) => finding({ id, rule: "VM-003", severity: "medium", root: "VM-003", ...(id === "VM-003:vm-7" ? { children: ["HV-006:vm-7"] } : {}) }));
    const chain = finding({ id: "HV-006:vm-7", rule: "HV-006", severity: "high", title: "A way in" });
    const text = findingsText(report([chain, ...many]), "x", new Map([["VM-003:vm-3", "No longer accepted"]]), DESCRIBED);
    expect(text.match(/They hear each other/g)).toHaveLength(1);
    expect(text).toContain("the same in 24 more:\n           MEDIUM   VM-003:vm-1  Tenants");
    expect(text).toMatch(/VM-003:vm-3 .*\n +No longer accepted\n/);
    expect(text).toContain("and 4 more; --format json lists all");
    expect(text).toContain("leads to:\n           HIGH     HV-006:vm-7  A way in\n");
    const markdown = findingsMarkdown(report([chain, ...many]), new Map(), DESCRIBED);
    expect(markdown.match(/^## /gm)).toHaveLength(1);
    expect(markdown).toContain("Leads to:\n\n- High: A way in (`HV-006:vm-7`)");
  });

  it("says of management that is not described that nothing was judged, and takes it for no proof", () => {
    const silent = { ...sample, summary: { ...sample.summary, managementExposedTo: [] } };
    expect(findingsText(silent, "x", notes, { isDescribed: false, undecidedFor: [] }, terminalPaint)).toMatch(/Management\S* +not judged: no management interface and no BMC is described\n/);
    expect(findingsMarkdown(silent, notes, { isDescribed: false, undecidedFor: [] })).toContain("Management: not judged: no management interface and no BMC is described.");
    expect(findingsText(silent, "x", notes, DESCRIBED)).toContain("exposed to no tenant or external network");
    expect(findingsMarkdown({ ...sample, summary: { ...sample.summary, managementExposedTo: ["a"] } }, notes, DESCRIBED)).toContain("Management: exposed to a.");
    expect(findingsText(silent, "x", notes, { isDescribed: true, undecidedFor: ["b"] }, terminalPaint)).toMatch(/Management\S* +not decided for b: data is missing\n/);
    expect(findingsMarkdown({ ...sample, summary: { ...sample.summary, managementExposedTo: ["a"] } }, notes, { isDescribed: true, undecidedFor: ["b"] })).toContain("exposed to a; not decided for b: data is missing.");
  });

  it("colours only with a terminal's paint", () => {
    expect(findingsText(sample, "x", notes, DESCRIBED, terminalPaint)).toContain("\u001b[31m");
  });
});

describe("findings as CSV", () => {
  it("quotes, and defuses what a spreadsheet would run", () => {
    const text = findingsCsv([report([finding({ title: "=HYPERLINK(\"x\")" })])]);
    expect(text.split("\r\n")[0]).toBe("document,id,rule,severity,accepted,title,subjects,services,detail,path,fix,references,root,children");
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe("findings as Markdown", () => {
  it("escapes markup in names", () => {
    const text = findingsMarkdown(sample, notes, DESCRIBED);
    expect(text).toContain("\\<b\\>");
    expect(text).not.toContain("<b>");
    expect(text).toContain("## Accepted: Promiscuous");
    expect(text).toContain("Accepted by A. \\<Admin\\>\\\\x1b until 2027-01-31: IDS sensor");
  });
});

describe("findings as JUnit", () => {
  it("fails a case at or above the gate, skips the rest, and is well-formed", () => {
    const document = new DOMParser().parseFromString(findingsJunit([sample], "medium"), "text/xml");
    const suite = document.getElementsByTagName("testsuite").item(0);
    expect(suite?.getAttribute("tests")).toBe("2");
    expect(suite?.getAttribute("failures")).toBe("1");
    expect(document.getElementsByTagName("skipped").length).toBe(1);
  });

  it.each([["critical", true], ["info", true], ["none", false]] as const)("at --fail-on %s a critical finding fails: %s", (failOn, fails) => {
    expect(failsAt(finding(), failOn)).toBe(fails);
    expect(failsAt(accepted, failOn)).toBe(false);
  });
});

describe("findings as SARIF", () => {
  it("has a result with a stable fingerprint for each finding, and suppresses accepted ones", () => {
    const log = JSON.parse(findingsSarif([{ report: sample, source: "dir/a b.bulkhead.json" }], [])) as { version: string; runs: { results: { level: string; suppressions?: unknown[]; partialFingerprints: object; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[] };
    const results = log.runs[0]?.results ?? [];
    expect(log.version).toBe("2.1.0");
    expect(results.map(({ level }) => level)).toEqual(["error", "error"]);
    expect(results[0]?.partialFingerprints).toMatchObject({ "bulkheadFinding/v1": "NET-001:a+b@tor-1.100" });
    expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("dir/a%20b.bulkhead.json");
    expect(results.map(({ suppressions }) => suppressions?.length ?? 0)).toEqual([0, 1]);
  });
});
