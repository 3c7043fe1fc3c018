import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { PDFDict, PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import type { Matrix } from "../analysis/result";
import { matrixOf } from "../network/network";
import { auditReport } from "../reports/audit/audit-report";
import type { AuditInput } from "./audit-input";
import { exportDiagram, type ExportAssets } from "./export";
import { auditPages } from "./page";
import { PAPER } from "./paper";
import type { Primitive } from "./primitives";
import { isPng } from "./png-chunks";
import { readEvidence } from "./read-evidence";
import { renderSvg } from "./svg";
import { resultOf } from "./title-block";
import { cluster, finding, SHARED_PATH, sharedVlan, SUMMARY } from "./testing";

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(name)));
const assets: ExportAssets = {
  fonts: { regular: file("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"), semibold: file("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf") },
  wasm: file("@resvg/resvg-wasm/index_bg.wasm"),
};

/** Of poppler-utils; the test is skipped without it. */
const PDF_READER = "pdftotext";

const drawn: AuditInput = {
  topology: sharedVlan(), summary: SUMMARY, sha256: "ab".repeat(32), date: "2026-11-23", analyzer: "1.0.0", author: "A. Auditor", documentText: '{"name":"Ünïcode <&> \u0007"}\n',
  findings: [
    finding("NET-001", "tenant-a+tenant-b@tor-1.100", ["prod-1", "prod-2", "up-1"], { path: SHARED_PATH, fixes: [{ title: "Give each its VLAN", edits: [], verified: true, breaksRequired: [], introduces: [] }] }),
    finding("VM-001", "b-db", ["b-db"], { severity: "high" }), finding("MGT-001", "esx-1", ["vmk-1"], { accepted: true }),
  ],
};
const parties: Matrix = { by: "vm", assume: "hostile", rows: ["a-web", "b-db", "host-1/bmc", "internet", "vmk-1"], pairs: [
  { from: "a-web", to: "b-db", layer: 2, frames: "both", services: ["any"], oneWay: [], verdict: "violating" },
  { from: "b-db", to: "vmk-1", layer: 3, services: [], oneWay: ["udp/53"], verdict: "unknown" },
] };

/** With a report on its findings. */
function reported(changes: Partial<AuditInput> = {}): AuditInput {
  const own = { ...drawn, ...changes }, { topology, findings, summary, sha256, analyzer } = own;
  const analysis = { ...evaluate(topology, { today: own.date }), findings, summary };
  return { ...own, report: auditReport({ analysis, sha256, analyzer, customRules: [] }, { tenants: matrixOf(analysis.network, "tenant"), parties }) };
}

const input = reported();

/** The texts of a drawing, in the order in which they are drawn. */
function texts(primitives: readonly Primitive[]): string[] {
  return primitives.flatMap((primitive) => (primitive.type === "text" ? [primitive.text] : primitive.type === "group" ? texts(primitive.children) : []));
}

function words(primitives: readonly Primitive[]): string {
  return texts(primitives).join(" ");
}

