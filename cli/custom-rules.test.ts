import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FindingsReport, Plan } from "../shared/analysis/result";
import type { Segmentation } from "../shared/segmentation/segmentation";
import { run } from "./main";
import { sandbox } from "./testing";

const own = sandbox();
const SAMPLE = "assets/samples/flawed-scenario.bulkhead.json";

/** The JSON blocks of the page, each with the ids that the page says it finds on the sample. */
function examples(): [rules: string, ids: string[]][] {
  const parts = readFileSync("docs/custom-rules.md", "utf8").split("```json\n").slice(1);
  return parts.map((part) => {
    const [block = "", after = ""] = part.split("\n```\n");
    const line = after.split("\n").find((one) => one.startsWith("On the sample network")) ?? "";
    return [block, [...line.matchAll(/`(X-[^`]+)`/g)].map((match) => match[1] ?? "")];
  });
}

function write(name: string, text: string): string {
  const file = join(own.folder, name);
  writeFileSync(file, text);
  return file;
}

async function check(...args: string[]): Promise<{ status: number; report: FindingsReport }> {
  const output = join(own.folder, "report.json");
  const status = await run(["check", ...args, "--format", "json", "-o", output, "--today", "2026-11-23"]);
  return { status, report: JSON.parse(readFileSync(output, "utf8")) as FindingsReport };
}

const customIds = (report: FindingsReport): string[] => report.findings.filter(({ rule }) => rule.startsWith("X-")).map(({ id }) => id);

const CLIP = { format: "bulkhead-rules/1", rules: [{ id: "X-A", title: "Clipboard", severity: "high", select: ["vm"], when: { field: "guest.clipboard", equals: true }, text: "No." }] };

describe("the examples of the documentation", () => {
  it("are three", () => expect(examples()).toHaveLength(3));

  it.each(examples())("find what the page says", async (rules, ids) => {
    expect(ids.length).toBeGreaterThan(0);
    const { report } = await check(SAMPLE, "--rules", write("own.rules.json", rules));
    expect(customIds(report).sort()).toEqual([...ids].sort());
  });
});

describe("files of rules", () => {
  it("are read from beside the document, and from --rules besides; the same file once", async () => {
    const document = join(own.folder, "net.bulkhead.json");
    copyFileSync(SAMPLE, document);
    const beside = write("net.rules.json", JSON.stringify(CLIP));
    expect(customIds((await check(document)).report)).toHaveLength(4);
    expect(customIds((await check(document, "--rules", beside)).report)).toHaveLength(4);
    const other = write("other.rules.json", JSON.stringify({ ...CLIP, rules: [{ ...CLIP.rules[0], id: "X-B" }] }));
    expect(customIds((await check(document, "--rules", other)).report)).toHaveLength(8);
  });

  it("that are wrong are refused with file, place and remedy, and so are ids of two files", async () => {
    const wrong = write("wrong.rules.json", JSON.stringify({ ...CLIP, rules: [{ ...CLIP.rules[0], when: { field: "guest.clipbord", equals: true } }] }));
    expect(await run(["check", SAMPLE, "--rules", wrong])).toBe(2);
    expect(own.errors).toContain(`${wrong}:$.rules[0].when.field: no field "clipbord" there, did you mean "clipboard"?: "guest.clipbord"`);
    const [one, two] = ["a", "b"].map((name) => write(`${name}.rules.json`, JSON.stringify(CLIP)));
    expect(await run(["check", SAMPLE, "--rules", one ?? "", "--rules", two ?? ""])).toBe(2);
    expect(own.errors).toContain(`${two ?? ""}:$.rules[0].id: an id that a rule of another file has: "X-A"; each id once`);
  });

  it("that name what the document does not have are refused, but for tags", async () => {
    const about = (selector: string): string => write("about.rules.json", JSON.stringify({ ...CLIP, rules: [{ ...CLIP.rules[0], when: { reaches: [selector] } }] }));
    expect(await run(["check", SAMPLE, "--rules", about("tenant:nobody"), "--quiet"])).toBe(2);
    expect(own.errors).toContain('$.rules[0].when.reaches[0]: names nothing in $.tenants: "tenant:nobody"');
    expect(customIds((await check(SAMPLE, "--rules", about("tag:nothing"))).report)).toEqual([]);
  });

  it("are read for paths and segment too, and what they find there is among what a change opens", async () => {
    const document = join(own.folder, "net.bulkhead.json");
    copyFileSync(SAMPLE, document);
    const beside = write("net.rules.json", JSON.stringify({ ...CLIP, rules: [{ ...CLIP.rules[0], select: ["portGroup"], when: { field: "vlan.id", greater: 100 } }] }));
    const output = join(own.folder, "out");
    await run(["segment", document, "--template", "tenant-isolation", "--format", "json", "-o", output]);
    expect((JSON.parse(readFileSync(output, "utf8")) as Segmentation).opens).toContain("X-A:tenant-a-110");
    writeFileSync(beside, "{}");
    for (const asked of [["paths", document, "--from", "vm:a-web"], ["segment", document, "--list"]]) {
      expect(await run(asked)).toBe(2);
      expect(own.errors).toContain(`${beside}:$.format: missing; bulkhead-rules/1`);
    }
  });

  it("count for diff, fix, SARIF and the catalogue", async () => {
    const rules = write("own.rules.json", JSON.stringify(CLIP));
    const [changed, output] = [join(own.folder, "changed.bulkhead.json"), join(own.folder, "out")];
    expect(await run(["fix", SAMPLE, "--rules", rules, "--finding", "VM-001:a-web", "--write", changed, "--format", "json", "-o", output])).toBe(0);
    expect((JSON.parse(readFileSync(output, "utf8")) as Plan).plan[0]?.closes).toContain("X-A:a-web");
    await run(["diff", SAMPLE, changed, "--rules", rules, "--format", "json", "-o", output]);
    expect((JSON.parse(readFileSync(output, "utf8")) as { findings: { removed: string[] } }).findings.removed).toContain("X-A:a-web");
    await run(["export", SAMPLE, "--rules", rules, "--to", "sarif", "-o", output]);
    expect(readFileSync(output, "utf8")).toContain('"id": "X-A"');
    expect(await run(["rules", "x-a", "--rules", rules, "-o", output])).toBe(0);
    expect(readFileSync(output, "utf8")).toContain("guest.clipboard is true");
    expect(await run(["schema", "--rules", "-o", output])).toBe(0);
    expect(JSON.parse(readFileSync(output, "utf8"))).toMatchObject({ title: "Bulkhead rules" });
  });
});
