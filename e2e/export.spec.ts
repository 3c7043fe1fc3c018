/** Audit files out: every format from one dialog, seen before it is written. */
import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import { generate } from "../bench/generate";
import { formatTopology } from "../shared/model/canonical";
import { analysed, findingIds, fill, pick, thing, toasts } from "./drawing";
import { DRAWN, openExport, preview, readText, shownPage, sizeOf, take, write } from "./exporting";
import { answerSaveDialog, expect, test } from "./fixtures";
import { picture } from "./pictures";

const SAMPLE = "assets/samples/flawed-scenario.bulkhead.json";

/** By the name in the dialog: how the file begins, and what of it the preview shows. */
const TEXTS: readonly (readonly [format: string, file: string, begins: RegExp, shows: string])[] = [
  ["Markdown", "a.md", /^# Acme hosting, cluster 1: isolation audit/, "isolation audit"],
  ["CSV", "a.csv", /^document,id,rule,/, "NET-001:tenant-a+tenant-b@tor-1.100"],
  ["JSON", "a.findings.json", /^\{\n {2}"format": "bulkhead-findings\/1"/, '"format": "bulkhead-findings/1"'],
  ["SARIF", "a.sarif", /"version": ?"2\.1\.0"/, "2.1.0"],
  ["JUnit", "a.junit.xml", /^<\?xml[^>]*>\s*<testsuites/, "<testsuites"],
  ["OSCAL", "a.oscal.json", /"assessment-results"/, "assessment-results"],
  ["draw.io", "a.drawio", /^(<\?xml[^>]*>\s*)?<mxfile/, "<mxfile"],
  ["Graphviz", "a.dot", /^(strict )?graph /, "graph "],
  ["Mermaid", "a.mmd", /^flowchart /m, "flowchart"],
];

test("every text format shows how it begins before it is written", async ({ launch, folder }) => {
  test.slow();
  const { app, page } = await launch();
  await analysed(page);
  for (const [format, file, begins, shows] of TEXTS) {
    const dialog = await openExport(app, page);
    await take(dialog, format);
    await expect(preview(dialog).getByLabel("Beginning of the file")).toContainText(shows, DRAWN);
    const written = await write(app, dialog, join(folder, file));
    expect(written.toString("utf8"), format).toMatch(begins);
    await expect(toasts(page)).toContainText([`Wrote ${file}.`]);
  }
});

test("SARIF tells the lines of a file that holds the document, and none where it was changed since", async ({ launch, folder }) => {
  const document = join(folder, "net.bulkhead.json");
  copyFileSync(SAMPLE, document);
  const { app, page } = await launch({ args: [document] });
  await analysed(page);
  const lines = async (file: string): Promise<string[]> => {
    const dialog = await openExport(app, page);
    await take(dialog, "SARIF");
    await expect(preview(dialog).getByLabel("Beginning of the file")).toContainText("2.1.0", DRAWN);
    return (await write(app, dialog, join(folder, file))).toString("utf8").match(/"startLine": ?\d+/g) ?? [];
  };
  // The place of a result that has no line is the first.
  await expect.poll(async () => new Set(await lines("saved.sarif")).size).toBeGreaterThan(1);
  await thing(page, "a-web").click();
  await page.keyboard.press("Delete");
  expect([...new Set(await lines("changed.sarif"))]).toHaveLength(1);
});

test("one table as CSV, and all of them as a workbook with its sheets to look at", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  let dialog = await openExport(app, page);
  await take(dialog, "CSV");
  await pick(page, dialog, "Table", "Inventory");
  await expect(preview(dialog).getByLabel("Beginning of the file")).toContainText("a-web", DRAWN);
  expect((await write(app, dialog, join(folder, "inventory.csv"))).toString("utf8")).toContain("00:50:56");
  dialog = await openExport(app, page);
  await take(dialog, "Excel");
  await preview(dialog).getByRole("radio", { name: "Rules" }).click();
  await expect(preview(dialog).getByRole("region", { name: "Sheet Rules" })).toContainText("NET-001");
  expect((await write(app, dialog, join(folder, "a.xlsx"))).subarray(0, 2).toString()).toBe("PK");
});

test("the preview of a PDF follows the page setup, and the file has the pages that it showed", async ({ launch, folder }) => {
  test.slow();
  const { app, page } = await launch();
  await analysed(page);
  const ids = (await findingIds(page)).filter((id) => /^(NET-001|MGT-001|VM-001|RES-001)/.test(id));
  const dialog = await openExport(app, page), head = preview(dialog).getByRole("status");
  await expect(head).toHaveText(/^Page 1 of \d+: Diagram$/, DRAWN);
  await expect.poll(async () => { const { width, height } = await sizeOf(shownPage(dialog)); return width > height; }).toBe(true);
  await picture(app, page, "export");
  await dialog.getByRole("radio", { name: "A3" }).click();
  await dialog.getByRole("radio", { name: "Portrait" }).click();
  await expect.poll(() => sizeOf(shownPage(dialog)), DRAWN).toEqual({ width: 842, height: 1191 });
  // Keys go through the pages.
  await preview(dialog).getByRole("listbox", { name: "Pages" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(head).toHaveText(/^Page 2 of \d+: Report$/, DRAWN);
  const count = Number(/of (\d+)/.exec(await head.innerText())?.[1]);
  const path = join(folder, "audit.pdf"), written = await write(app, dialog, path);
  expect(written.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  const info = spawnSync("pdfinfo", [path], { encoding: "utf8" });
  if (info.error === undefined) expect(info.stdout).toMatch(new RegExp(`Pages: +${count}\\n[^]*Page size: +841\\.89 x 1190\\.55`));
  const text = readText(path)?.replace(/\s+/g, "");
  if (text !== undefined) for (const words of [...ids, "Acmehosting,cluster1", "TenantA", "TenantB"]) expect(text).toContain(words);
});

test("a picture of one tenant, of what is selected and of a finding’s path shows that, and says so", async ({ launch, folder }) => {
  test.slow();
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").click();
  const scopes = [["One tenant", "tenant Tenant A"], ["What is selected", "a-web"], ["Management plane", "management plane"], ["Path of a finding", "NET-001"]] as const;
  for (const [index, [kind, scope]] of scopes.entries()) {
    const dialog = await openExport(app, page);
    await take(dialog, "SVG");
    await pick(page, dialog, "Shows", kind);
    await fill(dialog.getByRole("textbox", { name: "Author" }), "J. Doe");
    await expect(shownPage(dialog)).toBeVisible(DRAWN);
    const written = (await write(app, dialog, join(folder, `${index}.svg`))).toString("utf8");
    const errors: string[] = [];
    const parsed = new DOMParser({ onError: (_level, message) => errors.push(message) }).parseFromString(written, "image/svg+xml");
    expect(errors).toEqual([]);
    const words = parsed.documentElement?.textContent ?? "";
    for (const word of ["Acme hosting, cluster 1", scope, "J. Doe"]) expect(words).toContain(word);
  }
});

test("the PNG has the pixels of the resolution that was chosen, which is kept for the next", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const sizes: [number, number][] = [];
  for (const scale of ["1×", "2×"]) {
    const dialog = await openExport(app, page);
    await take(dialog, "PNG");
    await dialog.getByRole("radio", { name: scale }).click();
    const bytes = await write(app, dialog, join(folder, `network-${scale === "1×" ? 1 : 2}.png`));
    expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    sizes.push([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]);
  }
  const [[width = 0, height = 0] = [], [twice = 0, tall = 0] = []] = sizes;
  expect(width).toBeGreaterThan(600);
  expect(height).toBeGreaterThan(400);
  expect([Math.abs(twice - 2 * width), Math.abs(tall - 2 * height)].every((off) => off <= 2)).toBe(true);
  const dialog = await openExport(app, page);
  await expect(dialog.getByRole("button", { name: "PNG", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(dialog.getByRole("radio", { name: "2×" })).toBeChecked();
});

test("what the window writes holds for the command line: every byte, drawn anew, with rules of one’s own and names in other scripts", async ({ launch, folder }) => {
  test.slow();
  const document = join(folder, "net.bulkhead.json");
  writeFileSync(document, readFileSync(SAMPLE, "utf8").replace('"name": "a-db"', '"name": "数据库 ウェブ"').replace('"name": "b-app"', '"name": "قاعدة 🚀"'));
  writeFileSync(join(folder, "net.rules.json"), JSON.stringify({ format: "bulkhead-rules/1", rules: [{ id: "X-CLIP-1", title: "Clipboard", severity: "low", select: ["vm"], when: { field: "guest.clipboard", equals: true }, text: "No." }] }));
  const { app, page } = await launch({ args: [document] });
  await analysed(page);
  for (const format of ["SVG", "PNG", "PDF", "HTML"]) {
    const dialog = await openExport(app, page);
    await take(dialog, format);
    await fill(dialog.getByRole("textbox", { name: "Author" }), "J. Doe");
    if (format === "PDF") await dialog.getByRole("radio", { name: "Letter" }).click();
    const path = join(folder, `audit.${format.toLowerCase()}`);
    await write(app, dialog, path);
    const told = spawnSync(process.execPath, ["scripts/bulkhead.mjs", "verify", path, "--format", "json"], { encoding: "utf8" });
    expect(told.stderr).toBe("");
    expect(JSON.parse(told.stdout), format).toMatchObject({ result: "holds", seal: "intact", drawing: "same", because: [] });
  }
  expect(readFileSync(join(folder, "audit.svg"), "utf8")).toContain("X-CLIP-1:a-web");
  const dialog = await openExport(app, page);
  await take(dialog, "SVG");
  await dialog.getByRole("switch", { name: "Embed the document" }).click();
  expect((await write(app, dialog, join(folder, "bare.svg"))).toString("utf8")).not.toContain("bulkhead/1");
});

test("an anonymized diagram names nobody, neither in its preview nor in the file, and the command line calls it whole", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const dialog = await openExport(app, page), text = preview(dialog).getByLabel("Beginning of the file");
  await take(dialog, "Mermaid");
  await expect(text).toContainText("a-web", DRAWN);
  await dialog.getByRole("switch", { name: "Anonymize" }).click();
  await expect(text).toContainText("Tenant 1", DRAWN);
  await expect(text).not.toContainText("a-web");
  await take(dialog, "SVG");
  const path = join(folder, "anonymized.svg"), svg = (await write(app, dialog, path)).toString("utf8");
  expect(svg).toContain(">VM 1<");
  expect(svg).not.toMatch(/a-web|b-db/);
  const told = spawnSync(process.execPath, ["scripts/bulkhead.mjs", "verify", path, "--format", "json"], { encoding: "utf8" });
  expect(JSON.parse(told.stdout)).toMatchObject({ result: "holds", seal: "intact", drawing: "same", because: [] });
});

test("a cancelled place leaves the dialog and its choices; a place that cannot be written is told", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const dialog = await openExport(app, page);
  await take(dialog, "SVG");
  await answerSaveDialog(app);
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect(dialog.getByRole("button", { name: "Export…" })).toBeEnabled(DRAWN);
  await expect(toasts(page)).toHaveCount(0);
  await answerSaveDialog(app, join(folder, "nowhere/a.svg"));
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect(toasts(page)).toContainText(/a\.svg was not written: /, DRAWN);
  await expect(dialog.getByRole("button", { name: "SVG", exact: true })).toHaveAttribute("aria-pressed", "true");
});

test("an export of a large network tells how far it is; stopped, its work ends and nothing is written", async ({ launch, folder }) => {
  test.slow();
  const document = join(folder, "large.bulkhead.json");
  writeFileSync(document, formatTopology(generate({ vms: 1500, defaultAction: "deny" })));
  const { app, page } = await launch({ args: [document] });
  await expect(page.getByText(/^analysed in /)).toBeVisible({ timeout: 60_000 });
  const path = join(folder, "large.pdf");
  await answerSaveDialog(app, path);
  const started = page.waitForEvent("worker", (each) => /\/worker-/.test(each.url()));
  const dialog = await openExport(app, page);
  const worker = await started, ended = worker.waitForEvent("close");
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect(dialog.locator("footer").getByRole("status")).toBeVisible();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await ended;
  await expect(dialog.getByRole("button", { name: "Export…" })).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(toasts(page)).toHaveCount(0);
  expect(readdirSync(folder).filter((name) => name.includes("pdf") || name.endsWith(".tmp"))).toEqual([]);
});
