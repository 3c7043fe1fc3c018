/** The table: sorted, written, filled, pasted from a spreadsheet and taken back, by those who would rather type than draw. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ElectronApplication, Locator, Page } from "@playwright/test";
import { analysed, inspector, newDocument, pick, saveAs, thing, toasts } from "./drawing";
import { answerSaveDialog, choose, expect, menuItem, test, type Running } from "./fixtures";
import { picture } from "./pictures";

function grid(page: Page): Locator {
  return page.getByRole("grid", { name: /^Table of / });
}

function cell(page: Page, row: number, column: string): Locator {
  return page.locator(`#table-${row}-${column.replaceAll(".", "\\.")}`);
}

/** The names in the first column, from the top. */
async function names(page: Page): Promise<string[]> {
  return grid(page).getByRole("rowheader").allInnerTexts();
}

async function openTable({ app, page }: Running, kind: string): Promise<void> {
  if ((await page.getByRole("region", { name: "Table" }).count()) === 0) await choose(app, "view.table");
  await pick(page, page.getByRole("region", { name: "Table" }), "Kind", kind);
  await expect(page.getByRole("button", { name: `Kind: ${kind}` })).toBeVisible();
}

async function undoLabel(app: ElectronApplication): Promise<string | undefined> {
  return (await menuItem(app, "edit.undo"))?.label;
}

/** Copies a text somewhere else and presses Ctrl+V. */
async function paste({ app, page }: Running, text: string, keys = "Control+V"): Promise<void> {
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await page.keyboard.press(keys);
}

test("rows are sorted by a click on a name of a column, and a VLAN is written in its cell and taken back", async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await analysed(page);
  await openTable(running, "VMs");
  const tenants = (): Promise<string[]> => Promise.all([0, 1, 2, 3].map((row) => cell(page, row, "tenant").innerText()));
  const head = page.getByRole("columnheader", { name: "Tenant" });
  await head.click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  expect(await tenants()).toEqual(["Tenant A", "Tenant A", "Tenant B", "Tenant B"]);
  await head.click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect.poll(() => names(page)).toEqual(["b-app", "b-db", "a-db", "a-web"]);
  await head.click();
  await expect(head).toHaveAttribute("aria-sort", "none");
  await expect.poll(() => names(page)).toEqual(["a-db", "a-web", "b-app", "b-db"]);

  await openTable(running, "Port groups");
  await expect(cell(page, 0, "vlan")).toHaveText("100");
  await grid(page).focus();
  await expect(grid(page)).toHaveAttribute("aria-activedescendant", "table-0-name");
  await cell(page, 0, "vlan").click();
  await expect(inspector(page).getByRole("heading", { name: "Production" })).toBeVisible();
  await page.keyboard.type("4095");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("a VLAN id from 1 to 4094", { ignoreCase: true });
  await page.keyboard.press("Escape");
  await expect(cell(page, 0, "vlan")).toHaveText("100");
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("F2");
  await page.getByRole("combobox", { name: "VLAN of Production" }).fill("trunk 100, 110 native 1");
  await page.keyboard.press("Enter");
  await expect(cell(page, 0, "vlan")).toHaveText("trunk 100,110 native 1");
  await expect.poll(() => undoLabel(app)).toBe("Undo: set VLAN of Production to trunk 100,110 native 1");
  await page.keyboard.press("Control+Z");
  await expect(cell(page, 0, "vlan")).toHaveText("100");
});

test("several rows are written at once, filled down, and given back to the default, each as one step with its name", async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await analysed(page);
  await openTable(running, "VMs");
  const zones = (): Promise<string[]> => Promise.all([0, 1, 2, 3].map((row) => cell(page, row, "zone").innerText()));
  const before = await zones();
  await cell(page, 0, "zone").click();
  await cell(page, 2, "zone").click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 of 4 selected")).toBeVisible();
  await expect(inspector(page).getByRole("heading", { name: "3 selected" })).toBeVisible();
  await page.keyboard.type("inner");
  await expect(page.getByText("Set Zone of 3 VMs")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(zones).toEqual(["inner", "inner", "inner", before[3]]);
  await expect.poll(() => undoLabel(app)).toBe("Undo: set zone of 3 VMs to inner");
  await page.keyboard.press("Control+Z");
  await expect.poll(zones).toEqual(before);

  await cell(page, 0, "tenant").click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+D");
  await expect(cell(page, 2, "tenant")).toHaveText("Tenant A");
  await expect.poll(() => undoLabel(app)).toBe("Undo: set tenant of b-app to Tenant A");
  await page.keyboard.press("Delete");
  await expect.poll(() => undoLabel(app)).toBe("Undo: clear tenant of 3 VMs");
  await expect(cell(page, 1, "tenant")).toHaveText("");
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+Z");
  await expect(cell(page, 2, "tenant")).toHaveText("Tenant B");
});

