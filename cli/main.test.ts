import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "./main";
import { sandbox } from "./testing";

const samples = join(import.meta.dirname, "../assets/samples");
const flawed = join(samples, "flawed-scenario.bulkhead.json");
const isolated = join(samples, "isolated-scenario.bulkhead.json");

const own = sandbox();

const file = (name: string, text?: string | Uint8Array): string => {
  const path = join(own.folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};

interface Json {
  readonly [key: string]: unknown;
}

/** Runs with `-o` and reads what was written. */
async function json(...argv: string[]): Promise<{ status: number; json: Json; text: string }> {
  const output = file("out.json");
  const status = await run([...argv, "--format", "json", "--today", "2026-11-23", "-o", output]);
  expect(own.errors).toBe("");
  const text = readFileSync(output, "utf8");
  return { status, json: JSON.parse(text) as Json, text };
}

describe("bulkhead check", () => {
  it("finds the flawed scenario's violations, exits 1, and gives the same bytes twice", async () => {
    const first = await json("check", flawed);
    const second = await json("check", flawed);
    expect(first.status).toBe(1);
    expect(Object.keys(first.json)).toEqual(["format", "document", "analyzer", "today", "summary", "findings"]);
    expect(second.text).toBe(first.text);
  });

  it("exits by --fail-on", async () => {
    expect((await json("check", isolated, "--fail-on", "high")).status).toBe(0);
    expect((await json("check", flawed, "--fail-on", "none")).status).toBe(0);
  });

  it("lists every problem of a refused document and exits 2", async () => {
    const bad = file("bad.json", JSON.stringify({ format: "bulkhead/1", name: "x", vms: { a: { name: "a", hypervisor: "nowhere", nic: {} } } }));
    expect(await run(["check", bad])).toBe(2);
    expect(own.errors.split("\n")).toEqual(expect.arrayContaining([expect.stringMatching(/bad\.json:\$\.vms\.a\.nic: unknown field, did you mean "nics"\?/), expect.stringMatching(/bad\.json:\$\.vms\.a\.hypervisor: .*nowhere/)]));
  });

  it.each([["no command", []], ["an unknown option", ["check", flawed, "--nope"]], ["a bad date", ["check", flawed, "--today", "2026-02-30"]], ["a missing file", ["check", "/does/not/exist"]], ["a format of another command", ["matrix", flawed, "--format", "sarif"]]])("exits 2 on %s", async (_what, argv) => {
    expect(await run(argv)).toBe(2);
    expect(own.errors).not.toBe("");
  });

  it.each(["sarif", "junit", "csv", "md", "text"])("writes %s", async (format) => {
    const output = file("out");
    expect(await run(["check", flawed, "--format", format, "-o", output])).toBe(1);
    expect(readFileSync(output, "utf8")).toContain("NET-001");
  });
});

describe("bulkhead trace", () => {
  it("shows the path of a violation and exits 0, and where isolation stops a flow and exits 1", async () => {
    const reach = await json("trace", flawed, "--from", "vm:a-web", "--to", "vm:b-db");
    expect(reach).toMatchObject({ status: 0, json: { reachable: true, services: ["any"] } });
    const cut = await json("trace", isolated, "--from", "vm:a-web", "--to", "vm:b-db");
    expect(cut).toMatchObject({ status: 1, json: { reachable: false, services: [] } });
    expect((cut.json.blockedBy as unknown[]).length).toBeGreaterThan(0);
  });

  it("refuses a selector that names nothing", async () => {
    expect(await run(["trace", flawed, "--from", "vm:nobody", "--to", "any"])).toBe(2);
    expect(own.errors).toContain('--from: "vm:nobody" names nothing in $.vms');
  });
});

describe("bulkhead matrix", () => {
  it.each(["vm", "tenant", "portgroup"])("by %s has the contract's fields", async (by) => {
    const { json: matrix } = await json("matrix", flawed, "--by", by);
    expect(Object.keys(matrix)).toEqual(["by", "assume", "rows", "pairs"]);
    expect((matrix.pairs as Json[])[0]).toHaveProperty("verdict");
  });
});

describe("bulkhead fix", () => {
  it("--all leaves no critical and no high finding and every required flow", async () => {
    const fixed = file("fixed.bulkhead.json");
    const plan = await json("fix", flawed, "--all", "--write", fixed);
    expect(plan.json.after).toMatchObject({ critical: 0, high: 0 });
    const { json: check } = await json("check", fixed);
    const findings = check.findings as { rule: string; severity: string }[];
    expect(findings.filter(({ severity, rule }) => severity === "critical" || severity === "high" || rule === "INT-002")).toEqual([]);
  });

  it("refuses the id of a finding that is not there", async () => {
    expect(await run(["fix", flawed, "--finding", "NET-001:x"])).toBe(2);
  });
});

describe("bulkhead fmt", () => {
  it("writes canonical bytes in place, and --check says where they differ", async () => {
    const untidy = file("x.bulkhead.json", `\uFEFF${JSON.stringify({ name: "x", format: "bulkhead/1" })}`);
    expect(await run(["fmt", "--check", "--quiet", untidy])).toBe(1);
    expect(await run(["fmt", untidy])).toBe(0);
    expect(readFileSync(untidy, "utf8")).toBe('{\n  "format": "bulkhead/1",\n  "name": "x"\n}\n');
    expect(await run(["fmt", "--check", untidy])).toBe(0);
  });

  it("never overwrites a file that it refuses", async () => {
    const refused = file("x.bulkhead.json", '{"format": "bulkhead/2", "name": "x"}');
    expect(await run(["fmt", refused])).toBe(2);
    expect(readFileSync(refused, "utf8")).toBe('{"format": "bulkhead/2", "name": "x"}');
  });

  it("finds the samples canonical", async () => {
    expect(await run(["fmt", "--check", flawed, isolated, join(samples, "three-tier.bulkhead.json")])).toBe(0);
  });
});

describe("bulkhead import", () => {
  it("reads libvirt XML into a document that check accepts, with a report", async () => {
    file("web.xml", "<domain type='kvm'><name>web</name><devices><interface type='bridge'><source bridge='br0'/></interface></devices></domain>");
    const [document, report] = [file("o.bulkhead.json"), file("r.json")];
    expect(await run(["import", own.folder, "--from", "libvirt", "-o", document, "--report", report, "--quiet"])).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(report, "utf8")) as Json)).toEqual(["mapped", "ignored", "notUnderstood", "notAssessed"]);
    expect((await json("check", document, "--fail-on", "none")).status).toBe(0);
  });
});

