import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { PDFDocument } from "@cantoo/pdf-lib";
import { DEFAULT_EXPORT, type ExportChoices } from "../../shared/exports/choices";
import { readEvidence } from "../../shared/diagram/read-evidence";
import { cluster, sharedVlan } from "../../shared/diagram/testing";
import { formatTopology } from "../../shared/model/canonical";
import { EXPORT_FORMATS } from "../../shared/exports/formats";
import type { RulesFile } from "../../shared/ipc";
import { orderOf } from "./choices";
import { Exporter } from "./exporter";
import type { ExportOrder, Progress } from "./protocol";

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(name)));
const fonts = { regular: file("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"), semibold: file("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf") };
const rule = (id: string, reaches: string) => ({ id, title: "T", severity: "high", select: ["vm"], when: { reaches: [reaches] }, text: "No." });
const rules: RulesFile = { status: "read", name: "net.rules.json", bytes: new TextEncoder().encode(JSON.stringify({ format: "bulkhead-rules/1", rules: [rule("X-A", "tenant:tenant-a"), rule("X-B", "tenant:nobody")] })) };

const exporter = (): Exporter => new Exporter(formatTopology(sharedVlan()), rules, () => ({ fonts }));
const order = (chosen: Partial<ExportChoices>, view = "network"): ExportOrder => orderOf({ ...DEFAULT_EXPORT, ...chosen }, { view, today: "2026-11-23", source: "net.bulkhead.json", canonical: false });

