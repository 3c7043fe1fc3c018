/** From a finding to its path, its fix and its end, on the sample network. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { analysed, fill, findingIds, findingOf, inspector, pick, rulesShown, saveAs, thing, toasts } from "./drawing";
import { choose, expect, menuItem, test } from "./fixtures";
import { picture } from "./pictures";

function evidence(page: Page): ReturnType<Page["locator"]> {
  return page.getByRole("article", { name: /^Evidence of / });
}

function tree(page: Page): ReturnType<Page["locator"]> {
  return page.getByRole("tree", { name: "Findings" });
}

/** The drawing of a thing that the path leaves out is faded as a group. */
function faded(page: Page, id: string): ReturnType<Page["locator"]> {
  return thing(page, id).locator("svg.node-drawing g[opacity]");
}

test("a finding draws its path hop by hop, dims the rest and shows its evidence; Escape takes it away", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await expect(faded(page, "esx-1-vmk0")).toHaveCount(0);
  const row = findingOf(page, "NET-001");
  await row.click();
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".layer-path-line path.path-violation")).toHaveAttribute("d", /^M[\d\s.,-]+C/);
  await expect(page.locator(".layer-path-arrow .path-arrow")).toHaveCount(1);
  await expect(faded(page, "esx-1-vmk0")).not.toHaveCount(0);
  await expect(faded(page, "tor-1")).toHaveCount(0);
  await expect(evidence(page)).toContainText("Tenant A and Tenant B share the segment tor-1.100");
  const hops = await evidence(page).getByRole("list", { name: "Path" }).getByRole("listitem").allInnerTexts();
  expect(hops.length).toBeGreaterThan(4);
  expect(hops[0]).toMatch(/eth0[\s\S]*sends/);
  expect(hops.join("\n")).toMatch(/tags 100/);
  await picture(app, page, "finding");
  await page.keyboard.press("Escape");
  await expect(page.locator(".layer-path-line")).toHaveCount(0);
});

test("the inspector says under a field which finding it is for, until the field is mended", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  await thing(page, "a-web").click();
  const field = inspector(page).locator(".field").filter({ hasText: "Shared clipboard" });
  await expect(field.getByRole("button", { name: /VM-001/ })).toBeVisible();
  await pick(page, inspector(page), "Shared clipboard", /^off/);
  await expect(field.getByRole("button", { name: /VM-001/ })).toHaveCount(0);
});

test("a fix says what it changes and closes before it is applied, is one step, and undo opens the finding again", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  await findingOf(page, "VM-001").click();
  const before = await findingIds(page);
  const fix = page.getByRole("region", { name: /^Fix: / }).first();
  await expect(fix).toContainText(/verified: closes [1-9]\d* · opens 0 · breaks 0/);
  await fix.getByRole("button", { name: /change/ }).click();
  await expect(fix.getByRole("listitem").first()).toHaveText("set vms / a-db / guest / clipboard to false");
  const untouched = await saveAs(app, page, join(folder, "before.bulkhead.json"));
  await fix.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => findingIds(page)).not.toContain("VM-001:a-db");
  await expect(toasts(page)).toContainText("Undo takes it back");
  expect(await saveAs(app, page, join(folder, "after.bulkhead.json"))).not.toEqual(untouched);
  await choose(app, "edit.undo");
  await expect.poll(() => findingIds(page)).toEqual(before);
  expect(await saveAs(app, page, join(folder, "undone.bulkhead.json"))).toEqual(untouched);
});

