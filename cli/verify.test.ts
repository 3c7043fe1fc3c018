import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "./main";
import { sandbox } from "./testing";

const samples = join(import.meta.dirname, "../assets/samples");
const flawed = join(samples, "flawed-scenario.bulkhead.json");
const own = sandbox();

const path = (name: string): string => join(own.folder, name);

async function exported(to: string, ...more: string[]): Promise<string> {
  const file = path(`diagram.${to}`);
  expect(await run(["export", flawed, "--to", to, "--today", "2026-11-23", "--scale", "0.4", "-o", file, ...more])).toBe(0);
  return file;
}

interface Told {
  readonly status: number;
  readonly result: string;
  readonly seal: string;
  readonly drawing: string;
  readonly because: readonly string[];
  readonly verdicts: { readonly same: number; readonly added: readonly string[]; readonly removed: readonly string[]; readonly changed: readonly { readonly id: string }[]; readonly summary: { readonly same: boolean } };
  readonly rulesNotEmbedded?: readonly string[];
}

async function verified(file: string, ...more: string[]): Promise<Told> {
  const output = path("verified.json"), status = await run(["verify", file, "--format", "json", "-o", output, ...more]);
  return { ...JSON.parse(readFileSync(output, "utf8")) as Told, status };
}

/** The file with one text instead of another. */
function altered(file: string, before: string, after: string): string {
  const text = readFileSync(file, "latin1"), changed = text.replace(before, after);
  expect(changed).not.toBe(text);
  writeFileSync(path("altered"), changed, "latin1");
  return path("altered");
}