describe("bulkhead export", () => {
  it.each([["svg", "<svg"], ["pdf", "%PDF-"], ["png", "\u0089PNG"], ["html", "<!doctype html>"], ["md", "# "], ["csv", "document,id"], ["xlsx", "PK"], ["json", "{"], ["sarif", "2.1.0"], ["junit", "<testsuites"], ["oscal", "assessment-results"], ["drawio", "<mxfile"], ["dot", "graph"], ["mermaid", "flowchart"]])("writes %s, the same bytes twice", async (to, start) => {
    const [one, two] = [file("one"), file("two")];
    for (const output of [one, two]) expect(await run(["export", flawed, "--to", to, "--today", "2026-11-23", "-o", output])).toBe(0);
    expect(readFileSync(one, "latin1")).toContain(start);
    expect(readFileSync(two).equals(readFileSync(one))).toBe(true);
  });

  it("says on standard error which letters no font has, where the format is set in fonts", async () => {
    const document = file("ge.bulkhead.json", JSON.stringify({ format: "bulkhead/1", name: "x", tenants: { ge: { name: "ვები" } } })), output = file("out");
    for (const to of ["pdf", "svg", "html"]) expect(await run(["export", document, "--to", to, "-o", output])).toBe(0);
    expect(own.errors.match(/^export: letters without a font: Georgian in the name of ge\. /gmu)).toHaveLength(3);
    expect(await run(["export", document, "--to", "pdf", "--quiet", "-o", output])).toBe(0);
    expect(await run(["export", document, "--to", "csv", "-o", output])).toBe(0);
    expect(own.errors.match(/without a font/gu)).toHaveLength(3);
  });
});

const names = ["flawed-scenario", "isolated-scenario", "three-tier"];
describe("the samples", () => {
  it.each(names)("%s gives the findings that stand beside it", async (name) => {
    const { json: report } = await json("check", join(samples, `${name}.bulkhead.json`), "--fail-on", "none");
    const found = (report.findings as { id: string; severity: string }[]).map(({ id, severity }) => ({ id, severity }));
    expect({ summary: report.summary, findings: found }).toEqual(JSON.parse(readFileSync(join(samples, `${name}.expected.json`), "utf8")));
  });
});

describe("bulkhead rules and schema", () => {
  it("print the catalogue and the JSON Schema", async () => {
    const output = file("out");
    expect(await run(["rules", "NET-001", "--format", "json", "-o", output])).toBe(0);
    expect(JSON.parse(readFileSync(output, "utf8"))).toMatchObject({ rules: [{ id: "NET-001", severity: "critical" }] });
    expect(await run(["schema", "-o", output])).toBe(0);
    expect(JSON.parse(readFileSync(output, "utf8"))).toHaveProperty("$schema");
    expect(await run(["rules", "XXX-000"])).toBe(2);
  });
});
