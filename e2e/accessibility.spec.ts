/** What a machine can tell about the window for people who cannot see it well or use a mouse: WCAG 2.1 A and AA by axe. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { choose, expect, test } from "./fixtures";

/** One line per rule that is broken, with the first places. */
async function violations(page: Page): Promise<string[]> {
  // Electron opens no page of its own for axe to gather results in.
  const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).setLegacyMode().analyze();
  return result.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.length} × ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

for (const theme of ["light", "dark"] as const) {
  test(`the window breaks no rule of accessibility in the ${theme} theme`, async ({ launch }) => {
    const { app, page } = await launch();
    await choose(app, `view.theme.${theme}`);
    await expect(page.getByRole("listbox", { name: "Findings" }).getByRole("option").first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("listbox", { name: "Findings" }).getByRole("option").first().click();
    await page.waitForTimeout(500);
    expect(await violations(page)).toEqual([]);
  });
}

test("dialogs break no rule of accessibility", async ({ launch }) => {
  const { app, page } = await launch();
  for (const id of ["help.shortcuts", "analysis.trace", "analysis.fixPlan", "view.commandPalette"] as const) {
    await choose(app, id);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});
