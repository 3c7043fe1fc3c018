/** `segment` to the letter of the project's own reading of it, on the samples and on a document by hand. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Segmentation } from "../shared/segmentation/segmentation";
import { run } from "./main";
import { sandbox } from "./testing";

const samples = join(import.meta.dirname, "../assets/samples");
const sample = (name: string): string => join(samples, `${name}.bulkhead.json`);
const own = sandbox();

async function segment(...argv: string[]): Promise<{ status: number; text: string; json: Segmentation }> {
  const file = join(own.folder, "out");
  const status = await run(["segment", ...argv, "--today", "2026-11-23", "-o", file]);
  const text = readFileSync(file, "utf8");
  return { status, text, json: (text.startsWith("{") ? JSON.parse(text) : {}) as Segmentation };
}

describe("segment --required", () => {
  it("has its keys in order, and is 0 where everything holds and nothing remains", async () => {
    const { status, json } = await segment(sample("three-tier"), "--required", "--format", "json");
    expect(status).toBe(0);
    expect(Object.keys(json)).toEqual(["title", "edits", "verified", "rules", "closes", "opens", "breaksRequired", "required", "administrators", "stops", "cut", "remaining", "byHand", "commands", "before", "after"]);
    expect(json.rules[0]).toMatchObject({ filter: "edge", kept: ["administration"], changed: ["web", "application", "database", "dns"], added: [], removed: [] });
    expect(json.required.every(({ before, after }) => before === "holds" && after === "holds")).toBe(true);
  });

  it("gives the same bytes again, and what it writes needs nothing more", async () => {
    const out = join(own.folder, "segmented.json");
    const first = await segment(sample("flawed-scenario"), "--required", "--distributed", "--format", "json", "--write", out);
    expect((await segment(sample("flawed-scenario"), "--required", "--distributed", "--format", "json")).text).toBe(first.text);
    expect(first.status).toBe(1);
    expect(first.json.remaining.map(({ from, to, frames }) => [from, to, frames])).toContainEqual(["tenant-a", "tenant-b", true]);
    const again = await segment(out, "--required", "--format", "json");
    expect(again.json).toMatchObject({ title: "Nothing to change", edits: [], closes: [], opens: [], verified: true, before: first.json.after });
  });

  it("says in words what holds, what remains and why", async () => {
    const { text } = await segment(sample("flawed-scenario"), "--required");
    expect(text).toContain("  ~ web-a: allow external:internet → vm:a-web tcp/443 (in outside, out production)\n");
    expect(text).toMatch(/holds +web-a, web-b, administration/);
    expect(text).toMatch(/remains +they share a segment, inside which no gateway sees anything, and there is no distributed firewall/);
  });

  it("writes nothing that locks administrators out, says so, and is 1", async () => {
    const document = JSON.parse(readFileSync(sample("isolated-scenario"), "utf8")) as { policy: { require: { id: string }[] } };
    document.policy.require = document.policy.require.filter(({ id }) => id !== "administration");
    const [file, out] = [join(own.folder, "in.json"), join(own.folder, "segmented.json")];
    writeFileSync(file, JSON.stringify(document));
    const { status, text } = await segment(file, "--required", "--write", out);
    expect(status).toBe(1);
    expect(existsSync(out)).toBe(false);
    expect(own.errors).toBe(`segment: ${out} is not written: it locks admins out of management\n`);
    expect(text).toContain("LOCKS OUT        admins would not reach esx-1-vmk0 and esx-2-vmk0 any more; require it in the policy first");
  });

  it("refuses a document whose policy names no flow, with the remedy", async () => {
    const file = join(own.folder, "in.json");
    writeFileSync(file, JSON.stringify({ format: "bulkhead/1", name: "empty" }));
    expect(await run(["segment", file, "--required", "--today", "2026-11-23"])).toBe(2);
    expect(own.errors).toBe(`${file}:$.policy: no entry counts on 2026-11-23, so everything would be denied; write policy.require or policy.allow, or give --inside\n`);
  });
});

describe("segment --template", () => {
  it("isolates the tenants of the flawed sample, proven, and writes the document", async () => {
    const out = join(own.folder, "segmented.json");
    const { json } = await segment(sample("flawed-scenario"), "--template", "tenant-isolation", "--set", "tenants=tenant-a,tenant-b", "vlans=210,220", "--format", "json", "--write", out);
    expect(json).toMatchObject({ title: "Tenant isolation", verified: true, after: { tenantPairs: { isolated: 2, violating: 0 } } });
    expect(json.closes).toContain("NET-001:tenant-a+tenant-b@tor-1.100");
    expect(json.stops).toContainEqual({ from: "tenant-a", to: "tenant-b", services: ["any"] });
    expect(json.commands.some(({ text }) => text.includes("--vlan-id=210"))).toBe(true);
    expect(await run(["trace", out, "--from", "tenant:tenant-a", "--to", "tenant:tenant-b", "-o", join(own.folder, "trace")])).toBe(1);
    expect((await segment(out, "--template", "tenant-isolation", "--format", "json")).json.edits).toEqual([]);
  });

  it("shows only one platform's commands where asked", async () => {
    const { json } = await segment(sample("flawed-scenario"), "--template", "tenant-isolation", "--format", "json", "--commands", "esxi");
    expect(new Set(json.commands.map(({ platform }) => platform))).toEqual(new Set(["esxi"]));
  });

  it("lists templates with their parameters, and with what a document suggests", async () => {
    expect((await segment("--list")).text).toMatch(/^tenant-isolation {2}Tenant isolation\n/);
    const { status, text } = await segment(sample("flawed-scenario"), "--list");
    expect(status).toBe(0);
    expect(text).toMatch(/tenants +whom to isolate \[tenant-a,tenant-b\]/);
    const { templates } = JSON.parse((await segment(sample("flawed-scenario"), "--list", "--format", "json")).text) as { templates: { id: string; parameters: { name: string; value: string[] }[] }[] };
    expect(templates.map(({ id }) => id)).toEqual(["tenant-isolation", "three-tier", "pci-zone", "management-plane"]);
    expect(Object.keys(templates[0]?.parameters[0] ?? {})).toEqual(["name", "kind", "what", "value"]);
  });

  it.each([
    [["--template", "tenants"], 'bulkhead segment: option \'--template <name>\' argument \'tenants\' is invalid. "tenants" is not one of tenant-isolation'],
    [["--template", "tenant-isolation", "--set", "tenant=tenant-a"], 'segment: tenant-isolation: "tenant" is no parameter of tenant-isolation; did you mean "tenants"?'],
    [["--template", "tenant-isolation", "--set", "tenants"], '--set: "tenants" is no parameter with a value; write name=value'],
    [["--required", "--set", "tenants=tenant-a"], "segment: --set is for --template"],
    [["--required", "--list"], "segment: give one of --required, --template and --list"],
    [[], "segment: give one of --required, --template and --list"],
  ] as const)("refuses %j", async (argv, message) => {
    expect(await run(["segment", sample("flawed-scenario"), ...argv])).toBe(2);
    expect(own.errors).toContain(message);
  });
});
