/** From a tenant to the ways that lead out of it, on the sample network: what they are, what closes them, and back. */
import type { Page } from "@playwright/test";
import { analysed, fill, findingOf, thing, toasts } from "./drawing";
import { choose, expect, menuItem, test } from "./fixtures";
import { picture } from "./pictures";

function panel(page: Page): ReturnType<Page["locator"]> {
  return page.getByRole("complementary", { name: "Attack paths" });
}

function paths(page: Page): ReturnType<Page["locator"]> {
  return panel(page).getByRole("listbox", { name: "Paths" });
}

/** The words on the steps of the path that is drawn. */
function drawn(page: Page): Promise<string[]> {
  return page.locator(".layer-path-arrow.layer-attack text").allTextContents();
}

/** What the paths go by, one line each. */
async function channels(page: Page): Promise<string[]> {
  return paths(page).getByRole("option").locator("strong").allTextContents();
}

test("tenant A gets to tenant B as the subject says; a change closes ways, the smallest set closes all, and undo brings them back", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await page.getByRole("group", { name: "Tenants" }).getByRole("button", { name: "Tenant A" }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Attack Paths from Here" }).click();
  await expect(panel(page).getByRole("status").first()).toContainText("Tenant A gets at 1 tenant, 2 hypervisors and 2 management interfaces");
  await panel(page).getByRole("button", { name: /^Tenant B, 2 of 2 VMs/ }).click();
  await expect(panel(page).getByRole("status").first()).toContainText("5 paths from Tenant A to Tenant B");
  const chain = ["network", "clipboard → control", "memory", "network → management → control", "core"];
  expect(await channels(page)).toEqual(chain);
  await expect.poll(() => drawn(page)).toEqual(["network"]);
  await picture(app, page, "attack-paths");
  await expect(page.locator(".layer-path-line.layer-attack path").first()).toHaveAttribute("d", /^M[\d\s.,-]+C/);

  await paths(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => drawn(page)).toEqual(["clipboard", "control"]);
  await expect(page.locator(".layer-path-arrow.layer-attack path[stroke-dasharray]").first()).toHaveAttribute("stroke-dasharray", "7 4");
  await expect(panel(page).getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveText([/a-web/, /clipboard.*cost 2.*VM-001.*a-web shares the clipboard.*Needs.*esx-1/, /control.*cost 1.*HV-006.*b-app/]);

  const cut = panel(page).getByRole("group", { name: "Move Tenant A and Tenant B into a VLAN each" });
  await cut.getByRole("button", { expanded: false }).click();
  await expect(cut).toContainText(/closes [1-9]\d* findings · opens \d+ · breaks 0/);
  await cut.getByRole("button", { name: /^Apply/ }).click();
  await expect(toasts(page)).toContainText("Undo takes it back");
  await expect.poll(() => channels(page)).toEqual(["clipboard → control", "memory", "core"]);

  const whole = panel(page).getByRole("group", { name: /^Close every way: \d changes/ });
  await whole.getByRole("button", { name: /^Apply/ }).click();
  await expect(panel(page).getByRole("status").first()).toContainText("No way out of Tenant A to Tenant B");
  await expect(page.locator(".layer-attack")).toHaveCount(0);
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/^Undo: cut attack paths/);
  await choose(app, "edit.undo");
  await expect.poll(() => channels(page)).toEqual(["clipboard → control", "memory", "core"]);
  await choose(app, "edit.undo");
  await expect.poll(() => channels(page)).toEqual(chain);
});

test("a step leads to its finding, the finding to the attack, and closing the panel takes the path away", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  await findingOf(page, "VM-001").click();
  await page.getByRole("button", { name: /^Attack paths from a-/ }).click();
  await expect(panel(page).getByRole("combobox", { name: "From" })).toHaveValue(/^a-/);
  await fill(panel(page).getByRole("combobox", { name: "To" }), "hypervisor:esx-2");
  await expect(panel(page).getByRole("status").first()).toContainText(/paths? from a-\w+ to esx-2/);
  await paths(page).focus();
  await page.keyboard.press("End");
  await panel(page).getByRole("button", { name: /^Show finding / }).first().click();
  await expect(page.getByRole("article", { name: /^Evidence of / })).toBeVisible();
  await expect(panel(page)).toBeVisible();
  await page.getByRole("button", { name: "Close evidence" }).click();
  await expect(page.locator(".layer-attack").first()).toBeAttached();
  await page.getByRole("button", { name: "Close attack paths" }).click();
  await expect(panel(page)).toHaveCount(0);
  await expect(page.locator(".layer-attack")).toHaveCount(0);
});

test("what is there only if a VM moves says so, and is drawn so", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").click();
  await choose(app, "analysis.attackFrom");
  await fill(panel(page).getByRole("combobox", { name: "To" }), "b-db");
  await expect.poll(() => channels(page)).not.toContain("memory · if VMs move");
  await panel(page).getByRole("switch", { name: "Also if a VM moves to another host of its cluster" }).click();
  await expect.poll(() => channels(page)).toContain("memory · if VMs move");
  await paths(page).getByRole("option", { name: /memory · if VMs move/ }).click();
  await expect(panel(page).getByRole("list", { name: "Steps" })).toContainText(/only if (a-web|b-db) moves to esx-[12]/);
  await expect.poll(() => drawn(page)).toEqual(["memory, if moved"]);
  await expect(page.locator(".layer-path-arrow.layer-attack path[stroke-dasharray]").first()).toHaveAttribute("stroke-dasharray", "2 4");
});

test("an empty panel and a tenant from which nothing leads teach", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=isolated-scenario"] });
  await analysed(page);
  await choose(app, "view.attack");
  await expect(panel(page)).toContainText("Suppose somebody has a VM");
  await expect(panel(page).getByRole("heading", { name: "Attack paths" })).toBeVisible();
  await fill(panel(page).getByRole("combobox", { name: "From" }), "tenant:tenant-a");
  await expect(panel(page).getByRole("status").first()).toContainText("No way out of Tenant A");
  await expect(panel(page).getByRole("status").first()).toContainText("no shared clipboard, folder, memory, core, device or datastore");
  await fill(panel(page).getByRole("combobox", { name: "From" }), "tenant:nobody");
  await expect(panel(page).getByRole("alert")).toContainText("nobody");
});
