/** Menus: under the right button everywhere, and what the menu bar offers in which state. */
import type { ElectronApplication, Page } from "@playwright/test";
import { analysed, drag, drop, middle, paletteItem, place, thing, toasts } from "./drawing";
import { choose, expect, menuItem, test } from "./fixtures";

/** The lines of the menu that is open. */
async function lines(page: Page): Promise<string[]> {
  await expect(page.getByRole("menu").first()).toBeVisible();
  return page.getByRole("menuitem").locator(".menu-label").allInnerTexts();
}

async function enabled(app: ElectronApplication, id: string): Promise<boolean | undefined> {
  return (await menuItem(app, id))?.enabled;
}

/** The middle of a cable on the screen. */
async function onCable(page: Page, id: string): Promise<{ x: number; y: number }> {
  return page.locator(`.cable[data-id="${id}"] path`).first().evaluate((element) => {
    const path = element as SVGPathElement;
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined);
    return { x, y };
  });
}

test("a finding is asked about with the right button and with the key for menus", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  const row = page.locator('[role="treeitem"][id^="finding-NET-001:"]').first();
  await row.click({ button: "right" });
  expect(await lines(page)).toEqual(["Show Evidence", "Show on Canvas", "Unfold 1 More", "Attack Paths from a-db", "Accept This Risk…", "About NET-001…"]);
  await page.getByRole("menuitem", { name: "Show Evidence" }).click();
  await expect(page.getByRole("article", { name: /^Evidence of NET-001/ })).toBeVisible();
  await page.getByRole("tree", { name: "Findings" }).focus();
  await page.keyboard.press("Shift+F10");
  expect(await lines(page)).toContain("About NET-001…");
  await page.getByRole("menuitem", { name: "Accept This Risk…" }).click();
  await expect(page.getByRole("dialog")).toContainText("NET-001");
});

test("a cell of the matrix leads to its flows, the other way round, and a trace", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await choose(app, "view.matrix");
  const cell = page.getByRole("gridcell", { name: /^Tenant A to Tenant B: / });
  await cell.click({ button: "right" });
  expect(await lines(page)).toEqual(["Show Flows", "Other Direction", "Trace…", "Attack Paths from Tenant A", "Attack Paths to Tenant B"]);
  await page.getByRole("menuitem", { name: "Other Direction" }).click();
  await expect(page.getByRole("complementary", { name: "From Tenant B to Tenant A" })).toBeVisible();
  await cell.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Trace…" }).click();
  const trace = page.getByRole("dialog", { name: "Trace" });
  await expect(trace.getByRole("combobox", { name: "From" })).toHaveValue("tenant:tenant-a");
  await expect(trace.getByRole("combobox", { name: "To" })).toHaveValue("tenant:tenant-b");
});

test("a path asked for in the matrix is seen whole once the canvas is there", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=isolated-scenario"] });
  await analysed(page);
  await choose(app, "view.matrix");
  await page.getByRole("gridcell", { name: /^Tenant A to Tenant B: / }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Why Not…" }).click();
  await page.getByRole("dialog", { name: "Trace" }).getByRole("button", { name: "Show on canvas" }).click();
  await page.waitForTimeout(600);
  const canvas = await page.locator(".canvas").boundingBox();
  for (const id of ["tenant-b-1", "tenant-b-2", "edge"]) {
    const box = await thing(page, id).boundingBox();
    expect((box?.x ?? NaN) + (box?.width ?? NaN), id).toBeLessThanOrEqual((canvas?.x ?? NaN) + (canvas?.width ?? NaN));
    expect(box?.x ?? NaN, id).toBeGreaterThanOrEqual(canvas?.x ?? NaN);
  }
});

test("a panel that is asked for is seen, also from a view that has no place for it", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await choose(app, "view.attack");
  await expect(page.locator(".attack")).toBeVisible();
  await expect.poll(() => menuItem(app, "view.inspector")).toMatchObject({ checked: false });
  await page.getByRole("button", { name: /Show the document's properties/ }).click();
  await expect(page.locator(".inspector")).toContainText("Document");
  await choose(app, "view.table");
  await expect(page.locator(".table-grid")).toBeVisible();
  await expect(page.locator(".inspector")).toBeVisible();
  await expect.poll(() => menuItem(app, "view.palette")).toMatchObject({ checked: false });
  await choose(app, "view.palette");
  await expect(page.locator(".palette")).toBeVisible();
  await expect.poll(() => menuItem(app, "view.palette")).toMatchObject({ checked: true });
});

test("a head of the matrix has the menu that its tenant or thing has elsewhere", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await page.getByRole("navigation", { name: "Palette" }).getByRole("button", { name: /^Tenant A/ }).click({ button: "right" });
  const ofTenant = await lines(page);
  expect(ofTenant).toContain("Attack Paths from Here");
  await page.keyboard.press("Escape");
  await thing(page, "a-web").click({ button: "right" });
  const ofVm = await lines(page);
  await page.keyboard.press("Escape");

  await choose(app, "view.matrix");
  await page.getByRole("rowheader", { name: "Tenant A" }).click({ button: "right" });
  expect(await lines(page)).toEqual(ofTenant);
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Tenant A" }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Properties" }).click();
  await expect(page.getByRole("complementary", { name: "Inspector" }).getByRole("heading", { name: "Tenant A" })).toBeVisible();

  await page.getByRole("region", { name: "Matrix" }).getByText("VMs", { exact: true }).click();
  await page.getByRole("rowheader", { name: "a-web" }).click({ button: "right" });
  const ofHead = await lines(page);
  expect(ofHead[0]).toBe("Show on Canvas");
  expect(ofVm).toEqual(expect.arrayContaining(ofHead.slice(1)));
  expect(ofHead).toEqual(expect.arrayContaining(["Trace…", "Copy", "Delete"]));
  await page.getByRole("menuitem", { name: "Show on Canvas" }).click();
  await expect(thing(page, "a-web")).toBeFocused();
});

