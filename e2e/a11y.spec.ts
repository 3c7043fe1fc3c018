/** Everyone can use it: axe finds nothing serious in any state, and every part is reached without a mouse. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { serious } from "./axe";
import { analysed, fill, findingOf, inspector, pick, thing } from "./drawing";
import { answerOpenDialog, choose, expect, test } from "./fixtures";
import { picture } from "./pictures";

async function appearance(app: ElectronApplication, page: Page, theme: "light" | "dark"): Promise<void> {
  // What Playwright emulates would win over what the program wants.
  await page.emulateMedia({ colorScheme: null, reducedMotion: "reduce" });
  await choose(app, `view.theme.${theme}`);
  await expect.poll(() => page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(theme === "dark");
  // The letters follow a frame later than the ground: what one sees a moment after the switch is what counts.
  const light = (): Promise<boolean> => page.locator("h1").first().evaluate((title) => Number(/\d+/.exec(getComputedStyle(title).color)?.[0]) > 128);
  await expect.poll(light).toBe(theme === "dark");
}

for (const theme of ["light", "dark"] as const) {
  test(`the window has nothing serious for axe, ${theme}`, async ({ launch }) => {
    // Each look of axe takes seconds.
    test.slow();
    const { app, page } = await launch();
    await appearance(app, page, theme);
    await analysed(page);
    // Right after the switch some letters still have the old theme's colour; what counts is what stays.
    await expect.poll(() => serious(page), { timeout: 20_000 }).toEqual([]);
    await thing(page, "prod-1").click();
    expect.soft(await serious(page), "with a port group in the inspector").toEqual([]);
    await findingOf(page, "NET-001").click();
    await expect(page.getByRole("region", { name: /^Fix: / }).first()).toContainText("verified");
    await findingOf(page, "NET-001").locator(".finding-fold").click();
    expect.soft(await serious(page), "with the evidence of a finding, and what follows from it").toEqual([]);
    await choose(app, "edit.arrange");
    await expect(page.getByRole("region", { name: "Arrange" })).toBeVisible();
    expect.soft(await serious(page), "with an arrangement to look at").toEqual([]);
    await page.getByRole("region", { name: "Arrange" }).getByRole("button", { name: "Cancel" }).click();
    await pick(page, page.getByRole("region", { name: "Findings" }), "Grouping", "Group: rule");
    expect.soft(await serious(page), "with findings by rule").toEqual([]);
    await choose(app, "view.matrix");
    await page.getByRole("gridcell", { name: /^Tenant A to Tenant B: violating/ }).click();
    expect.soft(await serious(page), "with a cell of the matrix").toEqual([]);
    await choose(app, "view.attack");
    const panel = page.getByRole("complementary", { name: "Attack paths" });
    expect.soft(await serious(page), "with nothing asked about attacks").toEqual([]);
    await panel.getByRole("switch").click();
    await fill(panel.getByRole("combobox", { name: "From" }), "tenant:tenant-a");
    const cut = panel.getByRole("group", { name: /^Move Tenant A/ }).first();
    await cut.getByRole("button", { expanded: false }).click();
    await expect(cut).toContainText(/closes \d+ findings/, { timeout: 20_000 });
    expect.soft(await serious(page), "with attack paths").toEqual([]);
    await choose(app, "analysis.compareSaved");
    await expect(page.getByText(/^Nothing differs/)).toBeVisible();
    expect.soft(await serious(page), "with nothing to compare").toEqual([]);
    await thing(page, "a-db").click();
    await page.keyboard.press("Delete");
    await page.getByRole("listbox", { name: "Flows that are different" }).getByRole("option").first().click();
    await expect(page.getByText(/^Drawn grey/)).toBeVisible();
    expect.soft(await serious(page), "with a comparison").toEqual([]);
    await choose(app, "edit.undo");
    await choose(app, "view.rules");
    await expect(page.getByRole("grid", { name: /^Rules/ })).toBeVisible();
    expect.soft(await serious(page), "with rules").toEqual([]);
    await page.getByRole("grid", { name: /^Rules/ }).focus();
    await page.keyboard.press("Control+Enter");
    await page.keyboard.type("ten");
    await expect(page.getByRole("listbox", { name: /^From of rule/ })).toBeVisible();
    expect.soft(await serious(page), "with a cell that is written").toEqual([]);
    await page.keyboard.press("Escape");
    await choose(app, "analysis.hitTest");
    await page.getByRole("combobox", { name: "Packet from" }).fill("a-web");
    await page.getByRole("combobox", { name: "Packet to" }).fill("b-db");
    await expect(page.getByRole("region", { name: "Hit test" })).toContainText(/allowed by|denied by/i);
    expect.soft(await serious(page), "with a hit test").toEqual([]);
  });

  test(`the table has nothing serious for axe, ${theme}`, async ({ launch }) => {
    const { app, page } = await launch();
    await appearance(app, page, theme);
    await analysed(page);
    await choose(app, "view.table");
    await expect(page.getByRole("grid", { name: "Table of VMs" })).toBeVisible();
    await page.locator("#table-1-tenant").click();
    expect.soft(await serious(page), "with a table").toEqual([]);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("listbox", { name: /^Tenant of/ })).toBeVisible();
    expect.soft(await serious(page), "with a cell of the table that is written").toEqual([]);
    await page.keyboard.press("Escape");
    await app.evaluate(({ clipboard }) => clipboard.writeText("Name\tHypervisor\nx\tesx-1\ny\tesx-9"));
    await page.keyboard.press("Control+Shift+V");
    await expect(page.getByRole("dialog", { name: "Paste as new VMs" }).getByRole("alert")).toBeVisible();
    expect.soft(await serious(page), "with a paste that has an error").toEqual([]);
  });

  test(`no dialog has anything serious for axe, ${theme}`, async ({ launch }) => {
    // Each look of axe takes seconds.
    test.slow();
    const { app, page } = await launch();
    await appearance(app, page, theme);
    await analysed(page);
    // As above.
    await expect.poll(() => serious(page), { timeout: 20_000 }).toEqual([]);
    for (const command of ["analysis.trace", "analysis.fixPlan", "analysis.segmentation", "file.export", "file.print", "help.shortcuts", "file.newFrom", "view.commandPalette"] as const) {
      await choose(app, command);
      await expect(page.getByRole("dialog")).toBeVisible();
      if (command === "analysis.fixPlan") await expect(page.getByRole("list", { name: "Steps" })).toBeVisible({ timeout: 20_000 });
      if (command === "file.export" || command === "file.print") await expect(page.getByRole("region", { name: "Preview" }).getByRole("status")).toHaveText(/^Page 1 of /, { timeout: 20_000 });
      expect.soft(await serious(page), command).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    await findingOf(page, "VM-001").click();
    await page.getByRole("button", { name: "About VM-001…" }).click();
    await expect(page.getByRole("dialog")).toContainText("When it fires");
    expect.soft(await serious(page), "about a rule").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Accept this risk…" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect.soft(await serious(page), "accept a risk").toEqual([]);
    await page.keyboard.press("Escape");
    await choose(app, "help.tour");
    await page.getByRole("dialog").getByRole("button", { name: "Next" }).click();
    await expect(page.getByRole("article", { name: /^Evidence of / })).toBeVisible();
    expect.soft(await serious(page), "a step of the tour").toEqual([]);
  });

  test(`menus, the empty window and what says that something went wrong have nothing serious for axe, ${theme}`, async ({ launch, folder }) => {
    test.slow();
    const { app, page } = await launch();
    await appearance(app, page, theme);
    await analysed(page);
    await expect.poll(() => serious(page), { timeout: 20_000 }).toEqual([]);
    await thing(page, "a-web").focus();
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menu")).toBeVisible();
    expect.soft(await serious(page), "the menu of a thing").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More" }).click();
    expect.soft(await serious(page), "the menu of the window").toEqual([]);
    await page.keyboard.press("Escape");
    const [bad, domain] = [join(folder, "bad.bulkhead.json"), join(folder, "web.xml")];
    writeFileSync(bad, '{"format":"bulkhead/1","nmae":"x"}');
    writeFileSync(domain, "<domain type='kvm'><name>web</name><memory>1</memory><odd/></domain>");
    await answerOpenDialog(app, bad);
    await choose(app, "file.open");
    await expect(page.getByRole("dialog")).toContainText("$.nmae");
    expect.soft(await serious(page), "a file that is refused").toEqual([]);
    await page.keyboard.press("Escape");
    await answerOpenDialog(app, domain);
    await choose(app, "file.import");
    await expect(page.getByRole("dialog", { name: "Imported web.xml" })).toBeVisible();
    expect.soft(await serious(page), "what an import tells").toEqual([]);
    await page.keyboard.press("Escape");
    await choose(app, "edit.selectAll");
    await page.keyboard.press("Delete");
    expect.soft(await serious(page), "an empty window").toEqual([]);
    await choose(app, "edit.undo");
    await expect(thing(page, "web")).toBeVisible();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700));
    await expect(page.locator(".top-find kbd")).toBeHidden();
    expect.soft(await serious(page), "a small window").toEqual([]);
  });
}

/** Where the focus is: the nearest part of the window that has a name. */
async function partInFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts: readonly (readonly [string, string])[] = [[".palette", "palette"], [".react-flow__node", "canvas"], [".inspector", "inspector"], [".findings", "findings"], [".top-bar", "top bar"], [".status-bar", "status bar"]];
    return parts.find(([selector]) => document.activeElement?.closest(selector) !== null)?.[1] ?? "elsewhere";
  });
}

