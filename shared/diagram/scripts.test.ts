import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create } from "@cantoo/fontkit";
import { describe, expect, it } from "vitest";
import type { AuditInput } from "./audit-input";
import { inOrder } from "./directions";
import { exportDiagram, type ExportAssets } from "./export";
import { fontFaces, lettersOf, otherFiles } from "./font-faces";
import { isJoined, OTHER_FONTS, otherFontsIn, type OtherFont } from "./fonts";
import { fitText, textWidth } from "./metrics";
import { OTHER } from "./other-metrics.data";
import { Outliner } from "./outlines";
import { auditPages } from "./page";
import { picturePage } from "./picture-page";
import type { Primitive, TextPrimitive } from "./primitives";
import { loadShaper } from "./shaper";
import { printable } from "./shapes/shape";
import { renderSvg } from "./svg";
import { sharedVlan, SUMMARY } from "./testing";
import { Typesetter } from "./typesetter";
import { unknownLetters, withCodes } from "./unknown-letters";

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(name)));
const noto = (name: string, title: string): Uint8Array => file(`@expo-google-fonts/noto-${name}/400Regular/Noto${title}_400Regular.ttf`);
const others: ReadonlyMap<OtherFont, Uint8Array> = new Map([
  ["japanese", noto("sans-jp", "SansJP")], ["chinese", noto("sans-sc", "SansSC")], ["korean", noto("sans-kr", "SansKR")], ["arabic", noto("sans-arabic", "SansArabic")],
  ["hebrew", noto("sans-hebrew", "SansHebrew")], ["thai", noto("sans-thai", "SansThai")], ["devanagari", noto("sans-devanagari", "SansDevanagari")], ["emoji", noto("emoji", "Emoji")],
]);
const inter = { regular: file("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"), semibold: file("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf") };
const wasm = file("harfbuzzjs/dist/harfbuzz.wasm");

const NAMES = {
  chinese: "数据库-主", japanese: "ウェブ受付", korean: "웹서버-3", arabic: "قاعدة البيانات", hebrew: "שרת דואר", thai: "เซิร์ฟเวอร์น้ำ", devanagari: "डेटाबेस प्रमुख", emoji: "🚀 deploy",
} as const satisfies Record<OtherFont, string>;
/** As a document needs them: a name with kana brings Japanese. */
function assetsFor(text: string): ExportAssets {
  return { fonts: { ...inter, others: new Map(otherFontsIn(text).map((font) => [font, others.get(font) as Uint8Array])) }, shaper: wasm, wasm: file("@resvg/resvg-wasm/index_bg.wasm") };
}

async function typesetter(text: string): Promise<Typesetter> {
  return new Typesetter(assetsFor(text).fonts, await loadShaper(wasm));
}

function named(names: readonly string[]): AuditInput {
  const topology = sharedVlan(), vms = Object.fromEntries(names.map((name, index) => [`vm-${index}`, { name, hypervisor: "esx-1" }]));
  return { topology: { ...topology, name: names[0] ?? "", vms }, findings: [], summary: SUMMARY, sha256: "ab".repeat(32), date: "2026-11-23", analyzer: "1.0.0" };
}

const label = (text: string, anchor: "start" | "middle" | "end" = "start"): TextPrimitive => ({ type: "text", x: 0, y: 10, text, size: 10, weight: 400, fill: "text", anchor });

