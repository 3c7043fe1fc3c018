/** Every command of the command palette, chosen one after the other from the same state. */
import type { Locator, Page } from "@playwright/test";
import { analysed, thing } from "./drawing";
import { answerOpenDialog, answerSaveDialog, choose, expect, menuItem, test, type Running } from "./fixtures";

/** They end the program or the document, or are the system's: other journeys choose them. */
const ELSEWHERE = new Set(["New", "Close Window", "Quit", "Print…", "Toggle Full Screen", "About Bulkhead", "Tour"]);

/** The commands that can be chosen now, by their labels. */
async function offered(page: Page): Promise<string[]> {
  const items = page.locator("[cmdk-item]:not([aria-disabled=true]) .menu-label");
  await expect(items.first()).toBeVisible();
  return items.allInnerTexts();
}

function palette(page: Page): Locator {
  return page.getByRole("dialog", { name: "Find a thing or run a command" });
}

/** Takes every step back. The palette knows of each at once, the menu bar a moment later. */
async function takeBack({ app, page }: Running): Promise<void> {
  for (;;) {
    await choose(app, "view.commandPalette");
    const undo = palette(page).locator("[cmdk-item]", { has: page.locator(".menu-label").getByText(/^Undo/) });
    const step = await undo.locator(".menu-label").innerText();
    if (step === "Undo") break;
    // A step has a name that says what it did.
    expect(step).toMatch(/^Undo: \w+ ./);
    await undo.click();
    await expect(palette(page)).toHaveCount(0);
  }
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
}

/** The sample as it was, with one VM in hand and the canvas in sight. */
async function atRest({ app, page }: Running): Promise<void> {
  await expect.poll(async () => {
    await page.keyboard.press("Escape");
    return page.getByRole("dialog").count();
  }).toBe(0);
  await takeBack({ app, page });
  await page.getByRole("radio", { name: "Canvas", exact: true }).click();
  for (const panel of ["view.palette", "view.inspector", "view.findings", "view.minimap"] as const) if ((await menuItem(app, panel))?.checked === false) await choose(app, panel);
  await choose(app, "view.zoomFit");
  await thing(page, "a-web").click();
  await expect.poll(async () => (await menuItem(app, "edit.duplicate"))?.enabled).toBe(true);
}

test("every command of the palette does something without an error, and whatever it changes is a step with a name", async ({ launch }) => {
  test.setTimeout(300_000);
  const running = await launch({ args: ["--sample=flawed-scenario"] });
  const { app, page } = running;
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") failures.push(message.text()); });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await answerOpenDialog(app);
  await answerSaveDialog(app, "");
  await analysed(page);
  await atRest(running);
  await choose(app, "view.commandPalette");
  const labels = (await offered(page)).filter((label) => !ELSEWHERE.has(label));
  expect(labels.length).toBeGreaterThan(60);
  expect(labels).not.toContain("Undo");
  for (const label of labels) {
    await test.step(label, async () => {
      await atRest(running);
      await choose(app, "view.commandPalette");
      await palette(page).getByRole("combobox").fill(label);
      await palette(page).locator("[cmdk-item]", { has: page.locator(".menu-label").getByText(label, { exact: true }) }).first().click();
      await expect(palette(page)).toHaveCount(0);
      await expect(page.locator(".toast-error"), label).toHaveCount(0);
      expect(failures, label).toEqual([]);
    });
  }
});
