/** What a change brings and takes away, against the document as it was opened and against another file. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { analysed, fill, inspector, saveAs, thing } from "./drawing";
import { answerOpenDialog, choose, expect, test } from "./fixtures";
import { picture } from "./pictures";

function panel(page: Page): ReturnType<Page["locator"]> {
  return page.getByRole("complementary", { name: "Compare" });
}

function list(page: Page, part: "Flows" | "Findings" | "Changes"): ReturnType<Page["locator"]> {
  return panel(page).getByRole("listbox", { name: `${part} that are different` });
}

/** The sums. */
function outcome(page: Page): ReturnType<Page["locator"]> {
  return panel(page).getByRole("status").first();
}

async function show(page: Page, part: "Flows" | "Findings" | "Changes"): Promise<void> {
  await panel(page).getByRole("radio", { name: new RegExp(`^${part} [\\d,]+$`) }).click();
}

async function setVlan(page: Page, portGroup: string, vlan: string): Promise<void> {
  await thing(page, portGroup).click();
  await fill(inspector(page).getByRole("textbox", { name: "VLAN", exact: true }), vlan);
}

test("a VLAN is changed: flows and findings come and go; each is drawn, what is different is marked, and after undo nothing differs", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=isolated-scenario"] });
  await analysed(page);
  await choose(app, "analysis.compareSaved");
  await expect(outcome(page)).toContainText("Nothing differs from the document as it was opened");
  await page.getByRole("radio", { name: "Canvas" }).click();
  await setVlan(page, "tenant-a-1", "120");
  await choose(app, "analysis.compareSaved");
  await expect(outcome(page)).toContainText(/\d+ flows? came.*\d+ went/);
  await expect(outcome(page)).toContainText(/\d+ findings? came/);
  await expect(outcome(page)).toContainText("1 change of the document");
  await expect(page.locator(".change-mark")).toHaveCount(1);
  await expect(page.locator('.change-mark[data-of="tenant-a-1"]')).toHaveAttribute("data-mark", "~");

  const gone = list(page, "Flows").getByRole("option", { name: /^gone/ });
  await expect(list(page, "Flows").getByRole("option").first()).toBeVisible();
  await list(page, "Flows").focus();
  await page.keyboard.press("End");
  await expect(gone.last()).toHaveAttribute("aria-selected", "true");
  await expect(panel(page).getByRole("region", { name: "Details" })).toContainText("Drawn grey, as it was in the document as it was opened.");
  await expect(page.locator(".path-line.path-blocked")).toHaveAttribute("d", /^M[\d\s.,-]+C/);

  await picture(app, page, "compare");
  await page.keyboard.press("Home");
  await expect(list(page, "Flows").getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await expect(panel(page).getByRole("region", { name: "Details" })).toContainText("Nothing is answered: what stops it is drawn on the canvas.");

  await show(page, "Changes");
  await expect(list(page, "Changes").getByRole("option")).toHaveText(/Port group Tenant A.*vlan \/ id: 110 → 120/);
  await show(page, "Findings");
  await list(page, "Findings").getByRole("option", { name: /^new/ }).first().click();
  await expect(page.getByRole("article", { name: /^Evidence of / })).toBeVisible();

  await choose(app, "edit.undo");
  await expect(outcome(page)).toContainText("Nothing differs");
  await expect(page.locator(".change-mark")).toHaveCount(0);
  await expect(list(page, "Findings")).toHaveCount(0);
  await panel(page).getByRole("button", { name: "Close the comparison" }).click();
  await expect(panel(page)).toHaveCount(0);
});

test("a document is compared with another file, which says why where it is none; saving begins anew", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const old = join(folder, "old.bulkhead.json");
  await saveAs(app, page, old);
  await saveAs(app, page, join(folder, "now.bulkhead.json"));
  await thing(page, "a-web").click();
  await page.keyboard.press("Delete");
  await choose(app, "analysis.compareSaved");
  await expect(outcome(page)).toContainText(/\d+ flows? went/);
  await saveAs(app, page, join(folder, "now.bulkhead.json"));
  await expect(outcome(page)).toContainText("Nothing differs from the last save");

  await answerOpenDialog(app, old);
  await choose(app, "analysis.compareFile");
  await expect(panel(page)).toContainText("old.bulkhead.json");
  await expect(outcome(page)).toContainText(/\d+ flows? went/);
  await list(page, "Flows").getByRole("option", { name: /a-web/ }).first().click();
  await expect(panel(page).getByRole("region", { name: "Details" })).toContainText(/Not there any more, and left out: a-web/);
  await show(page, "Changes");
  await expect(list(page, "Changes").getByRole("option", { name: /^gone.*VM a-web/ })).toBeVisible();

  const broken = join(folder, "broken.json");
  writeFileSync(broken, '{"format":"bulkhead/1"}');
  await answerOpenDialog(app, broken);
  await panel(page).getByRole("button", { name: "Choose another file" }).click();
  await expect(page.getByRole("dialog")).toContainText("name");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toContainText("old.bulkhead.json");

  await choose(app, "edit.undo");
  await expect(outcome(page)).toContainText("Nothing differs from old.bulkhead.json");
  await choose(app, "analysis.compareSaved");
  await expect(outcome(page)).toContainText(/\d+ flows? came.*\d+ of the flows are now a violation/);
  await expect(page.locator('.change-mark[data-of="a-web"]')).toHaveAttribute("data-mark", "+");
  await list(page, "Flows").getByRole("option", { name: /^new/ }).first().click();
  await expect(panel(page).getByRole("region", { name: "Details" })).toContainText("Its way is drawn on the canvas.");
  await expect(page.locator(".path-line.path-violation")).toHaveCount(1);
});