describe("the audit report", () => {
  const pages = auditPages(input, {});

  it("puts the result, the title block and the numbered diagram on the first sheet", () => {
    const first = words(pages[0]?.primitives ?? []);
    for (const expected of ["2 tenant pairs violate isolation", "1 critical", "abababababababab", "2026-11-23", "A. Auditor", "Tenant A", "a-web", "trunk 10,100 native 1"]) expect(first).toContain(expected);
    expect(texts(pages[0]?.primitives ?? []).filter((text) => text === `1 / ${pages.length}`)).toHaveLength(1);
  });

  it("lists every finding with its place, path and fix, and says who accepted a risk", () => {
    const all = words(pages.flatMap((page) => page.primitives));
    for (const expected of ["NET-001 at tenant-a+tenant-b@tor-1.100", "prod-1, prod-2, up-1", "a-web/eth0 sends", "Give each its VLAN (verified on a copy)", "NET-001:tenant-a+tenant-b@tor-1.100", "Replaced in March"]) expect(all).toContain(expected);
  });

  it("shows tenants, management and external networks in the matrix, then method and accepted risks", () => {
    const last = words(pages.slice(1).flatMap((page) => page.primitives));
    for (const expected of ["Who reaches whom", "Management", "udp/53 o", "Guests are taken as hostile", "Accepted risks", "in effect"]) expect(last).toContain(expected);
  });

  it("goes on below the last finding, on the same page where there is room", () => {
    const [one] = auditPages(reported({ findings: [finding("NET-001", "a", ["a-web"])] }), {}).map((page) => words(page.primitives)).filter((page) => page.includes("Findings (1)") && !page.includes("In this file"));
    expect(one).toContain("Proof of isolation");
    expect(one).toContain("NET-001 at a");
  });

  it("takes nothing to isolate for no proof", () => {
    const none = { ...SUMMARY, tenantPairs: { isolated: 0, permitted: 0, violating: 0, unknown: 0 }, managementExposedTo: [] };
    expect(resultOf(none)).toEqual({ text: "No tenant pairs to isolate", paint: "muted", tag: "ring" });
    expect(resultOf({ ...none, tenantPairs: { ...none.tenantPairs, isolated: 2 } })).toMatchObject({ paint: "permitted" });
  });

  it("fits every paper, upright and across", () => {
    for (const paper of ["A4", "A3", "Letter", "Tabloid"] as const) {
      for (const orientation of ["portrait", "landscape"] as const) {
        const [page] = auditPages(input, { paper, orientation });
        const { width, height } = PAPER[paper];
        expect([page?.width, page?.height]).toEqual(orientation === "portrait" ? [width, height] : [height, width]);
      }
    }
  });

  it("tiles a diagram that is too small to read on one sheet", () => {
    const large = auditPages(reported({ topology: cluster(12, 30), findings: [] }), { paper: "A4" });
    const names = large.flatMap((page) => texts(page.primitives)).filter((text) => /tile [A-Z]\d of/.test(text));
    expect(names.length).toBeGreaterThan(2);
    const [, index, first] = large.map((page) => words(page.primitives));
    expect(index).toMatch(/Sheets of the diagram \(\d+\).* A1 3 srv1 \(30 VMs\)/);
    expect(first).toMatch(/tile A1 of .* Goes on: right B1 \(sheet 4\), below A2 \(sheet \d+\) .*vm-12/);
    // The edges of the frame say it where one looks.
    expect(first).toMatch(/B1 → sheet 4 /);
    expect(first).toMatch(/↓ A2 · sheet \d/);
    expect(first).not.toMatch(/←|↑/);
    const sheet = /below A2 \(sheet (\d+)\)/.exec(first ?? "")?.[1];
    expect(words(large[Number(sheet) - 1]?.primitives ?? [])).toMatch(/tile A2 of .*↑ A1 · sheet 3/);
  });

  it("never breaks an id of a finding that is told in brief", () => {
    const ids = Array.from({ length: 400 }, (_, n) => finding("MDL-005", `hypervisors.management.signedImagesOnly-${n}`, ["a-web"]));
    const told = new Set(texts(auditPages(reported({ findings: ids }), {}).flatMap((page) => page.primitives)));
    expect(ids.filter(({ id }) => !told.has(id))).toEqual([]);
  });

  it("flows thousands of findings over pages without losing one", () => {
    const findings = Array.from({ length: 1200 }, (_, n) => finding("VM-001", `vm-${n}`, [`vm-${n}`]));
    const told = new Set(texts(auditPages(reported({ findings }), {}).flatMap((page) => page.primitives)));
    expect(findings.every((each) => told.has(each.id))).toBe(true);
  });
});

