/** Windows of every size, with normal and with large text: no control lies outside, is cut off or lies under another. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import type { CommandId } from "../shared/commands";
import { choose, expect, menuItem, test } from "./fixtures";
import { unreachable } from "./fits";

const SIZES = [[1024, 700], [1440, 900], [2560, 1440]] as const;
/** Steps from the size of text that is normal, in the menu, and what they come to. */
const TEXTS = [{ steps: 0, factor: 1 }, { steps: 5, factor: 2 }] as const;

const DIALOGS: readonly CommandId[] = ["analysis.fixPlan", "analysis.segmentation", "analysis.trace", "file.newFrom", "file.export", "file.print", "help.shortcuts", "view.commandPalette"];

async function resize(app: ElectronApplication, page: Page, [width, height]: readonly [number, number], factor: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), { width, height });
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width / factor, height / factor]);
}

/** Waits for it: what is in the midst of opening has no place yet. */
async function everythingIsReachable(page: Page, where: string): Promise<void> {
  await expect.poll(() => unreachable(page), { message: `controls that cannot be reached: ${where}` }).toEqual([]);
}

for (const size of SIZES) {
  for (const { steps, factor } of TEXTS) {
    test(`${size.join(" × ")}, text ${factor * 100} %: every control of every view and dialog can be reached`, async ({ launch }) => {
      test.setTimeout(180_000);
      const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
      await choose(app, factor === 1 ? "view.theme.light" : "view.theme.dark");
      for (let step = 0; step < steps; step += 1) await choose(app, "view.text.larger");
      await resize(app, page, size, factor);
      await everythingIsReachable(page, "canvas");
      await choose(app, "analysis.nextFinding");
      await expect(page.locator(".evidence")).toBeVisible();
      await everythingIsReachable(page, "evidence of a finding");
      await page.locator(".evidence").getByRole("button", { name: "Close" }).first().click();
      await showEachView(app, page);
      for (const id of DIALOGS) {
        await choose(app, id);
        await expect(page.getByRole("dialog")).toBeVisible();
        await everythingIsReachable(page, id);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
      await choose(app, "file.new");
      await expect(page.getByText("Draw the network, see who reaches whom")).toBeVisible();
      await everythingIsReachable(page, "an empty document");
      await page.getByRole("button", { name: "More" }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await everythingIsReachable(page, "the menu at the right");
    });
  }
}

async function showEachView(app: ElectronApplication, page: Page): Promise<void> {
  if (!(await page.locator(".inspector").isVisible())) await choose(app, "view.inspector");
  await expect(page.locator(".inspector")).toBeVisible();
  await everythingIsReachable(page, "inspector");
  await choose(app, "view.inspector");
  await choose(app, "view.matrix");
  await page.locator(".matrix-cell.cell-violating").first().click();
  await expect(page.locator(".matrix-panel")).toBeVisible();
  await everythingIsReachable(page, "a cell of the matrix");
  for (const [id, part] of [["view.table", ".table-grid"], ["analysis.hitTest", ".hit-bar"], ["view.attack", ".attack"], ["analysis.compareSaved", ".compare"]] as const) {
    await choose(app, id);
    await expect(page.locator(part)).toBeVisible();
    await everythingIsReachable(page, id);
  }
  await choose(app, "view.matrix");
  await choose(app, "view.matrix");
}

test("in a narrow window a panel at the side takes the other's place, and both are there again in a wide one", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await resize(app, page, [1024, 700], 1);
  for (let step = 0; step < 5; step += 1) await choose(app, "view.text.larger");
  await expect(page.locator(".palette")).toBeVisible();
  await expect(page.locator(".inspector")).toHaveCount(0);
  await page.getByRole("button", { name: /Show the document's properties/ }).click();
  await expect(page.locator(".inspector")).toBeVisible();
  await expect(page.locator(".palette")).toHaveCount(0);
  await expect.poll(() => menuItem(app, "view.palette")).toMatchObject({ checked: false });
  await choose(app, "view.palette");
  await expect(page.locator(".palette")).toBeVisible();
  await page.getByRole("button", { name: "View: Canvas" }).click();
  await page.getByRole("menuitemradio", { name: "Matrix" }).click();
  await expect(page.locator(".matrix-grid")).toBeVisible();
  await expect(page.locator(".findings")).toHaveCount(0);
  await choose(app, "view.findings");
  await expect(page.locator(".findings")).toBeVisible();
  await expect(page.locator(".react-flow")).toBeVisible();
  await choose(app, "view.text.normal");
  await expect(page.locator(".inspector")).toBeVisible();
  await expect(page.locator(".palette")).toBeVisible();
});

test("in a window with room for little the palette is a rail and the findings are a line, which opens them", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await resize(app, page, [1024, 700], 1);
  for (let step = 0; step < 5; step += 1) await choose(app, "view.text.larger");
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([512, 350]);
  const room = async (): Promise<{ width: number; height: number }> => (await page.locator(".canvas").boundingBox()) ?? { width: 0, height: 0 };
  await expect.poll(async () => (await room()).width).toBeGreaterThan(400);
  expect((await room()).height).toBeGreaterThan(220);
  await expect(page.getByRole("navigation", { name: "Palette" }).getByRole("button", { name: "Virtual switch", exact: true })).toBeVisible();
  const line = page.getByRole("button", { name: /^Findings/ });
  await expect(line).toContainText("9 critical");
  await everythingIsReachable(page, "rail and line");
  await line.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tree", { name: "Findings" })).toBeFocused();
  await expect.poll(() => menuItem(app, "view.findings")).toMatchObject({ checked: true });
  await everythingIsReachable(page, "the list, opened");
  await page.getByRole("button", { name: "Close the list" }).click();
  await expect(page.getByRole("tree", { name: "Findings" })).toHaveCount(0);
  // Whoever asks for a finding sees it.
  await choose(app, "analysis.nextFinding");
  await expect(page.getByRole("article", { name: /^Evidence of / })).toBeVisible();
  await choose(app, "view.findings");
  await expect(line).toBeVisible();
  await choose(app, "view.text.normal");
  await expect(page.getByRole("tree", { name: "Findings" })).toBeVisible();
  await expect(line).toHaveCount(0);
});

test("the size of the text is kept for the next start, and ends where it is largest", async ({ launch, profile }) => {
  const first = await launch();
  const width = await first.page.evaluate(() => innerWidth);
  for (let step = 0; step < 5; step += 1) await choose(first.app, "view.text.larger");
  await expect.poll(() => menuItem(first.app, "view.text.larger")).toMatchObject({ enabled: false });
  await expect.poll(() => first.page.evaluate(() => innerWidth)).toBe(width / 2);
  await expect.poll(() => readFileSync(join(profile, "Bulkhead/settings.json"), "utf8")).toContain('"textSize": 200');
  await choose(first.app, "file.close");
  const second = await launch();
  await expect.poll(() => second.page.evaluate(() => innerWidth)).toBe(width / 2);
  await choose(second.app, "view.text.normal");
  await expect.poll(() => second.page.evaluate(() => innerWidth)).toBe(width);
});
