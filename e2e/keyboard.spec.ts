/** The whole way by keyboard: from an empty window to a saved network whose finding is mended. */
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { analysed, newDocument, paletteItem, saved, thing, toasts } from "./drawing";
import { answerSaveDialog, choose, expect, menuItem, test } from "./fixtures";

/** Puts a thing of the palette, by its letter, on whatever has the keyboard. */
async function put(page: Page, letter: string, id: string): Promise<void> {
  await page.keyboard.press(letter);
  await page.keyboard.press("Enter");
  await expect(thing(page, id)).toBeFocused();
}

function announced(page: Page): Locator {
  return page.getByRole("status", { name: "What has just happened" });
}

test("draws a host, its switch and two VMs' worth of network, connects them, mends a finding and saves", async ({ launch, folder }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  await expect.poll(async () => {
    await choose(app, "view.nextPart");
    return page.evaluate(() => document.activeElement?.closest("#view") !== null);
  }).toBe(true);
  await put(page, "o", "srv1");
  await expect(announced(page)).toHaveText(/add host srv1\. host srv1 selected$/);
  await put(page, "h", "esx-1");
  await put(page, "s", "esx-1-vswitch0");
  await put(page, "p", "network-100");
  await put(page, "p", "network-110");

  // Out of the switch into the hypervisor; a VM there is not plugged in, because there are two port groups.
  await page.keyboard.press("Escape");
  await expect.poll(async () => {
    await page.keyboard.press("Control+ArrowUp");
    return page.evaluate(() => document.activeElement?.getAttribute("data-id"));
  }).toBe("esx-1");
  await put(page, "v", "vm-1");
  await expect(announced(page), "before the next is done: what is done at once is said in one breath").toHaveText(/VM vm-1 selected$/);

  // Alt goes on and keeps the VM selected; then both are connected.
  await page.keyboard.press("Alt+ArrowDown");
  await expect(thing(page, "network-100")).toBeFocused();
  await page.keyboard.press("Shift+Enter");
  await expect(announced(page)).toHaveText("2 things selected");
  await page.keyboard.press("c");
  await expect(page.locator('.cable[data-id="vm-1/eth0"]')).toHaveCount(1);

  // The host is moved: chosen with Enter, nudged with the arrows. The same key walks where nothing is chosen.
  await page.keyboard.press("Escape");
  await expect.poll(async () => {
    await page.keyboard.press("Control+ArrowUp");
    return page.evaluate(() => document.activeElement?.getAttribute("data-id"));
  }).toBe("srv1");
  const before = await thing(page, "srv1").getAttribute("style");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => thing(page, "srv1").getAttribute("style")).not.toBe(before);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Inspector" }).locator(":focus")).toHaveCount(1);

  // To the findings, down to the first that has a fix, and to its button.
  await analysed(page);
  await choose(app, "view.previousPart");
  const findings = page.getByRole("tree", { name: "Findings" });
  await expect(findings).toBeFocused();
  const fix = page.getByRole("region", { name: /^Fix: / }).first();
  await expect.poll(async () => {
    await page.keyboard.press("ArrowDown");
    return fix.waitFor({ timeout: 1500 }).then(() => true, () => false);
  }, { timeout: 30_000 }).toBe(true);
  const mended = await findings.getAttribute("aria-activedescendant");
  await expect.poll(async () => {
    await page.keyboard.press("Tab");
    return fix.getByRole("button", { name: "Apply" }).evaluate((button) => button === document.activeElement);
  }).toBe(true);
  await page.keyboard.press("Enter");
  await expect(page.locator(`[id="${mended ?? ""}"]`)).toHaveCount(0);
  await expect(toasts(page).last()).toContainText("Undo takes it back");
  // The keyboard is where it came from, not nowhere.
  await expect(findings).toBeFocused();

  const path = join(folder, "typed.bulkhead.json");
  await answerSaveDialog(app, path);
  await choose(app, "file.save");
  await expect(page.getByText("saved", { exact: true })).toBeVisible();
  expect(saved(path)).toMatchObject({
    hosts: { srv1: {} }, hypervisors: { "esx-1": { host: "srv1" } }, portGroups: { "network-100": {}, "network-110": {} },
    vms: { "vm-1": { hypervisor: "esx-1", nics: { eth0: { portGroup: "network-100" } } } },
  });
});

test("F6 goes round the parts of the window and comes back to where one was in each", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "tor-1").focus();
  const part = (): Promise<string | undefined> => page.evaluate(() => [".top-bar", ".palette", "#view", ".findings", ".inspector", ".status-bar"].find((selector) => document.activeElement?.closest(selector) !== null));
  const round: (string | undefined)[] = [];
  for (let presses = 0; presses < 6; presses += 1) {
    await choose(app, "view.nextPart");
    await expect.poll(part).not.toBe(round.at(-1) ?? "#view");
    round.push(await part());
  }
  expect(round).toEqual([".findings", ".inspector", ".status-bar", ".top-bar", ".palette", "#view"]);
  await expect(thing(page, "tor-1")).toBeFocused();
  await choose(app, "view.previousPart");
  await expect.poll(part).toBe(".palette");
});

test("whoever closes a dialog or the command palette is back where they were", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").focus();
  for (const command of ["view.commandPalette", "help.shortcuts", "file.export"] as const) {
    await choose(app, command);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(thing(page, "a-web")).not.toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(thing(page, "a-web")).toBeFocused();
  }
  // From one to the next.
  await choose(app, "view.commandPalette");
  await page.keyboard.type("Keyboard Shortcuts");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(thing(page, "a-web")).toBeFocused();
});

