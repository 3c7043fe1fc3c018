/** The first start of a user: four steps on a network that has something to show. */
import type { Locator, Page } from "@playwright/test";
import { analysed, inspector, thing } from "./drawing";
import { choose, expect, test } from "./fixtures";
import { picture } from "./pictures";

function card(page: Page, title: string): Locator {
  return page.getByRole("dialog", { name: title });
}

test("first run: a real network, the red path, how to cut it, one's own; by keyboard, once", async ({ launch, profile }) => {
  const { app, page } = await launch({ tour: true });
  await expect(card(page, "This is a real network")).toContainText("Step 1 of 4");
  await expect(card(page, "This is a real network").getByRole("button", { name: "Next" })).toBeFocused();
  await analysed(page);
  await picture(app, page, "first-run");
  // Nothing is held up meanwhile.
  await thing(page, "tor-1").click();
  await expect(inspector(page)).toContainText("physical switch");
  await card(page, "This is a real network").getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("Enter");
  await expect(card(page, "The red path leads to another tenant")).toBeVisible();
  await expect(page.locator(".layer-path-line path.path-violation")).toHaveAttribute("d", /^M/);
  await expect(page.getByRole("article", { name: /^Evidence of / })).toBeVisible();
  await picture(app, page, "red-path");
  await page.keyboard.press("Enter");
  await expect(card(page, "Cut it")).toContainText("tried on a copy");
  await expect(page.getByRole("region", { name: /^Fix: / }).first()).toContainText("verified");
  await page.keyboard.press("Enter");
  await expect(card(page, "Now yours").getByRole("button", { name: "Import…" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await app.close();

  const again = await launch({ profile, tour: true });
  await analysed(again.page);
  await expect(again.page.getByRole("dialog")).toHaveCount(0);
  await choose(again.app, "help.tour");
  await expect(card(again.page, "This is a real network")).toBeVisible();
  await again.page.keyboard.press("Escape");
  await expect(again.page.getByRole("dialog")).toHaveCount(0);
});

test("the tour leads on: from the fix to the plan, and it is forgotten with its document", async ({ launch }) => {
  const { app, page } = await launch({ tour: true });
  await analysed(page);
  for (const title of ["This is a real network", "The red path leads to another tenant"]) await card(page, title).getByRole("button", { name: "Next" }).click();
  await card(page, "Cut it").getByRole("button", { name: "Open the fix plan" }).click();
  await expect(page.getByRole("dialog", { name: "Fix plan" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await choose(app, "help.tour");
  await expect(card(page, "This is a real network")).toBeVisible();
  await choose(app, "file.new");
  await expect(page.getByText("Draw the network, see who reaches whom")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
