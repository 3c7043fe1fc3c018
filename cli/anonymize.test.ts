import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readEvidence } from "../shared/diagram/read-evidence";
import { run } from "./main";
import { sandbox } from "./testing";

const own = sandbox();
const path = (name: string): string => join(own.folder, name);

/** The sample with words in it that occur nowhere else, in every place that takes free text. */
function telling(): { readonly file: string; readonly words: readonly string[] } {
  const sample = readFileSync(join(import.meta.dirname, "../assets/samples/flawed-scenario.bulkhead.json"), "utf8");
  const text = sample.replaceAll("tenant-a", "zebracorp").replaceAll("Tenant A", "Zebra Corp").replaceAll("a-web", "zebraweb").replaceAll("esx-1", "zebraesx").replaceAll("tor-1", "zebrator");
  const document = JSON.parse(text) as { vms: Record<string, object>; policy?: object; hypervisors: Record<string, object>; tenants: Record<string, object> };
  document.vms.zebraweb = { ...document.vms.zebraweb, description: "zebranote", tags: ["zebratag"], zone: "zebrazone", devices: ["usb-zebra"], guest: { clipboard: true, sharedFolders: [{ hostPath: "/srv/zebrashare/x" }] } };
  document.hypervisors.zebraesx = { ...document.hypervisors.zebraesx, version: "8.0 zebra", hostOsServices: ["zebracrm"] };
  document.tenants.zebracorp = { ...document.tenants.zebracorp, color: "zebracolor" };
  document.policy = { ...document.policy, accept: [{ finding: "VM-001:zebraweb", by: "Zebra Owner", reason: "zebrareason", until: "2027-01-01" }, { finding: "zebra", by: "Z" }] };
  writeFileSync(path("zebra.bulkhead.json"), JSON.stringify(document));
  const addresses = text.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? [], macs = text.match(/\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b/g) ?? [];
  expect(addresses.length).toBeGreaterThan(3);
  return { file: path("zebra.bulkhead.json"), words: [...new Set([...addresses, ...macs])] };
}

/** All that can be read in a file. */
async function readable(file: string): Promise<string> {
  const bytes = readFileSync(file), carried = await readEvidence(bytes), parts = bytes.subarray(0, 2).toString() === "PK" ? Object.values(unzipSync(bytes)).map((part) => Buffer.from(part).toString()) : [];
  return [bytes.toString("latin1"), JSON.stringify(carried?.evidence ?? {}), ...parts].join("\n");
}

interface Checked {
  readonly summary: object;
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly accepted: boolean }[];
}

async function checked(file: string): Promise<Checked> {
  await run(["check", file, "--format", "json", "--today", "2026-11-23", "--fail-on", "none", "-o", path("check.json")]);
  return JSON.parse(readFileSync(path("check.json"), "utf8")) as Checked;
}

describe("--anonymize", { timeout: 300_000 }, () => {
  it.each(["svg", "png", "pdf", "html", "md", "csv", "xlsx", "json", "sarif", "junit", "oscal", "drawio", "dot", "mermaid"])("leaves no name, address, MAC or note in %s", async (to) => {
    const { file, words } = telling(), output = path(`out.${to}`);
    expect(await run(["export", file, "--to", to, "--anonymize", "--scale", "0.4", "--today", "2026-11-23", "-o", output])).toBe(0);
    const text = await readable(output), tokens = new Set(text.match(/[0-9a-z.:]+/g));
    expect(/zebra.{0,20}/i.exec(text)?.[0] ?? "").toBe("");
    expect(words.filter((word) => tokens.has(word))).toEqual([]);
  });

  it("renames what a view shows, so that it shows the same", async () => {
    const { file } = telling(), output = path("view.svg");
    expect(await run(["export", file, "--to", "svg", "--anonymize", "--view", "selection:vm:zebraweb,id:zebrator,id:zebraweb/eth0", "--today", "2026-11-23", "-o", output])).toBe(0);
    const text = await readable(output);
    expect(text).toContain("selection of 3");
    expect(text).not.toMatch(/zebra/i);
  });

  it("gives a document that is judged alike, the same bytes every time, and never overwrites the original", async () => {
    const { file } = telling(), before = readFileSync(file, "utf8"), [one, two] = [path("one.bulkhead.json"), path("two.bulkhead.json")];
    for (const output of [one, two]) expect(await run(["fmt", file, "--anonymize", "-o", output])).toBe(0);
    expect(readFileSync(two, "utf8")).toBe(readFileSync(one, "utf8"));
    const kinds = ({ summary, findings }: Checked): unknown => ({ ...summary, managementExposedTo: 0, findings: findings.map(({ rule, severity, accepted }) => `${rule} ${severity} ${accepted}`).sort() });
    expect(kinds(await checked(one))).toEqual(kinds(await checked(file)));
    expect(await run(["fmt", file, "--anonymize"])).toBe(2);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("leaves rules of one's own out, and refuses those that are given", async () => {
    const { file } = telling();
    writeFileSync(path("zebra.rules.json"), JSON.stringify({ format: "bulkhead-rules/1", rules: [{ id: "X-TAG", title: "zebra", severity: "low", select: ["vm"], when: { field: "tags", contains: "zebratag" }, text: "zebra" }] }));
    expect(await run(["export", file, "--to", "json", "--anonymize", "-o", path("out.json")])).toBe(0);
    expect(own.errors).toContain("leaves out the rules of your own");
    expect(readFileSync(path("out.json"), "utf8")).not.toContain("zebra");
    expect(await run(["export", file, "--to", "json", "--anonymize", "--rules", path("zebra.rules.json")])).toBe(2);
  });
});