describe("the fonts beside Inter", () => {
  it("have every character that is said to be theirs", () => {
    for (const font of OTHER_FONTS.filter((name) => name !== "japanese")) {
      const has = create(others.get(font) as Uint8Array);
      if (has === null || "fonts" in has) throw new Error("no font");
      for (const [first, count] of OTHER[font] ?? []) for (let code = first; code < first + count; code += 1) expect(has.hasGlyphForCodePoint(code), `${font} ${code.toString(16)}`).toBe(true);
    }
  });

  it("are asked for only where a text needs them", () => {
    expect(otherFontsIn("Ünïcode → Ελλάδα, Сеть 1–2 “quoted” Việt")).toEqual([]);
    for (const [font, name] of Object.entries(NAMES)) expect(otherFontsIn(name), name).toContain(font);
    expect(otherFontsIn("数据库")).toEqual(["chinese"]);
    expect(otherFontsIn("数据库 ウェブ")).toEqual(["japanese", "chinese"]);
  });

  it("set no text wider than it was measured", async () => {
    const words = [...Object.values(NAMES), "مستشفى الأمل", "لا إله", "خادم ويب 3", "ببببب", "ضصض غ ق", "سسس", "دار البيضاء", "پایگاه داده", "لێكۆڵینەوە", "क्षत्रिय शक्ति", "กำลังทำงาน", "שָׁלוֹם", "👩‍💻🇩🇪", "한국어", "ｶﾅ", "漢字仮名"], type = await typesetter(words.join(""));
    for (const word of words) {
      const ems = type.set(word, 400).flatMap(({ glyphs }) => glyphs).reduce((sum, { advance }) => sum + advance, 0);
      expect(ems, word).toBeGreaterThan(0);
      expect(ems * 10, word).toBeLessThanOrEqual(textWidth(printable(word), 10) + 0.02);
    }
  });
});

describe("a text", () => {
  it("is set in the font that has each character, Han in Japanese forms where there is kana", async () => {
    const fontsOf = async (document: string, text: string): Promise<string[]> => (await typesetter(document)).set(text, 600).map(({ font }) => font);
    expect(await fontsOf("门户", "web-门户-1")).toEqual(["semibold", "chinese", "semibold"]);
    expect(await fontsOf("門 ウェブ", "web-門")).toEqual(["semibold", "japanese"]);
    // Some simplified characters are in no Japanese font.
    expect(await fontsOf("户 ウェブ", "ウ户")).toEqual(["japanese", "chinese"]);
  });

  it("joins Arabic letters, and stands from right to left", async () => {
    const type = await typesetter("ببب"), [run] = type.set("ببب", 400), alone = type.set("ب", 400)[0]?.glyphs.map(({ id }) => id) ?? [];
    expect(run?.font).toBe("arabic");
    expect(run?.glyphs.map(({ text }) => text).join("")).toBe("ببب");
    const ids = new Set(run?.glyphs.map(({ id }) => id));
    expect(ids.size).toBeGreaterThan(new Set(alone).size);
    const hebrew = (await typesetter("אב")).set("VM אב x", 400).flatMap(({ glyphs }) => glyphs.map(({ text }) => text)).join("");
    expect(hebrew).toBe("VM בא x");
  });

  it("keeps the first of two names on the left, so that the arrow between them points as it is meant", async () => {
    const words = (await typesetter("דואר גיבוי")).set("דואר → גיבוי", 400).flatMap(({ glyphs }) => glyphs.map(({ text }) => text)).join("");
    expect(words).toBe("ראוד → יוביג");
    expect(inOrder("a → b")).toBe("a → b");
    expect(inOrder(inOrder("א → ב"))).toBe(inOrder("א → ב"));
  });

  it("is composed, and is not cut within what belongs together", () => {
    expect(printable("e\u0301")).toBe("é");
    expect(fitText("👩‍💻👩‍💻👩‍💻", 36, 10)).toBe("👩‍💻…");
    expect(fitText("שרת דואר גדול מאוד", 50, 10)).toMatch(/…\u200f$/u);
  });

  it("has a box with its number in place of a character that no font has", () => {
    const [group] = withCodes([{ type: "group", children: [label("A\u{1f9ff}\u1200", "end")] }]), drawn = group?.type === "group" ? group.children : [];
    expect(drawn.flatMap((part) => (part.type === "text" ? [part.text] : []))).toEqual(["A\u{1f9ff}", "12", "00"]);
    const [, , , after] = withCodes([label("\u1200 B")]);
    expect(after).toMatchObject({ text: "B", x: 10 + textWidth(" ", 10) });
    const plain: Primitive[] = [label("Ünïcode 数")];
    expect(withCodes(plain)).toEqual(plain);
  });
});