test("arrows walk over the sample along its cables, Tab comes to one thing, and undo is said", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").focus();
  for (const [key, id] of [["ArrowRight", "b-app"], ["ArrowDown", "prod-1"], ["Control+ArrowUp", "vsw-1"], ["ArrowDown", "tor-1"]] as const) {
    await page.keyboard.press(key);
    await expect(thing(page, id)).toBeFocused();
  }
  await expect(page.locator('.react-flow__node[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(announced(page)).toHaveText("physical switch tor-1 selected");
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/^Undo: /);
  await expect(announced(page)).not.toHaveText("physical switch tor-1 selected");
  await choose(app, "edit.undo");
  await expect(announced(page)).toHaveText(/^Undone: /);
});

test("a tenant is added by its letter and named, and the keyboard is where it was", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  await newDocument(running);
  await put(page, "h", "esx-1");
  await page.keyboard.press("t");
  await expect(page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
  await page.keyboard.type("Acme");
  await page.keyboard.press("Enter");
  await expect(thing(page, "esx-1")).toBeFocused();
  await put(page, "v", "acme-1");
  await expect(thing(page, "acme-1")).toHaveAttribute("aria-label", /Acme/);
});

test("keys from other programs do what hands expect: Ctrl+Y, and the zoom by + and the number pad", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  await thing(page, "tor-1").click();
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+Z");
  await expect(thing(page, "tor-1")).toBeVisible();
  await page.keyboard.press("Control+y");
  await expect(thing(page, "tor-1")).toHaveCount(0);
  const zoom = page.locator(".status-bar").getByText(/^\d+ %$/);
  const before = Number.parseInt(await zoom.innerText(), 10);
  await page.keyboard.press("Control++");
  await expect.poll(async () => Number.parseInt(await zoom.innerText(), 10)).toBeGreaterThan(before);
  await page.keyboard.press("Control+NumpadSubtract");
  await expect.poll(async () => Number.parseInt(await zoom.innerText(), 10)).toBe(before);
  // However fast they are pressed, as many steps out as in lead back.
  for (const key of ["Control++", "Control++", "Control++", "Control+NumpadSubtract", "Control+NumpadSubtract", "Control+NumpadSubtract"]) await page.keyboard.press(key);
  await expect.poll(async () => Number.parseInt(await zoom.innerText(), 10)).toBe(before);
});

test("what a button is for is said where the pointer rests and where the keyboard comes to, and goes with Escape", async ({ launch }) => {
  const { page } = await launch({ args: ["--sample=three-tier"] });
  await analysed(page);
  const tip = page.locator(".tooltip");
  const fit = page.getByRole("button", { name: "Zoom to fit", exact: true });
  await fit.hover();
  await expect(tip).toHaveText(/^Zoom to fit.*Ctrl\+0/);
  await expect(fit).toHaveAccessibleDescription(/^Zoom to fit/);
  await page.getByRole("button", { name: "Zoom in", exact: true }).hover();
  await expect(tip).toHaveText(/^Zoom in/);
  await page.mouse.down();
  await expect(tip).toHaveCount(0);
  await page.mouse.up();
  await page.mouse.move(0, 0);

  await paletteItem(page, "VM").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(paletteItem(page, "VM")).toBeFocused();
  await expect(tip).toContainText(/hypervisor/);
  await page.keyboard.press("Escape");
  await expect(tip).toHaveCount(0);
});

test("where the keyboard rests in a grid, its words come: all of them in the matrix, in a table only what is cut", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await analysed(page);
  const tip = page.locator(".tooltip");
  await choose(app, "view.matrix");
  await page.getByRole("grid", { name: /^Who reaches whom/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await expect(tip).toHaveText(/^Tenant B to Tenant A: violat/);
  await page.keyboard.press("ArrowRight");
  await expect(tip).toHaveText(/^Tenant B and itself/);
  await page.keyboard.press("Escape");
  await expect(tip).toHaveCount(0);

  await choose(app, "view.table");
  const grid = page.getByRole("grid", { name: "Table of VMs" });
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("F2");
  await page.keyboard.type("a name that is longer than any column of a table is wide");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Home");
  await expect(tip).toHaveText("a name that is longer than any column of a table is wide");
  await page.keyboard.press("ArrowDown");
  await expect(tip).toHaveCount(0);
  await page.waitForTimeout(800);
  await expect(tip).toHaveCount(0);
  // The words of a field come where its control has the keyboard.
  const forwards = page.getByRole("complementary", { name: "Inspector" }).getByRole("button", { name: /^Forwards traffic: / });
  await forwards.focus();
  await expect(tip).toHaveText("The guest routes or bridges between its own NICs.");
  await expect(forwards).toHaveAccessibleDescription("The guest routes or bridges between its own NICs.");
  expect(await page.locator("body :not(svg *)[title]").evaluateAll((all) => all.map((each) => each.outerHTML.slice(0, 200)))).toEqual([]);
});

test("the page of shortcuts lists the keys of the canvas", async ({ launch }) => {
  const { app, page } = await launch();
  await choose(app, "help.shortcuts");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toContainText("Canvas by keyboard");
  await expect(dialog).toContainText("go to the next thing, along cables");
  await expect(dialog).toContainText("Next Part of the Window");
});