describe("the export worker's work", () => {
  it("shows as many pages as the file has, each of the paper chosen, and tells how far it is", async () => {
    const own = exporter(), wanted = order({ format: "pdf", paper: "Letter", orientation: "portrait" }), told: Progress[] = [];
    const preview = await own.preview(wanted, 0);
    const pdf = await PDFDocument.load(await own.file(wanted, (progress) => told.push(progress)) ?? new Uint8Array());
    if (preview.kind !== "pages") throw new Error(preview.kind);
    expect(preview.names).toHaveLength(pdf.getPageCount());
    expect(preview.names.slice(0, 2)).toEqual(["Diagram", "Report"]);
    expect(preview.drawn).toMatchObject({ width: 612, height: 792 });
    expect(preview.drawn.svg).toContain(">a-web<");
    expect(told.map(({ step }) => step)).toEqual(expect.arrayContaining(["Writing the report", "Drawing pages"]));
    expect(told.at(-1)).toEqual({ step: "Drawing pages", done: pdf.getPageCount() - 1, of: pdf.getPageCount() });
  });

  it("prints the pages of the preview, with ids of their own", async () => {
    const own = exporter(), wanted = order({ format: "pdf", contents: "diagram" }), printed = own.pages(wanted) ?? [];
    expect(await own.preview(wanted, 7)).toMatchObject({ kind: "pages", names: ["Diagram", "Tile A1"], page: 1 });
    expect(printed).toHaveLength(2);
    expect(printed.flatMap(({ svg }) => svg.match(/ id="[^"]*"/g) ?? [])).toEqual([' id="p2-clip-1"']);
    expect((await own.page(wanted, 1))?.svg).toContain('id="clip-1"');
    expect(own.pages(order({ format: "pdf", contents: "diagram", fit: "page" }))).toHaveLength(1);
    expect(await own.page(wanted, 2)).toBeUndefined();
  });

  it("brings the letters of a page that is looked at, and not those of one that is printed with the program's own fonts", async () => {
    const own = exporter(), wanted = order({ format: "pdf", contents: "diagram" }), preview = await own.preview(wanted, 0);
    const looked = [preview.kind === "pages" ? preview.drawn : undefined, await own.page(wanted, 1)];
    for (const page of looked) expect(page?.svg.match(/@font-face\{font-family:Inter;font-weight:(400|600);src:url\(data:font/g)).toHaveLength(2);
    for (const page of own.pages(wanted) ?? []) expect(page.svg).not.toContain("@font-face");
  });

  it("says that a view shows nothing", async () => {
    const wanted = order({ format: "svg" }, "tenant:nobody"), own = exporter();
    expect(await own.preview(wanted, 0)).toEqual({ kind: "nothing" });
    expect(await own.file(wanted)).toBeUndefined();
    expect(own.pages(wanted)).toBeUndefined();
  });

  it("writes how the file was made, and those rules of one's own that were run", async () => {
    const wanted = order({ format: "svg", author: "J. Doe" }), carried = await readEvidence(await exporter().file(wanted) ?? new Uint8Array());
    expect(carried?.evidence).toMatchObject({ today: "2026-11-23", file: { format: "svg", author: "J. Doe", options: { theme: "print", lens: "violations" } }, rules: [{ source: "net.rules.json", rule: { id: "X-A" } }] });
    expect(carried?.evidence?.rules).toHaveLength(1);
  });

  it("judges on the day that was asked for", async () => {
    const own = exporter(), day = async (today: string): Promise<string> => new TextDecoder().decode(await own.file({ ...order({ format: "json" }), today }));
    expect(await day("2027-01-01")).toContain('"today": "2027-01-01"');
    expect(await day("2026-11-23")).toContain('"today": "2026-11-23"');
  });

  it("names nobody in an anonymized file of any format, also where the view says whom it shows", async () => {
    // Other names than those that the rules' own texts have in their examples.
    const text = formatTopology(sharedVlan()).replaceAll("a-web", "zebraweb").replaceAll("tenant-a", "zebracorp"), names = /zebra|Acme|rack1|net\.bulkhead|net\.rules|\bX-A\b/;
    const own = new Exporter(text, rules, () => ({ fonts })), anonymizer = new Exporter(text, rules, () => ({ fonts }));
    for (const format of EXPORT_FORMATS.filter((each) => !["png", "pdf", "xlsx"].includes(each))) {
      const made = async (by: Exporter, anonymize: boolean): Promise<string> => new TextDecoder().decode(await by.file(order({ format, anonymize, evidence: false }, "tenant:zebracorp")));
      const [named, nameless] = [await made(own, false), await made(anonymizer, true)];
      expect(named, format).toMatch(names);
      expect(nameless, format).not.toMatch(names);
      expect(nameless.length, format).toBeGreaterThan(200);
    }
    const seen = await anonymizer.preview(order({ format: "pdf", contents: "diagram", anonymize: true }, "tenant:zebracorp"), 0);
    expect(seen.kind === "pages" && seen.drawn.svg).toMatch(/>VM \d/);
    expect(seen.kind === "pages" && seen.drawn.svg).not.toMatch(names);
  });

  it("makes the same bytes from the same order again, whatever the format", async () => {
    const [one, two] = [exporter(), exporter()];
    for (const format of EXPORT_FORMATS.filter((each) => each !== "png")) {
      const wanted = order({ format, anonymize: format === "svg" }), [first, second] = [await one.file(wanted), await two.file(wanted)];
      expect(Buffer.from(first ?? []).equals(Buffer.from(second ?? [0])), format).toBe(true);
    }
  }, 60_000);

  it("shows the beginning of a text, the sheets of a workbook, and a page for browsers whole", async () => {
    const own = exporter();
    expect(await own.preview(order({ format: "mermaid" }), 0)).toMatchObject({ kind: "text", isWhole: true });
    expect(await own.preview(order({ format: "json" }), 0)).toMatchObject({ kind: "text", isWhole: false, text: expect.stringContaining("bulkhead-findings/1") as string });
    const book = await own.preview(order({ format: "xlsx" }), 0);
    expect(book.kind === "sheets" && book.sheets.map(({ name }) => name)).toEqual(["Findings", "Tenants", "Matrix", "Inventory", "Rules"]);
    expect(await own.preview(order({ format: "html" }), 0)).toMatchObject({ kind: "html", html: expect.stringMatching(/^<!doctype html>[^]*<figure>/) as string, isWhole: true });
  });

  it("shows a page that is too large for a preview without its diagram", async () => {
    const shown = await new Exporter(formatTopology(cluster(40, 40)), { status: "none" }, () => ({ fonts })).preview(order({ format: "html" }), 0);
    if (shown.kind !== "html") throw new Error(shown.kind);
    expect(shown.bytes).toBeGreaterThan(3_000_000);
    expect(shown.isWhole).toBe(false);
    expect(shown.html.length).toBeLessThan(3_000_000);
    for (const expected of ["The diagram is in the file", 'id="summary"', 'id="catalogue"', "</html>"]) expect(shown.html).toContain(expected);
    expect(shown.html).not.toContain("<figure>");
  }, 120_000);
});
