/** A firewall's rules: written by keyboard, moved, checked and tried with a packet. */
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { analysed, drag, drop, findingOf, inspector, middle, newDocument, place, saveAs, thing } from "./drawing";
import { choose, expect, menuItem, test, type Running } from "./fixtures";
import { picture } from "./pictures";

/** One host with a VM of each of two tenants, and a distributed firewall. */
async function drawTenants({ page }: Running): Promise<void> {
  await drop(page, "Hypervisor", await place(page, 0.3, 0.3));
  await drop(page, "Virtual switch", await middle(thing(page, "esx-1")));
  await drop(page, "Port group", await middle(thing(page, "esx-1-vswitch0")));
  for (const tenant of ["Tenant A", "Tenant B"]) {
    await page.getByRole("button", { name: "+ Add tenant" }).click();
    await expect(page.getByRole("group", { name: "Tenants" }).getByRole("button", { name: tenant })).toHaveAttribute("aria-pressed", "true");
    await drop(page, "VM", await middle(thing(page, "esx-1"), 0.1));
  }
  await drop(page, "Distributed fw", await place(page, 0.8, 0.8));
}

function grid(page: Page): Locator {
  return page.getByRole("grid", { name: /^Rules/ });
}

function cell(page: Page, row: number, column: string): Locator {
  return page.locator(`#rule-${row}-${column}`);
}

/** A rule as one reads it. */
async function rows(page: Page): Promise<string[]> {
  const read = async (row: number): Promise<string> => (await Promise.all(["name", "action", "from", "to", "services"].map((column) => cell(page, row, column).innerText()))).join(" ").replace(/\s+/g, " ");
  const count = Number(await grid(page).getAttribute("aria-rowcount")) - 2;
  return Promise.all(Array.from({ length: count }, (_, row) => read(row)));
}