describe("SVG", () => {
  it("is well-formed, uses attributes only and loads nothing", () => {
    const svg = renderSvg(input);
    const errors: string[] = [];
    const parsed = new DOMParser({ onError: (level, message) => errors.push(`${level} ${message}`) }).parseFromString(svg, "image/svg+xml");
    expect(errors).toEqual([]);
    expect(parsed.documentElement?.tagName).toBe("svg");
    expect(svg).not.toMatch(/\sstyle=|<script|<style|href=|NaN|undefined|Infinity/);
  });

  it("brings the letters that are in it, as data, when it is filed", async () => {
    const svg = new TextDecoder().decode(await exportDiagram(input, "svg", {}, assets));
    const [, css = ""] = /<style>([^<]*)<\/style>/.exec(svg) ?? [];
    expect(css).toMatch(/^(@font-face\{font-family:Inter;font-weight:(400|600);src:url\(data:font\/ttf;base64,[A-Za-z0-9+/=]+\)\}){2}$/);
    expect(svg.replace(/<style>[^<]*<\/style>\n/, "").replace(/<metadata[\s\S]*<\/metadata>/, "")).toBe(renderSvg(input).replace(/<metadata[\s\S]*<\/metadata>/, ""));
  });

  it("escapes hostile names and leaves out what XML cannot hold", () => {
    const topology = sharedVlan();
    const hostile = { ...topology, name: "<script>alert(1)</script>", vms: { ...topology.vms, evil: { name: `"'><img src=x onerror=1>\u0000\u0001\u001b]8;;\u202e\ufffe\ud800&amp;`, hypervisor: "esx-1" } } };
    const svg = renderSvg({ ...input, topology: hostile });
    const parsed = new DOMParser({ onError: (level, message) => { throw new Error(`${level} ${message}`); } }).parseFromString(svg, "image/svg+xml");
    expect(parsed.getElementsByTagName("script").length + parsed.getElementsByTagName("img").length).toBe(0);
    expect(svg).toContain("&lt;script&gt;");
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e\ufffe\ud800-\udfff]/);
  });

  it("is the same for the same input, in every theme", () => {
    for (const theme of ["light", "dark", "print"] as const) expect(renderSvg(input, { theme })).toBe(renderSvg(input, { theme }));
    expect(renderSvg(input, { theme: "dark" })).not.toBe(renderSvg(input, { theme: "light" }));
  });
});

describe("PDF", () => {
  it("opens, embeds its fonts, and is the same for the same input", async () => {
    const [first, second] = [await exportDiagram(input, "pdf", {}, assets), await exportDiagram(input, "pdf", {}, assets)];
    expect(new TextDecoder().decode(first.subarray(0, 8))).toMatch(/^%PDF-1\.\d/);
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    // Two subsets of Inter, the pages and the evidence: whole fonts would be ten times that.
    expect(first.length).toBeLessThan(200_000);
    const pdf = await PDFDocument.load(first);
    expect(pdf.getPageCount()).toBe(auditPages(input, {}).length);
    expect(pdf.getTitle()).toBe("Acme hosting, cluster 1: isolation audit");
  });

  it("lists its sections beside the pages and on the first page of the report, with the sheets that they begin on", async () => {
    const large = reported({ topology: cluster(12, 30), findings: [] }), pages = auditPages(large, {}), sections = pages.flatMap(({ sections: own }, index) => own.map((title) => ({ title, sheet: index + 1 })));
    expect(sections.map(({ title }) => title).slice(0, 4)).toEqual(["Diagram", "Sheets of the diagram", "Summary", "Scope and date"]);
    expect(sections.map(({ title }) => title)).toEqual(expect.arrayContaining(["Findings (0)", "Appendix: rules that were used"]));
    const summary = sections.find(({ title }) => title === "Summary")?.sheet ?? 0;
    for (const { title, sheet } of sections.slice(1)) expect(words(pages[summary - 1]?.primitives ?? []), title).toContain(`${title}, ${sheet}`);
    for (const { title, sheet } of sections) expect(words(pages[sheet - 1]?.primitives ?? [])).toContain(title === "Diagram" ? "Cluster" : title);
    const pdf = await PDFDocument.load(await exportDiagram(large, "pdf", {}, assets)), outlines = pdf.catalog.lookup(PDFName.of("Outlines"), PDFDict), told: string[] = [];
    for (let item = outlines.lookupMaybe(PDFName.of("First"), PDFDict); item !== undefined; item = item.lookupMaybe(PDFName.of("Next"), PDFDict)) told.push(item.lookup(PDFName.of("Title"), PDFHexString).decodeText());
    expect(told).toEqual(sections.map(({ title }) => title));
  });

  it("has text that can be searched", async ({ skip }) => {
    const bytes = await exportDiagram(input, "pdf", {}, assets);
    const told = spawnSync(PDF_READER, ["-", "-"], { input: Buffer.from(bytes), encoding: "utf8" });
    if (told.error !== undefined) skip("pdftotext is not installed");
    for (const expected of ["Acme hosting, cluster 1", "a-web", "trunk 10,100 native 1", "A. Admin until 2027-03-31", "Replaced in March"]) expect(told.stdout).toContain(expected);
  });

  it("survives characters that the font lacks", async () => {
    const names = ["数据库 😀 عربي", "\ud800 lone", "", "\u0000\u0007", "e\u0301 A\u030a fi ffi -> 2x4"];
    const topology = sharedVlan();
    const vms = Object.fromEntries(names.map((name, n) => [`vm-${n}`, { name, hypervisor: "esx-1" }]));
    const bytes = await exportDiagram({ ...input, topology: { ...topology, name: names[0] ?? "", vms }, author: names[0] ?? "" }, "pdf", {}, assets);
    expect(bytes.length).toBeGreaterThan(10_000);
  });
});