test("an accepted risk keeps its reason, owner and date, and leaves the counts", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const row = findingOf(page, "VM-001");
  const id = (await row.getAttribute("id"))?.replace(/^finding-/, "");
  await row.click();
  const chip = page.getByRole("group", { name: "Severities shown" }).getByRole("button", { name: /high$/ });
  const high = Number((await chip.innerText()).match(/\d+/)?.[0]);
  await evidence(page).getByRole("button", { name: "Accept this risk…" }).click();
  const dialog = page.getByRole("dialog", { name: "Accept this risk" });
  await expect(dialog.getByRole("button", { name: "Accept risk" })).toBeDisabled();
  await dialog.getByLabel("Reason").fill("Jump host for the migration");
  await dialog.getByLabel("Owner").fill("J. Doe");
  await dialog.getByLabel(/^Until/).fill("tomorrow");
  await expect(dialog.getByRole("alert")).toHaveText("A day such as 2027-06-30");
  await dialog.getByLabel(/^Until/).fill("2099-06-30");
  await dialog.getByRole("button", { name: "Accept risk" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(evidence(page)).toContainText("Accepted by J. Doe until 2099-06-30: Jump host for the migration");
  await expect(chip).toContainText(String(high - 1));
  const document = await saveAs(app, page, join(folder, "accepted.bulkhead.json"));
  expect(document).toMatchObject({ policy: { accept: [{ finding: id, reason: "Jump host for the migration", by: "J. Doe", until: "2099-06-30" }] } });
  // Taken back it is open again, and counts; made again it is accepted as before.
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe(`Undo: accept ${id ?? ""}`);
  await choose(app, "edit.undo");
  await expect(chip).toContainText(String(high));
  await expect(evidence(page).getByRole("button", { name: "Accept this risk…" })).toBeVisible();
  await choose(app, "edit.redo");
  await expect(evidence(page)).toContainText("Accepted by J. Doe until 2099-06-30");
  await expect(chip).toContainText(String(high - 1));
  await evidence(page).getByRole("button", { name: "Withdraw" }).click();
  await expect(chip).toContainText(String(high));
});

test("severities hide, a search narrows, groups head the list", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  const all = await findingIds(page);
  const chips = page.getByRole("group", { name: "Severities shown" });
  await chips.getByRole("button", { name: /critical$/ }).click();
  expect(await rulesShown(page)).not.toContain("NET-001");
  expect((await findingIds(page)).length).toBeLessThan(all.length);
  await chips.getByRole("button", { name: /critical$/ }).click();
  const search = page.getByRole("textbox", { name: "Search findings" });
  await search.fill("clipboard");
  expect(await rulesShown(page)).toContain("VM-001");
  await expect(page.getByRole("region", { name: "Findings" }).getByRole("status").filter({ hasText: "found" })).toHaveText(`${(await findingIds(page)).length} found`);
  expect(await rulesShown(page)).not.toContain("NET-001");
  await search.fill("no such words");
  await expect(page.getByText("No finding passes the filter.")).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).click();
  expect(await findingIds(page)).toEqual(all);
  await pick(page, page.getByRole("region", { name: "Findings" }), "Grouping", "Group: rule");
  await expect(tree(page).getByRole("group", { name: /NET-001/ })).toBeVisible();
  expect(await findingIds(page)).toEqual(expect.arrayContaining(all));
  await pick(page, page.getByRole("region", { name: "Findings" }), "Grouping", "Group: tenants");
  await expect(tree(page).getByRole("group", { name: "Tenant A and Tenant B", exact: true }).getByRole("treeitem", { name: /NET-001/ })).toBeVisible();
  await pick(page, page.getByRole("region", { name: "Findings" }), "Grouping", "No groups");
  const chip = async (severity: string): Promise<number> => Number((await chips.getByRole("button", { name: new RegExp(`${severity}$`) }).innerText()).match(/\d+/)?.[0]);
  expect((await findingIds(page)).length).toBe((await Promise.all(["critical", "high", "medium", "low", "info"].map(chip))).reduce((sum, count) => sum + count));
});

test("beside the evidence in a small window the severities and the grouping are still in sight", async ({ launch }) => {
  const { app, page } = await launch();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700));
  await analysed(page);
  await findingOf(page, "NET-001").click();
  await expect(evidence(page)).toBeVisible();
  const findings = page.getByRole("region", { name: "Findings" });
  for (const chip of await findings.getByRole("group", { name: "Severities shown" }).getByRole("button").all()) await expect(chip).toBeInViewport({ ratio: 1 });
  await pick(page, findings, "Grouping", "Group: rule");
  await expect(tree(page).getByRole("group", { name: /NET-001/ })).toBeVisible();
});