test("a column of the table is sorted by and hidden from the menu of its name", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await choose(app, "view.table");
  const head = page.getByRole("columnheader", { name: "Hypervisor" });
  await head.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Sort Descending" }).click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await head.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide Column" }).click();
  await expect(head).toHaveCount(0);
  await page.getByRole("columnheader", { name: "Name" }).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Hide Column" })).toBeDisabled();
  await page.getByRole("menuitem", { name: "Columns as They Were" }).click();
  await expect(head).toBeVisible();
});

test("every cable has a menu with what can be done with it and nothing else", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  const ids = await page.locator(".cable").evaluateAll((cables) => cables.flatMap((cable) => cable.getAttribute("data-id") ?? []));
  expect(ids.length).toBeGreaterThan(10);
  for (const id of ids) {
    const { x, y } = await onCable(page, id);
    await page.mouse.click(x, y, { button: "right" });
    const offered = await lines(page);
    // A vNIC or a cable of an external network is a part of another thing.
    expect(offered.includes("Copy"), id).toBe(offered.includes("Duplicate"));
    expect(offered.at(-1), id).toBe("Delete");
    // The line from a port group to its switch is the port group itself.
    expect(offered.includes("Rename"), id).toBe(id.includes(">vsw"));
    await page.getByRole("menuitem", { name: "Trace…" }).click();
    const from = page.getByRole("dialog", { name: "Trace" }).getByRole("combobox", { name: "From" });
    await expect(from, id).toHaveValue(/^(?:[\w:/-]+)?$/);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Escape");
  }
  await expect(toasts(page)).toHaveCount(0);
  const { x, y } = await onCable(page, "a-db/eth0");
  await page.mouse.click(x, y, { button: "right" });
  expect(await lines(page)).not.toContain("Copy");
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: delete eth0 of a-db");
});

test("what is selected is set in line from the menu bar and under the right button, as a step with a name", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  expect(await enabled(app, "edit.align.top")).toBe(false);
  await thing(page, "admins").click();
  await thing(page, "tor-1").click({ modifiers: ["Shift"] });
  await choose(app, "edit.align.left");
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: align Administrators and tor-1");
  await expect.poll(async () => Math.round(((await thing(page, "admins").boundingBox())?.x ?? 0) - ((await thing(page, "tor-1").boundingBox())?.x ?? 0))).toBe(0);
  await expect.poll(() => enabled(app, "edit.align.horizontally")).toBe(false);
  await thing(page, "internet").click({ modifiers: ["Shift"] });
  await thing(page, "internet").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Align", exact: true }).hover();
  await page.getByRole("menuitem", { name: "Distribute Horizontally" }).click();
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/^Undo: distribute /);
});

test("a text field has the menu of text, and the menu bar's Edit means the text that is typed", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  expect(await enabled(app, "edit.copy")).toBe(false);
  const name = page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Name", exact: true });
  await name.click();
  await expect.poll(() => enabled(app, "edit.copy")).toBe(true);
  await app.evaluate(({ Menu }) => {
    // A native menu is drawn by the system; what it would show is looked at instead.
    Object.assign(Menu.prototype, { popup(this: Electron.Menu) { Object.assign(globalThis, { shownMenu: this.items.map(({ role }) => role ?? "") }); } });
  });
  await name.click({ button: "right" });
  await expect.poll(() => app.evaluate(() => Object.getOwnPropertyDescriptor(globalThis, "shownMenu")?.value as string[] | undefined)).toContain("paste");
});

test("behind a dialog nothing is edited from the menu bar", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "a-web").click();
  await expect.poll(() => enabled(app, "edit.delete")).toBe(true);
  await choose(app, "help.shortcuts");
  await expect.poll(() => enabled(app, "edit.delete")).toBe(false);
  for (const id of ["edit.duplicate", "edit.arrange", "view.matrix", "view.zoomFit", "analysis.nextFinding"]) expect(await enabled(app, id), id).toBe(false);
  await page.keyboard.press("Escape");
  await expect.poll(() => enabled(app, "edit.delete")).toBe(true);
});

test("what is dropped on the legend or the map lands on the canvas beneath", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  await drop(page, "Router", await middle(page.locator(".legend")));
  await expect(thing(page, "gw-1")).toBeVisible();
  await drag(page, await middle(paletteItem(page, "Datastore")), await middle(page.locator(".minimap")));
  await expect(thing(page, "datastore1")).toHaveCount(1);
  await drop(page, "Host", await place(page, 0.03, 0.5));
  await expect(thing(page, "srv1")).toHaveCount(1);
});