test("Tab reaches palette, canvas, inspector and findings, and the focus is seen", async ({ launch }) => {
  const { page } = await launch();
  await analysed(page);
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let presses = 0; presses < 400 && reached.size < 6; presses += 1) {
    await page.keyboard.press("Tab");
    const part = await partInFocus(page);
    if (!reached.has(part) && part !== "elsewhere") {
      const seen = await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null) return false;
        const shows = (element: Element | null): boolean => element !== null && (getComputedStyle(element).outlineStyle !== "none" || getComputedStyle(element).boxShadow !== "none");
        return shows(focused) || shows(focused.closest(".field-box"));
      });
      if (!seen) unseen.push(part);
    }
    if (part !== "elsewhere") reached.add(part);
  }
  expect([...reached].sort()).toEqual(["canvas", "findings", "inspector", "palette", "status bar", "top bar"]);
  expect(unseen).toEqual([]);
});

test("without a mouse: a thing is chosen and nudged, a finding opened, a tool taken", async ({ launch }) => {
  const { app, page } = await launch();
  await analysed(page);
  await thing(page, "tor-1").focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page)).toContainText("physical switch");
  const before = await thing(page, "tor-1").getAttribute("style");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => thing(page, "tor-1").getAttribute("style")).not.toBe(before);
  await page.keyboard.press("Control+z");
  await choose(app, "analysis.nextFinding");
  await expect(page.getByRole("article", { name: /^Evidence of / })).toBeVisible();
  const list = page.getByRole("tree", { name: "Findings" });
  await list.focus();
  const first = await list.getAttribute("aria-activedescendant");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => list.getAttribute("aria-activedescendant")).not.toBe(first);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article", { name: /^Evidence of / })).toHaveCount(0);
  await choose(app, "help.shortcuts");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await picture(app, page, "keyboard");
  await page.keyboard.press("Escape");
  await choose(app, "view.commandPalette");
  await page.keyboard.type("Add hypervisor");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Hypervisor", exact: true })).toHaveAttribute("aria-pressed", "true");
});
