/** Diagrams on paper and on the clipboard. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ElectronApplication } from "@playwright/test";
import { DOMParser } from "@xmldom/xmldom";
import { analysed, toasts } from "./drawing";
import { DRAWN, preview, readText } from "./exporting";
import { choose, expect, test } from "./fixtures";

interface PrinterAnswer {
  readonly success: boolean;
  readonly reason: string;
  /** The printer's dialog stays open until `answerPrinter`. */
  readonly waits?: boolean;
}

/** What the system is asked to print is drawn into a PDF instead of being sent to a printer; `answer` is what the printer's dialog says. */
async function interceptPrinter(app: ElectronApplication, answer: PrinterAnswer, printers = 1): Promise<void> {
  await app.evaluate(({ app: program, BrowserWindow }, { answer: said, printers: count }) => {
    const printed: object[] = [];
    Object.assign(globalThis, { printedByProgram: printed });
    for (const window of BrowserWindow.getAllWindows()) Object.assign(window.webContents, { getPrintersAsync: async () => Array.from({ length: count }, () => ({ name: "paper" })) });
    program.on("web-contents-created", (_event, contents) => {
      Object.assign(contents, {
        print: (options: object, done: (success: boolean, reason: string) => void) => {
          void contents.printToPDF({ preferCSSPageSize: true, printBackground: true }).then((pdf) => {
            const { javascript } = (contents as unknown as { getLastWebPreferences?(): { javascript?: boolean } }).getLastWebPreferences?.() ?? {};
            printed.push({ options, pdf: pdf.toString("base64"), runsScripts: javascript ?? false });
            const answers = (): void => done(said.success, said.reason);
            if (said.waits === true) Object.assign(globalThis, { answerPrinter: answers });
            else answers();
          });
        },
      });
    });
  }, { answer, printers });
}

async function answerPrinter(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => { (globalThis as unknown as { answerPrinter(): void }).answerPrinter(); });
}

interface Printed {
  readonly options: { readonly pageSize: string; readonly landscape: boolean; readonly silent: boolean };
  readonly pdf: string;
  readonly runsScripts: boolean;
}

async function printed(app: ElectronApplication): Promise<readonly Printed[]> {
  return app.evaluate(() => (Object.getOwnPropertyDescriptor(globalThis, "printedByProgram")?.value ?? []) as readonly Printed[]);
}

test("printing hands the pages that were seen to the system, as vectors on that paper, from a window in which nothing runs", async ({ launch, folder }) => {
  test.slow();
  const { app, page } = await launch();
  await analysed(page);
  await interceptPrinter(app, { success: true, reason: "" });
  await choose(app, "file.print");
  const dialog = page.getByRole("dialog", { name: "Print" });
  await dialog.getByRole("radio", { name: "Letter" }).click();
  await dialog.getByRole("radio", { name: "Diagram", exact: true }).click();
  await expect(preview(dialog).getByRole("status")).toHaveText("Diagram", DRAWN);
  await dialog.getByRole("button", { name: "Print…" }).click();
  await expect(toasts(page)).toContainText("One page was handed to the printer.", DRAWN);
  await expect(dialog).toHaveCount(0);
  const [only, ...more] = await printed(app);
  expect(more).toEqual([]);
  expect(only).toMatchObject({ options: { pageSize: "Letter", landscape: true, silent: false }, runsScripts: false });
  const path = join(folder, "printed.pdf");
  writeFileSync(path, Buffer.from(only?.pdf ?? "", "base64"));
  const text = readText(path)?.replace(/\s+/g, "");
  if (text !== undefined) for (const words of ["Acmehosting,cluster1", "a-web", "1/1"]) expect(text).toContain(words);
  const info = spawnSync("pdfinfo", [path], { encoding: "utf8" });
  if (info.error === undefined) expect(info.stdout).toMatch(/Pages: +1\n[^]*Page size: +792 x 612/);
  const fonts = spawnSync("pdffonts", [path], { encoding: "utf8" });
  if (fonts.error === undefined) expect(fonts.stdout).toContain("Inter");
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("who does not wait for the printer’s dialog keeps the dialog that is open when it closes", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await interceptPrinter(app, { success: true, reason: "", waits: true });
  await choose(app, "file.print");
  const dialog = page.getByRole("dialog", { name: "Print" });
  await dialog.getByRole("radio", { name: "Diagram", exact: true }).click();
  await dialog.getByRole("button", { name: "Print…" }).click();
  await expect.poll(async () => (await printed(app)).length, DRAWN).toBe(1);
  await page.keyboard.press("Escape");
  await choose(app, "help.shortcuts");
  const other = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(other).toBeVisible();
  await answerPrinter(app);
  await expect(toasts(page)).toContainText("One page was handed to the printer.");
  await expect(other).toBeVisible();
});

test("without a printer, and when printing fails or is given up, the dialog stays and says so", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await interceptPrinter(app, { success: false, reason: "" }, 0);
  await choose(app, "file.print");
  const dialog = page.getByRole("dialog", { name: "Print" });
  await dialog.getByRole("radio", { name: "Diagram", exact: true }).click();
  await dialog.getByRole("button", { name: "Print…" }).click();
  await expect(toasts(page)).toContainText(/^No printer is set up on this computer\./, DRAWN);
  await interceptPrinter(app, { success: false, reason: "Print job canceled" });
  await dialog.getByRole("button", { name: "Print…" }).click();
  await expect.poll(async () => (await printed(app)).length, DRAWN).toBe(1);
  await expect(dialog.getByRole("button", { name: "Print…" })).toBeEnabled();
  await expect(toasts(page)).toHaveCount(1);
  await interceptPrinter(app, { success: false, reason: "Print job failed" });
  await dialog.getByRole("button", { name: "Print…" }).click();
  await expect(toasts(page)).toContainText(["No printer", "Nothing was printed: Print job failed"], DRAWN);
});

test("the diagram is copied as PNG and as SVG, from the menu and under the right button", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await choose(app, "edit.copyPng");
  await expect(toasts(page)).toContainText(["The diagram is on the clipboard as PNG."], DRAWN);
  const size = await app.evaluate(async ({ clipboard }) => {
    const older = clipboard as unknown as { readImage?(): { getSize(): { width: number; height: number } } };
    return older.readImage?.().getSize();
  });
  expect(size?.width).toBeGreaterThan(1500);
  expect(size?.height).toBeGreaterThan(1000);
  await page.locator(".react-flow__pane").click({ button: "right", position: { x: 8, y: 8 } });
  await page.getByRole("menuitem", { name: "Copy Diagram as SVG" }).click();
  await expect(toasts(page)).toContainText(["The diagram is on the clipboard as SVG."], DRAWN);
  const text = await app.evaluate(({ clipboard }) => clipboard.readText());
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(parsed.documentElement?.localName).toBe("svg");
  expect(parsed.documentElement?.textContent).toContain("a-web");
  expect(text).not.toContain("bulkhead/1");
});

test("the diagram is copied with the author of the last export, and of two copies at once the second is on the clipboard", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await page.evaluate(async () => window.bulkhead.setExportChoices({ ...(await window.bulkhead.settings()).exporting, author: "J. Doe" }));
  await choose(app, "edit.copyPng");
  await choose(app, "edit.copySvg");
  await expect(toasts(page)).toContainText(["The diagram is on the clipboard as PNG.", "The diagram is on the clipboard as SVG."], DRAWN);
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain("J. Doe");
});