test("ten VMs come from a spreadsheet: one with a bad cell is told by line and column, left out, and the rest is one step", async ({ launch, folder }) => {
  const running = await launch();
  const { app, page } = running;
  await analysed(page);
  await openTable(running, "VMs");
  await cell(page, 0, "name").click();
  const lines = Array.from({ length: 10 }, (_, index) => [`shop-${index + 1}`, "Tenant A", index === 6 ? "esx-9" : "esx-1", "Production", `10.1.0.${150 + index}/24`].join("\t"));
  await paste(running, ["Name\tTenant\tHypervisor\tPort group\tAddresses", ...lines].join("\r\n"), "Control+Shift+V");
  const dialog = page.getByRole("dialog", { name: "Paste as new VMs" });
  await expect(dialog.getByRole("alert")).toContainText("Line 8, Hypervisor: No hypervisor is called “esx-9”: use esx-1, esx-2");
  await expect(dialog.getByRole("button", { name: "Paste", exact: true })).toBeDisabled();
  await picture(app, page, "table");
  await dialog.getByRole("switch", { name: "Leave out the row with errors" }).check();
  await dialog.getByRole("button", { name: "Add 9 VMs" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("9 of 13 selected")).toBeVisible();
  await expect.poll(() => undoLabel(app)).toBe("Undo: paste 9 VMs");
  const document = await saveAs(app, page, join(folder, "shop.bulkhead.json"));
  expect(document["vms"]).toMatchObject({ "shop-1": { name: "shop-1", tenant: "tenant-a", hypervisor: "esx-1", nics: { eth0: { addresses: ["10.1.0.150/24"] } } } });
  expect(Object.keys(document["vms"] as object)).not.toContain("shop-7");
  await choose(app, "edit.undo");
  await expect.poll(() => names(page)).toEqual(["a-db", "a-web", "b-app", "b-db"]);
});

test("what is copied pastes as text elsewhere and comes back into the cells, shown before it is done", async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await analysed(page);
  await openTable(running, "VMs");
  await cell(page, 0, "tenant").click();
  await cell(page, 1, "hypervisor").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+C");
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe("Tenant A\tesx-2\nTenant A\tesx-1");
  await cell(page, 0, "role").click();
  await paste(running, "jump-host\ninfrastructure");
  const dialog = page.getByRole("dialog", { name: "Paste into VMs" });
  await expect(dialog.getByRole("status")).toHaveText("Changes 2 cells of 2 VMs.");
  await dialog.getByRole("button", { name: "Change 2 cells" }).click();
  await expect(cell(page, 1, "role")).toHaveText("infrastructure");
  await expect.poll(() => undoLabel(app)).toBe("Undo: set role of a-db and a-web");
  await page.keyboard.press("Control+Z");
  await cell(page, 0, "role").click();
  await paste(running, "template");
  await expect(cell(page, 0, "role")).toHaveText("template");
  await page.keyboard.press("Control+Z");
  await paste(running, "boss");
  await expect(toasts(page)).toContainText("“boss” is none of workload");
});

test("rows are added, filtered, deleted with what needs them, shown on the canvas, and written to a file", async ({ launch, folder }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  await openTable(running, "Datastores");
  await expect(page.getByText("No datastores yet.")).toBeVisible();
  await page.getByRole("region", { name: "Table" }).getByRole("button", { name: "Add datastore" }).first().click();
  await page.keyboard.type("san-1");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["san-1"]);
  await openTable(running, "Hypervisors");
  await page.getByRole("region", { name: "Table" }).getByRole("button", { name: "Add hypervisor" }).first().click();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Table" }).getByRole("button", { name: "Add hypervisor" }).first().click();
  await page.keyboard.press("Escape");
  await expect.poll(() => names(page)).toEqual(["esx-1", "esx-2"]);
  await page.getByRole("textbox", { name: "Filter rows" }).fill("esx-2");
  await expect.poll(() => names(page)).toEqual(["esx-2"]);
  await cell(page, 0, "platform").click();
  await page.keyboard.press("Enter");
  await page.keyboard.type("prox");
  await page.keyboard.press("Enter");
  await expect(cell(page, 0, "platform")).toHaveText("proxmox");
  await answerSaveDialog(app, join(folder, "hypervisors.csv"));
  await choose(app, "file.exportCsv");
  await expect(toasts(page).last()).toContainText("Wrote hypervisors.csv.");
  expect(readFileSync(join(folder, "hypervisors.csv"), "utf8")).toMatch(/^\ufeffName,Host,Platform,Version,Id,Findings,Worst finding\r\nesx-2,srv2,proxmox,/);
  await cell(page, 0, "name").dblclick();
  await expect(thing(page, "esx-2")).toBeVisible();
  await choose(app, "view.table");
  await page.getByRole("textbox", { name: "Filter rows" }).fill("");
  await cell(page, 1, "name").click();
  await page.keyboard.press("Control+Delete");
  await expect.poll(() => names(page)).toEqual(["esx-1"]);
  await expect.poll(() => undoLabel(app)).toMatch(/^Undo: delete esx-2/);
});