describe("letters that no font has", () => {
  const topology = { ...sharedVlan(), description: "ბლოკი", vms: { "db-1": { name: "მონაცემები", hypervisor: "esx-1" }, "web-1": { name: "ვები \u{1d11e}", hypervisor: "esx-1" }, "app-7": { name: "செயலி", hypervisor: "esx-1", tenant: "tenant-a" }, "ru-1": { name: "База данных Ελλάδα", hypervisor: "esx-1" } } };
  const input: AuditInput = { topology, findings: [], summary: SUMMARY, sha256: "ab".repeat(32), date: "2026-11-23", analyzer: "1.0.0", author: "Ելենա" };

  it("are told by script and by whose names they are in", () => {
    expect(unknownLetters(topology, "Ելենա")).toBe("Armenian in the author’s name; Georgian in the document’s description and the names of db-1 and web-1; Tamil in the name of app-7; U+1D11E in the name of web-1. In PDF and PNG each is a box with its number in Unicode; elsewhere fonts of the reader’s own set it.");
    expect(unknownLetters(named(Object.values(NAMES)).topology, "Żółć Ελλάδα")).toBeUndefined();
    const many = { ...topology, vms: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`vm-${n}`, { name: "ვები", hypervisor: "esx-1" }])) };
    expect(unknownLetters(many)).toContain("the names of vm-0, vm-1, vm-10, vm-11, vm-12 and 25 more.");
  });

  it("are told on the diagram, and only where it shows them", () => {
    const wordsOf = (primitives: readonly Primitive[]): string => primitives.map((part) => (part.type === "text" ? part.text : part.type === "group" ? wordsOf(part.children) : "")).filter((text) => text !== "").join(" ");
    for (const primitives of [auditPages(input, { contents: "diagram" })[0]?.primitives ?? [], picturePage(input, {}).primitives]) expect(wordsOf(primitives)).toContain("Letters without a font: Armenian in the author’s name; Georgian in");
    expect(wordsOf(picturePage(input, { view: "tenant:tenant-a" }).primitives)).toMatch(/Letters without a font: Armenian in the author’s name; Georgian in the document’s description; Tamil in the name of app-7\. In PDF/);
    expect(wordsOf(picturePage(named(["plain"]), {}).primitives)).not.toContain("without a font");
  });
});

describe("files with such texts", () => {
  const names = Object.values(NAMES), all = names.join(" "), input = named(names);

  it("PDF: have names that are found as they are written", async ({ skip }) => {
    const bytes = await exportDiagram(input, "pdf", {}, assetsFor(all));
    expect(await exportDiagram(input, "pdf", {}, assetsFor(all))).toEqual(bytes);
    const told = spawnSync("pdftotext", ["-", "-"], { input: Buffer.from(bytes), encoding: "utf8" });
    if (told.error !== undefined) skip("pdftotext is not installed");
    // Readers put marks around what is written from right to left.
    const text = told.stdout.replace(/[\u202a-\u202e]/gu, "");
    for (const name of [NAMES.chinese, NAMES.japanese, NAMES.korean, NAMES.hebrew, NAMES.thai, NAMES.devanagari, NAMES.emoji, "قاعدة"]) expect(text).toContain(name);
  });

  it("SVG: bring the letters in use, whole words' fonts as they are, and say in which fonts", () => {
    const svg = renderSvg(input, { fonts: assetsFor(all).fonts });
    expect(svg).toContain("font-family=\"Inter, &#39;Noto Sans JP&#39;");
    expect(svg).toContain("@font-face{font-family:'Noto Sans SC';font-weight:400 600;");
    const letters = lettersOf([label(all)]), files = otherFiles(letters, assetsFor(all).fonts);
    for (const [font, bytes] of files) expect(bytes.length, font).toBeLessThan(isJoined(font) ? 250_000 : 12_000);
    expect(files.map(([font]) => font)).toEqual(OTHER_FONTS);
    expect(fontFaces(lettersOf([label("Production")]), assetsFor(all).fonts)).not.toContain("Noto");
  });

  it("PNG: draw them as outlines, and nothing else", async () => {
    const { fonts } = assetsFor(all), outliner = new Outliner(fonts, await typesetter(all)), plain = [label("Production → 1")];
    expect(outliner.outlined(plain)).toEqual(plain);
    for (const name of names) {
      const [drawn] = outliner.outlined([label(name)]);
      expect(drawn?.type === "path" ? drawn.d.length : 0, name).toBeGreaterThan(200);
    }
    expect((await exportDiagram(input, "png", { scale: 0.5 }, assetsFor(all))).length).toBeGreaterThan(5000);
  });
});