describe("bulkhead verify", { timeout: 300_000 }, () => {
  it.each(["svg", "png", "pdf", "html"])("says that an untouched %s holds, on the day of the file whatever today is", async (to) => {
    expect(await verified(await exported(to))).toMatchObject({ status: 0, result: "holds", seal: "intact", drawing: "same", because: [], verdicts: { added: [], removed: [], changed: [], summary: { same: true } } });
  });

  it("tells a changed word of the picture, though the document in it is as it was", async () => {
    for (const to of ["svg", "html"]) {
      expect(await verified(altered(await exported(to), ">esx-1<", ">esx-9<"))).toMatchObject({ status: 1, result: "changed", seal: "broken", verdicts: { summary: { same: true } } });
    }
  });

  it("tells a changed byte of PNG and PDF", async () => {
    for (const to of ["png", "pdf"]) {
      const file = await exported(to), bytes = readFileSync(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      expect(await verified(file)).toMatchObject({ status: 1, result: "changed", seal: "broken" });
    }
  });

  it("tells a PDF that was cut off, or whose pages were joined with others, from one of somebody else", async () => {
    const { PDFDocument } = await import("@cantoo/pdf-lib");
    const whole = readFileSync(await exported("pdf"));
    const told = async (name: string, bytes: Uint8Array): Promise<Told> => {
      writeFileSync(path(name), bytes);
      return verified(path(name));
    };
    for (const share of [0.2, 0.6, 0.95, 0.999]) expect(await told(`cut-${share}.pdf`, whole.subarray(0, whole.length * share)), String(share)).toMatchObject({ status: 1, result: "changed" });
    const joined = await PDFDocument.create(), source = await PDFDocument.load(whole);
    joined.addPage([200, 200]);
    for (const page of await joined.copyPages(source, [1])) joined.addPage(page);
    expect(await told("joined.pdf", await joined.save())).toMatchObject({ status: 1, result: "changed", seal: "absent" });
    expect(await told("behind.pdf", Buffer.concat([whole, whole]))).toMatchObject({ status: 1, result: "changed" });
    const foreign = await PDFDocument.create();
    foreign.addPage([200, 200]);
    writeFileSync(path("foreign.pdf"), await foreign.save());
    expect(await run(["verify", path("foreign.pdf"), "-o", path("foreign.txt")])).toBe(2);
    expect(own.errors).toContain("carries no document");
  });

  it("tells an HTML file that was cut off anywhere behind its head", async () => {
    const whole = readFileSync(await exported("html"));
    for (const length of [400, 9000, Math.floor(whole.length / 2), whole.length - 10]) {
      writeFileSync(path("cut.html"), whole.subarray(0, length));
      expect(await verified(path("cut.html")), String(length)).toMatchObject({ status: 1, result: "changed" });
    }
  });

  it("tells a changed document, and which verdicts are others because of it", async () => {
    const file = altered(await exported("svg"), String.raw`\"clipboard\": true`, String.raw`\"clipboard\": false`);
    const told = await verified(file);
    expect(told).toMatchObject({ status: 1, result: "changed" });
    expect(told.because.join(" ")).toContain("The text of the document in the file was changed");
    expect(told.verdicts.removed.some((id) => id.startsWith("VM-001:"))).toBe(true);
  });

  it("tells a forger who seals again by drawing the file again", async () => {
    const { sealText, BLANK } = await import("../shared/diagram/seal");
    const file = altered(await exported("svg"), ">esx-1<", ">esx-9<");
    writeFileSync(file, sealText(readFileSync(file, "utf8").replace(/data-sha256="[0-9a-f]{64}"/, `data-sha256="${BLANK}"`)));
    expect(await verified(file)).toMatchObject({ status: 1, result: "changed", seal: "intact", drawing: "other" });
  });

  it("says that the picture was not checked where a forger keeps the file from being drawn again", async () => {
    const { sealText, BLANK } = await import("../shared/diagram/seal");
    const original = readFileSync(await exported("svg"), "utf8").replace(/data-sha256="[0-9a-f]{64}"/, `data-sha256="${BLANK}"`).replace(">esx-1<", ">esx-9<");
    const forged = (before: RegExp, after: string): string => {
      const text = original.replace(before, after);
      expect(text).not.toBe(original);
      writeFileSync(path("forged.svg"), sealText(text));
      return path("forged.svg");
    };
    const older = await verified(forged(/"analyzer":"[^"]*"/, '"analyzer":"0.9.0"'));
    expect(older).toMatchObject({ seal: "intact", drawing: "not drawn" });
    expect(older.because.join(" ")).toMatch(/^Not checked: .*Bulkhead 0\.9\.0/);
    const silent = await verified(forged(/"file":\{.*?\}\},/, ""));
    expect(silent).toMatchObject({ seal: "intact", drawing: "not drawn" });
    expect(silent.because.join(" ")).toMatch(/^Not checked: .*how it was made/);
    expect(await verified(forged(/"format":"svg"/, '"format":"png"'))).toMatchObject({ status: 1, result: "changed", seal: "intact", drawing: "other" });
  });

  it("takes no nonsense for evidence", async () => {
    for (const [before, after] of [['"today":"2026-11-23"', '"today":"2026-99-99"'], ['"options":{', '"options":{"paper":"wall",']] as const) {
      const told = await verified(altered(await exported("svg"), before, after));
      expect(told).toMatchObject({ status: 1, result: "changed", seal: "broken", drawing: "not drawn" });
    }
    const { sealText, BLANK } = await import("../shared/diagram/seal");
    const file = altered(await exported("svg"), '"options":{', '"options":{"view":"tenant:nobody",');
    writeFileSync(file, sealText(readFileSync(file, "utf8").replace(/data-sha256="[0-9a-f]{64}"/, `data-sha256="${BLANK}"`)));
    expect(await verified(file)).toMatchObject({ status: 1, result: "changed", seal: "intact", drawing: "other" });
  });

  it("tells what another day makes of accepted risks", async () => {
    const document = JSON.parse(readFileSync(flawed, "utf8")) as { policy?: object };
    const accepted = path("accepted.bulkhead.json");
    const first = (await verified(await exported("svg"))).verdicts;
    expect(first.same).toBeGreaterThan(3);
    expect(await run(["check", flawed, "--format", "json", "--fail-on", "none", "-o", path("check.json")])).toBe(0);
    const [{ id = "" } = {}] = (JSON.parse(readFileSync(path("check.json"), "utf8")) as { findings: { id: string }[] }).findings;
    writeFileSync(accepted, JSON.stringify({ ...document, policy: { ...document.policy, accept: [{ finding: id, until: "2026-12-31" }] } }));
    expect(await run(["export", accepted, "--to", "svg", "--today", "2026-11-23", "-o", path("a.svg")])).toBe(0);
    expect(await verified(path("a.svg"))).toMatchObject({ status: 0, result: "holds" });
    const later = await verified(path("a.svg"), "--today", "2027-01-01");
    expect(later).toMatchObject({ status: 1, result: "differs", seal: "intact" });
    expect(later.verdicts.changed.map((change) => change.id)).toEqual([id]);
    expect(later.because).toEqual(["The file judges on 2026-11-23, this on 2027-01-01."]);
  });

  it("with --no-evidence the file has the hash only, and is verified with the document beside it", async () => {
    for (const to of ["svg", "png", "pdf", "html"]) {
      const file = await exported(to, "--no-evidence");
      if (to !== "pdf") expect(readFileSync(file, "latin1")).not.toContain("bulkhead/1");
      expect(await verified(file)).toMatchObject({ status: 2, result: "hash-only", seal: "intact" });
      expect(own.errors).toContain("--document");
      expect(await verified(file, "--document", flawed)).toMatchObject({ status: 0, result: "holds", drawing: "same" });
      expect(await verified(file, "--document", join(samples, "isolated-scenario.bulkhead.json"))).toMatchObject({ status: 1, result: "other-document" });
    }
  });

  it("carries rules of one's own, and says which a file lacks", async () => {
    const rules = path("own.rules.json");
    writeFileSync(rules, JSON.stringify({ format: "bulkhead-rules/1", rules: [{ id: "X-TAG", title: "Untagged VM", severity: "low", select: ["vm"], when: { not: { field: "tags", contains: "owner" } }, text: "VMs have an owner." }] }));
    const file = await exported("svg", "--rules", rules);
    expect(readFileSync(file, "utf8")).toContain("X-TAG:");
    expect(await verified(file)).toMatchObject({ status: 0, result: "holds", drawing: "same" });
    const without = readFileSync(file, "utf8").replace(/"rules":\[\{"source".*?\}\],"document"/, '"document"');
    writeFileSync(file, without);
    expect(await verified(file)).toMatchObject({ status: 1, result: "changed", rulesNotEmbedded: ["X-TAG"], verdicts: { removed: [] } });
  });

  it("exits 2 for a file without evidence and for one of another kind", async () => {
    writeFileSync(path("plain.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    expect(await verified(path("plain.svg"))).toMatchObject({ status: 2, result: "no-evidence" });
    expect(await run(["verify", flawed])).toBe(2);
    expect(own.errors).toMatch(/plain\.svg:\$: The file carries no document[^\n]*\n[^\n]*flawed-scenario\.bulkhead\.json:\$: neither SVG/);
  });

  it("says it in words", async () => {
    const output = path("out.txt");
    expect(await run(["verify", await exported("pdf"), "-o", output])).toBe(0);
    expect(readFileSync(output, "utf8")).toMatch(/^holds {2}.*diagram\.pdf\n {2}PDF {7}every byte.*\n {2}document .*\n {2}drawing {3}.*byte for byte\n {2}judged .*2026-11-23.*\n {2}verdicts {2}\d+ findings still hold; tenant pairs: /);
  });
});