describe("PNG", () => {
  it("is an image with something on it", async () => {
    const png = await exportDiagram(input, "png", { scale: 1 }, assets);
    expect(isPng(png)).toBe(true);
    expect(coloursOf(png)).toBeGreaterThan(20);
  });

  it("says that it needs the rasteriser", async () => {
    await expect(exportDiagram(input, "png", {}, { fonts: assets.fonts })).rejects.toThrow("wasm");
  });
});

describe("evidence", () => {
  it("comes out of every format as it went in", async () => {
    for (const format of ["svg", "pdf", "png"] as const) {
      const carried = await readEvidence(await exportDiagram(input, format, { scale: 0.5 }, assets)), evidence = carried?.evidence;
      expect(carried).toMatchObject({ kind: format, damaged: false });
      expect(carried?.seal?.actual).toBe(carried?.seal?.stated);
      expect(evidence?.document).toBe(input.documentText);
      expect(evidence).toMatchObject({ sha256: input.sha256, today: "2026-11-23", assume: "hostile", summary: SUMMARY });
      expect(evidence?.findings).toHaveLength(3);
    }
  });

  it("is found in an HTML page around the SVG, and nowhere else", async () => {
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect((await readEvidence(encode(`<!doctype html><body>${renderSvg(input)}</body>`)))?.evidence?.document).toBe(input.documentText);
    const { documentText: _, ...silent } = input;
    for (const other of [encode(""), encode("hello")]) expect(await readEvidence(other)).toBeUndefined();
    const broken = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
    for (const other of [encode("%PDF-1.7 broken"), broken, encode(renderSvg(silent))]) expect(await readEvidence(other)).toMatchObject({ damaged: false });
    for (const other of [encode("%PDF-1.7 broken"), broken, encode(renderSvg(silent))]) expect(await readEvidence(other)).not.toHaveProperty("evidence");
  });

  it("tells a change of any byte in every format", async () => {
    for (const format of ["svg", "pdf", "png"] as const) {
      const file = await exportDiagram(input, format, { scale: 0.3 }, assets);
      for (let at = 7; at < file.length; at += Math.ceil(file.length / 12)) {
        const changed = Uint8Array.from(file);
        changed[at] = (file[at] ?? 0) ^ 1;
        const seal = (await readEvidence(changed))?.seal;
        expect(seal === undefined || seal.actual !== seal.stated, `${format}, byte ${at}`).toBe(true);
      }
    }
  });

  it("does not accept a PNG whose text was changed", async () => {
    const png = await exportDiagram(input, "png", { scale: 0.5 }, assets), at = Buffer.from(png).indexOf("bulkhead-evidence/1");
    const changed = Uint8Array.from(png);
    changed[at] = 0x42;
    const carried = await readEvidence(changed);
    expect(carried?.damaged).toBe(true);
    expect(carried).not.toHaveProperty("evidence");
    expect(carried?.seal?.actual).not.toBe(carried?.seal?.stated);
  });
});

/** How many different bytes the first scan lines of the image data hold. */
function coloursOf(png: Uint8Array): number {
  const data: Uint8Array[] = [], view = new DataView(png.buffer, png.byteOffset);
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) === "IDAT") data.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  return new Set(inflateSync(Buffer.concat(data))).size;
}
