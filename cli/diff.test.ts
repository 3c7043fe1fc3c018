import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { run } from "./main";
import { sandbox } from "./testing";

const samples = join(import.meta.dirname, "../assets/samples");
const flawed = join(samples, "flawed-scenario.bulkhead.json");
const isolated = join(samples, "isolated-scenario.bulkhead.json");

const own = sandbox();

async function output(...argv: string[]): Promise<{ status: number; text: string }> {
  const file = join(own.folder, "out");
  const status = await run([...argv, "-o", file]);
  expect(own.errors).toBe("");
  return { status, text: readFileSync(file, "utf8") };
}

interface Pair { readonly from: string; readonly to: string }
interface Diff { readonly document: unknown[]; readonly flows: { readonly added: Pair[]; readonly removed: Pair[] }; readonly findings: { readonly added: string[]; readonly removed: string[] } }

async function json<Shape>(...argv: string[]): Promise<Shape> {
  return JSON.parse((await output(...argv, "--format", "json", "--today", "2026-11-23")).text) as Shape;
}

describe("bulkhead diff of the samples", () => {
  it("lists what one matrix and one check has and the other has not, both ways round", async () => {
    const [there, back] = [await json<Diff>("diff", flawed, isolated), await json<Diff>("diff", isolated, flawed)];
    const [old, now] = [(await json<{ pairs: Pair[] }>("matrix", flawed)).pairs, (await json<{ pairs: Pair[] }>("matrix", isolated)).pairs];
    const without = (pairs: Pair[], others: Pair[]) => pairs.filter((pair) => !others.some((other) => JSON.stringify(other) === JSON.stringify(pair)));
    expect(there.flows).toEqual({ added: without(now, old), removed: without(old, now) });
    expect(there.flows.removed).toEqual(expect.arrayContaining([expect.objectContaining({ from: "a-web", to: "b-db", verdict: "violating" })]));
    const ids = async (file: string) => (await json<{ findings: { id: string }[] }>("check", file)).findings.map(({ id }) => id).sort();
    const [before, after] = [await ids(flawed), await ids(isolated)];
    expect(there.findings).toEqual({ added: after.filter((id) => !before.includes(id)), removed: before.filter((id) => !after.includes(id)) });
    expect(there.findings.removed).toContain("NET-001:tenant-a+tenant-b@tor-1.100");
    expect([back.flows, back.findings]).toEqual([{ added: there.flows.removed, removed: there.flows.added }, { added: there.findings.removed, removed: there.findings.added }]);
  });

  it("says it to people, the worst first, and in a pull request", async () => {
    const { status, text } = await output("diff", isolated, flawed, "--today", "2026-11-23");
    expect(status).toBe(1);
    expect(text).toContain("2026-11-23 · hostile guests");
    expect(text).toMatch(/Flows {5}42 new, 6 changed; of the new and changed \d+ violating, \d+ permitted\n {2}\+ a-db → b-app {2}violating any; layer 2; frames both ways\n/);
    expect(text).toContain("  ~ a-web → a-db  permitted any; layer 2; frames both ways (was permitted tcp/5432; layer 2; frames both ways)");
    expect(text).toContain("  + CRITICAL NET-001:tenant-a+tenant-b@tor-1.100  ");
    expect(text).toContain("  ~ $.managementInterfaces.esx-1-vmk0.addresses[0]  ");
    const markdown = (await output("diff", isolated, flawed, "--format", "md", "--today", "2026-11-23")).text;
    expect(markdown).toContain("| + | a-web → b-db | **violating any; layer 2; frames both ways** |");
    expect(markdown).toContain("| + | critical | NET-001:tenant-a+tenant-b@tor-1.100 | **");
  });

  it("exits 0 and says so where nothing differs", async () => {
    const { status, text } = await output("diff", flawed, flawed);
    expect(status).toBe(0);
    expect(text.match(/no difference/g)).toHaveLength(3);
  });
});

describe("bulkhead diff", () => {
  it("prints nothing for people with --quiet, and the status stays", async () => {
    const write = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    expect(await run(["diff", flawed, isolated, "--quiet"])).toBe(1);
    expect(write).not.toHaveBeenCalled();
  });

  it("exits 2 on two standard inputs, and lists what is wrong with both documents", async () => {
    expect(await run(["diff", "-", "-"])).toBe(2);
    expect(own.errors).toContain("standard input is one document");
    const bad = join(own.folder, "bad.json");
    writeFileSync(bad, JSON.stringify({ format: "bulkhead/1" }));
    expect(await run(["diff", bad, join(own.folder, "none.json")])).toBe(2);
    expect(own.errors).toMatch(/bad\.json:\$\.name: /);
    expect(own.errors).toMatch(/none\.json:\$: cannot be read/);
  });
});