test("a root cause is one row with what follows folded in: unfolded by key and by hand, walked through, and a consequence draws its path", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  const cause = findingOf(page, "NET-001");
  await expect(cause).toHaveAttribute("aria-expanded", "false");
  await expect(cause).toContainText("+1");
  await expect(findingOf(page, "INT-001")).toHaveCount(0);
  await cause.click();
  await tree(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(cause).toHaveAttribute("aria-expanded", "true");
  const consequence = page.locator('[id="finding-INT-001:tenant-a+tenant-b"]');
  await expect(consequence).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("ArrowRight");
  await expect(consequence).toHaveAttribute("aria-selected", "true");
  await expect(evidence(page)).toContainText("INT-001:tenant-a+tenant-b");
  await expect(page.locator(".layer-path-line path")).toHaveAttribute("d", /^M/);
  await page.keyboard.press("ArrowLeft");
  await expect(cause).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(consequence).toHaveCount(0);

  // F8 goes through what is in sight; folded in, a finding is passed over.
  const second = (await findingIds(page))[1];
  await choose(app, "analysis.nextFinding");
  await expect(tree(page)).toHaveAttribute("aria-activedescendant", `finding-${second ?? ""}`);

  const clipboard = findingOf(page, "VM-001");
  await clipboard.locator(".finding-fold").click();
  await expect(clipboard).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator('[id="finding-VM-001:b-db"]')).toBeVisible();
  await expect(clipboard).toHaveAttribute("aria-selected", "false");
});

test("a finding that is opened elsewhere is unfolded in the list; a search unfolds what it finds", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  await thing(page, "b-db").click();
  const field = inspector(page).locator(".field").filter({ hasText: "Shared clipboard" });
  await field.getByRole("button", { name: /VM-001/ }).click();
  await expect(page.locator('[id="finding-VM-001:b-db"]')).toHaveAttribute("aria-selected", "true");
  await page.getByRole("textbox", { name: "Search findings" }).fill("esx-2-vmk0");
  await expect(page.locator('[id="finding-MGT-001:esx-2-vmk0@tor-1.100"]')).toBeVisible();
  await page.getByRole("textbox", { name: "Search findings" }).press("Escape");
  await expect(page.getByRole("textbox", { name: "Search findings" })).toHaveValue("");
});

test("an acceptance that has expired is told with the finding, and is renewed or withdrawn there", async ({ launch, folder }) => {
  const document = JSON.parse(readFileSync("assets/samples/flawed-scenario.bulkhead.json", "utf8")) as { policy: object };
  const path = join(folder, "expired.bulkhead.json");
  writeFileSync(path, JSON.stringify({ ...document, policy: { ...document.policy, accept: [{ finding: "VM-001:a-db", reason: "Migration", by: "J. Doe", until: "2020-01-31" }] } }));
  const { page } = await launch({ args: [path] });
  await analysed(page);
  await page.locator('[id="finding-VM-001:a-db"]').click();
  await expect(evidence(page)).toContainText("No longer accepted. It was by J. Doe until 2020-01-31: Migration");
  await evidence(page).getByRole("button", { name: "Renew…" }).click();
  const dialog = page.getByRole("dialog", { name: "Acceptance of this risk" });
  await expect(dialog.getByLabel("Reason")).toHaveValue("Migration");
  await expect(dialog.getByRole("alert")).toHaveText("That day has passed: the finding would stay open");
  await fill(dialog.getByLabel(/^Until/), "2099-01-31");
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('[id="finding-VM-001:a-db"]')).toContainText("accepted by J. Doe until 2099-01-31");
});