/** Adds a rule below the one in hand: from, to and services, cell by cell, then its action. */
async function write(page: Page, from: string, to: string, services: string, action?: string): Promise<void> {
  await page.keyboard.press("Control+Enter");
  for (const text of [from, to]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type(services);
  await page.keyboard.press("Enter");
  await expect(grid(page)).toBeFocused();
  if (action === undefined) return;
  for (let left = 0; left < 3; left += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(action);
  await page.keyboard.press("Enter");
}

test("build a rule set: written by keyboard, one rule is shadowed, a packet finds the rule that decides it, moves are undone by name", async ({ launch, folder }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  await drawTenants(running);
  const firewall = page.locator(".react-flow__node").filter({ hasText: /distributed|dfw/i }).first();
  await firewall.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Edit Rules…" }).click();
  await expect(grid(page)).toBeVisible();

  await grid(page).focus();
  await write(page, "tenant:tenant-a", "tenant:tenant-b", "any", "deny");
  await write(page, "a-1", "vm:b-1", "443");
  await write(page, "tenant:tenant-b", "any", "icmp, tcp/22", "d");
  expect(await rows(page)).toEqual(["r1 deny tenant:tenant-a tenant:tenant-b any", "r2 allow vm:a-1 vm:b-1 tcp/443", "r3 deny tenant:tenant-b any icmp, tcp/22"]);
  await expect(cell(page, 1, "check")).toHaveText("shadowed by r1");
  await expect(inspector(page).getByRole("heading", { name: "r3" })).toBeVisible();

  await choose(app, "analysis.hitTest");
  await page.getByRole("combobox", { name: "Packet from" }).fill("a-1");
  await page.getByRole("combobox", { name: "Packet to" }).fill("b-1");
  await page.getByRole("textbox", { name: "Service of the packet" }).fill("tcp/443");
  const test = page.getByRole("region", { name: "Hit test" });
  await expect(test).toContainText("Denied by rule 1, r1");
  await expect(cell(page, 0, "check")).toHaveText("denies tcp/443");
  await expect(cell(page, 1, "check")).toHaveText("not reached");
  await picture(app, page, "rules");

  await cell(page, 1, "name").click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(test).toContainText("Allowed by rule 1, r2");
  expect((await rows(page))[0]).toContain("r2 allow");
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: move rule r2 above r1");
  await page.keyboard.press("Control+Z");
  await expect(test).toContainText("Denied by rule 1, r1");

  await page.getByRole("textbox", { name: "Service of the packet" }).fill("tcp/0");
  await expect(test.getByRole("alert")).toContainText("is not a service");
  await page.getByRole("button", { name: "Close the hit test" }).click();
  await drag(page, await middle(cell(page, 1, "number")), await middle(cell(page, 0, "number"), 0.1));
  await expect.poll(() => rows(page)).toEqual([expect.stringContaining("r2"), expect.stringContaining("r1"), expect.stringContaining("r3")]);
  await expect(cell(page, 0, "check")).toHaveText("");
  expect(await saveAs(app, page, join(folder, "rules.bulkhead.json"))).toMatchObject({
    distributedFirewalls: { [(await firewallId(page))]: { rules: [{ id: "r2", action: "allow", from: ["vm:a-1"], services: ["tcp/443"] }, { id: "r1", action: "deny" }, { id: "r3", services: ["icmp", "tcp/22"] }] } },
  });
});

async function firewallId(page: Page): Promise<string> {
  await page.getByRole("radio", { name: "Canvas" }).click();
  return (await page.locator(".react-flow__node").filter({ hasText: /distributed|dfw/i }).first().getAttribute("data-id")) ?? "";
}

test("a cell refuses what is no selector and says what would be one; Delete and duplicate act on the rule, never on the firewall", async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  await drawTenants(running);
  await choose(app, "view.rules");
  await grid(page).focus();
  await write(page, "tenant:tenant-a", "any", "any");
  await cell(page, 0, "from").dblclick();
  const field = page.getByRole("combobox", { name: "From of rule r1" });
  await field.fill("tenant:nobody");
  await field.press("Enter");
  await expect(page.getByRole("alert")).toContainText("names nothing in $.tenants");
  await field.press("Escape");
  await expect(cell(page, 0, "from")).toHaveText("tenant:tenant-a");
  await expect(grid(page)).toBeFocused();

  await choose(app, "edit.duplicate");
  await expect.poll(() => rows(page)).toEqual(["r1 allow tenant:tenant-a any any", "r1-2 allow tenant:tenant-a any any"]);
  await cell(page, 1, "enabled").click();
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toBe("Undo: turn rule r1-2 off");
  await page.keyboard.press("Delete");
  await choose(app, "edit.delete");
  await expect.poll(() => rows(page)).toEqual([]);
  await expect.poll(async () => (await menuItem(app, "edit.delete"))?.enabled).toBe(false);
  await grid(page).focus();
  await page.keyboard.press("Delete");
  await expect(grid(page)).toBeVisible();
  await cell(page, 0, "action").dblclick();
  await page.getByRole("option", { name: "deny" }).click();
  await page.keyboard.press("Enter");
  await expect(cell(page, 0, "action")).toHaveText("deny");
  await analysed(page);
  await page.keyboard.press("Control+Z");
  await expect(findingOf(page, "FW-001")).toBeVisible();
});

test("findings about a filter stay with its rules, and lead to them from the canvas and the inspector", async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await newDocument(running);
  await drawTenants(running);
  await choose(app, "view.rules");
  await findingOf(page, "FW-001").click();
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole("article", { name: /^Evidence of FW-001/ })).toContainText("Edit rules…");
  await page.getByRole("radio", { name: "Canvas" }).click();
  await expect(grid(page)).toHaveCount(0);
  await page.getByRole("article", { name: /^Evidence of FW-001/ }).getByRole("button", { name: "Edit rules…" }).click();
  await expect(grid(page)).toBeVisible();
  await expect.poll(async () => (await menuItem(app, "edit.paste"))?.enabled).toBe(false);
  await page.getByRole("radio", { name: "Canvas" }).click();
  await inspector(page).getByRole("button", { name: "Edit rules…" }).click();
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("Insert");
  await expect(page.getByRole("combobox", { name: "From of rule r1" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(cell(page, 0, "check")).toHaveText("matches nothing");
});

test("the inspector tells a finding about a rule once, at the rule that it is about", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  await newDocument(running);
  await drawTenants(running);
  await choose(running.app, "view.rules");
  await grid(page).focus();
  await write(page, "tenant:tenant-a", "any", "any", "deny");
  await write(page, "a-1", "any", "443");
  await expect(cell(page, 1, "check")).toHaveText("shadowed by r1");
  await page.getByRole("radio", { name: "Canvas" }).click();
  const told = inspector(page).locator(".entry-body").getByRole("button", { name: /FW-003/ });
  await inspector(page).getByRole("button", { name: /^r2 / }).click();
  await expect(told).toHaveCount(1);
  await inspector(page).getByRole("button", { name: /^r1 / }).click();
  await expect(inspector(page).locator(".entry-body")).toHaveCount(2);
  await expect(told).toHaveCount(1);
});