test("the fix plan closes everything critical and high in one step and keeps the required flows", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await analysed(page);
  const before = await findingIds(page);
  await page.getByRole("button", { name: /^Fix plan/ }).click();
  const dialog = page.getByRole("dialog", { name: "Fix plan" });
  await expect(dialog.getByRole("list", { name: "Steps" })).toBeVisible({ timeout: 20_000 });
  const balance = dialog.getByRole("complementary", { name: "Before and after" });
  for (const severity of ["critical", "high"]) await expect(balance.getByRole("row", { name: new RegExp(`^${severity} `) }).getByRole("cell").last()).toHaveText("0");
  await picture(app, page, "fix-plan");
  await dialog.getByRole("button", { name: /^Apply all/ }).click();
  await expect(dialog).toHaveCount(0);
  const chips = page.getByRole("group", { name: "Severities shown" });
  await expect(chips.getByRole("button", { name: /critical$|high$/ })).toHaveCount(0);
  await analysed(page);
  expect(await rulesShown(page)).not.toContain("INT-002");
  await expect(page.getByText(/2 isolated, 0 violating/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Fix plan/ })).toBeDisabled();
  await saveAs(app, page, join(folder, "planned.bulkhead.json"));
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: apply fix plan");
  await choose(app, "edit.undo");
  await expect.poll(() => findingIds(page)).toEqual(before);
});

test("the first step of the plan is applied by itself, the plan goes on from there, and undo takes the step back", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  const before = await findingIds(page);
  await page.getByRole("button", { name: /^Fix plan/ }).click();
  const dialog = page.getByRole("dialog", { name: "Fix plan" });
  const steps = dialog.getByRole("list", { name: "Steps" }).locator(":scope > li");
  await expect(steps.first()).toBeVisible({ timeout: 20_000 });
  const count = await steps.count(), [title, next] = await steps.getByRole("heading").allInnerTexts();
  // Later steps stand on those before them.
  await expect(dialog.getByRole("button", { name: /^Apply(?! all)/ })).toHaveCount(1);
  await dialog.getByRole("button", { name: /^Apply(?! all)/ }).click();
  await expect(toasts(page)).toContainText(`${title ?? ""}. Undo takes it back.`);
  await expect(steps.first().getByRole("heading")).toHaveText(next ?? "", { timeout: 20_000 });
  await expect(steps).toHaveCount(count - 1);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe(`Undo: fix: ${title ?? ""}`);
  expect(await findingIds(page)).not.toEqual(before);
  await choose(app, "edit.undo");
  await expect.poll(() => findingIds(page)).toEqual(before);
});

test("a cell of the matrix opens its flows and draws their path", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await page.getByRole("radio", { name: "Matrix" }).click();
  await page.getByRole("gridcell", { name: /^Tenant A to Tenant B: violating/ }).click();
  const panel = page.getByRole("complementary", { name: "From Tenant A to Tenant B" });
  await expect(panel).toContainText("violating");
  await expect(panel).toContainText("a-web → b-db");
  await picture(app, page, "matrix");
  await panel.getByRole("button", { name: "Show path", exact: true }).click();
  await expect(page.locator(".layer-path-line path.path-violation")).toHaveAttribute("d", /^M/);
});

test("a trace says why, and why not", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await choose(app, "analysis.trace");
  const dialog = page.getByRole("dialog", { name: "Trace" });
  await fill(dialog.getByRole("combobox", { name: "From" }), "vm:a-web");
  await fill(dialog.getByRole("combobox", { name: "To" }), "vm:b-db");
  await expect(dialog.getByRole("status")).toContainText("Reachable");
  await expect(dialog.getByRole("list", { name: "Path" })).toContainText("tags 100");
  await fill(dialog.getByRole("combobox", { name: "From" }), "external:internet");
  await fill(dialog.getByRole("combobox", { name: "To" }), "external:admins");
  await expect(dialog.getByRole("status")).toContainText(/Not reachable/);
  await picture(app, page, "trace");
  await fill(dialog.getByRole("combobox", { name: "To" }), "vm:nobody");
  await expect(dialog.getByRole("alert")).toContainText("nobody");
  await fill(dialog.getByRole("combobox", { name: "From" }), "vm:a-web");
  await fill(dialog.getByRole("combobox", { name: "To" }), "vm:b-db");
  await dialog.getByRole("button", { name: "Show on canvas" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".layer-path-line path.path-violation")).toHaveAttribute("d", /^M/);
});
