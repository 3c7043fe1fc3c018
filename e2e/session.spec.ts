/** An ordinary day: edits, undo, closing with and without saving, a power cut in between. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { answerMessageBox, answerSaveDialog, choose, expect, kill, menuItem, questions, ready, test, titles } from "./fixtures";
import { picture } from "./pictures";

const document = (name: string): string => `{\n  "format": "bulkhead/1",\n  "name": ${JSON.stringify(name)}\n}\n`;

/** Renames the document in the inspector, as a person edits. */
async function rename(page: Page, name: string): Promise<void> {
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Name", { exact: true });
  await field.fill(name);
  await field.press("Enter");
}

/** The journals of unsaved documents in a profile, by their content. */
function journals(profile: string): string[] {
  const folder = join(profile, "Bulkhead/recovery");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".journal")) : [];
  return names.map((name) => readFileSync(join(folder, name), "utf8"));
}

test("an edit marks the title, names itself in the menu, and goes away with undo", async ({ launch }) => {
  const { app, page } = await launch();
  await expect.poll(() => menuItem(app, "edit.undo")).toMatchObject({ label: "Undo", enabled: false });
  await rename(page, "R&D network");
  await expect.poll(() => titles(app)).toEqual(["• R&D network — Bulkhead"]);
  await expect.poll(() => menuItem(app, "edit.undo")).toMatchObject({ label: "Undo: set name of the document", enabled: true });
  await page.getByRole("button", { name: /^R&D network/ }).focus();
  await choose(app, "edit.undo");
  await expect.poll(() => titles(app)).toEqual([expect.stringMatching(/^Acme hosting.* — Bulkhead$/)]);
  await expect.poll(() => menuItem(app, "edit.redo")).toMatchObject({ label: "Redo: set name of the document", enabled: true });
});

test("work of up to a second before a kill is offered, recovered and saved to its file", async ({ launch, folder, profile }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("as saved"));
  const first = await launch({ args: [path] });
  await rename(first.page, "one");
  await rename(first.page, "two");
  const editedAt = Date.now();
  await expect.poll(() => journals(profile).join("")).toContain('"name": "two"');
  // When the snapshot was taken, which a busy machine's looking does not delay.
  const changedAt = Number(/"changedAt":(\d+)/.exec(journals(profile).join(""))?.[1]);
  expect(changedAt - editedAt).toBeLessThan(1500);
  await kill(first.app);
  expect(readFileSync(path, "utf8")).toBe(document("as saved"));

  const { app, page } = await launch();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Recover" })).toBeVisible();
  await picture(app, page, "recovery");
  await page.getByRole("dialog").getByRole("button", { name: "Recover" }).click();
  await expect.poll(() => titles(app)).toEqual(["• two — Bulkhead"]);
  await choose(app, "file.save");
  await expect.poll(() => readFileSync(path, "utf8")).toBe(document("two"));
  await expect.poll(() => titles(app)).toEqual(["two — Bulkhead"]);
  await expect.poll(() => journals(profile)).toEqual([]);
});

test("snapshots are taken while one goes on editing, not only when one rests", async ({ launch, profile }) => {
  const { page } = await launch();
  const firstSnapshot = (): boolean => /"name": "edit \d+"/.test(journals(profile).join(""));
  for (let edit = 1; edit <= 40 && !firstSnapshot(); edit += 1) {
    await rename(page, `edit ${edit}`);
    await page.waitForTimeout(100);
  }
  expect(firstSnapshot()).toBe(true);
});

test("a second power cut before the recovered work is saved loses nothing either", async ({ launch, profile }) => {
  const first = await launch();
  await rename(first.page, "draft");
  await expect.poll(() => journals(profile)).toHaveLength(1);
  await kill(first.app);
  const second = await launch();
  await second.page.getByRole("dialog").getByRole("button", { name: "Recover" }).click();
  await expect.poll(() => titles(second.app)).toEqual(["• draft — Bulkhead"]);
  await kill(second.app);
  const third = await launch();
  await expect(third.page.getByRole("dialog").getByRole("button", { name: "Recover" })).toHaveCount(1);
});

test("killed again and again, while one edits and while it saves, it loses nothing", async ({ launch, folder, profile }) => {
  test.setTimeout(240_000);
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("round 0"));
  for (let round = 1; round <= 6; round += 1) {
    const offered = journals(profile).length > 0;
    const { app, page } = await launch(offered ? {} : { args: [path] });
    if (offered) await page.getByRole("dialog").getByRole("button", { name: "Recover" }).click();
    await expect.poll(async () => (await titles(app))[0]).toContain(`round ${round - 1} — Bulkhead`);
    await rename(page, `round ${round}`);
    await expect.poll(() => journals(profile).join("")).toContain(`"name": "round ${round}"`);
    // Every other time it is killed in the midst of saving.
    if (round % 2 === 0) void choose(app, "file.save").catch(() => undefined);
    await page.waitForTimeout(round * 5).catch(() => undefined);
    await kill(app);
    const onDisk = readFileSync(path, "utf8");
    expect([document(`round ${round}`), ...Array.from({ length: round }, (_, index) => document(`round ${index}`))]).toContain(onDisk);
    expect(onDisk === document(`round ${round}`) || journals(profile).join("").includes(`"name": "round ${round}"`), `round ${round} is on the disk`).toBe(true);
  }
  await launch();
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp")), "nothing half-written stays beside the document").toEqual([]);
});

test("saved and unchanged documents leave nothing to recover", async ({ launch, folder, profile }) => {
  const first = await launch();
  await rename(first.page, "plan");
  await expect.poll(() => journals(profile)).toHaveLength(1);
  await answerSaveDialog(first.app, join(folder, "plan.bulkhead.json"));
  await choose(first.app, "file.save");
  await expect.poll(() => titles(first.app)).toEqual(["plan — Bulkhead"]);
  await expect.poll(() => journals(profile)).toEqual([]);
  await kill(first.app);
  const { page } = await launch();
  expect(await page.evaluate(() => window.bulkhead.recovered())).toEqual([]);
});

test("closing asks about unsaved changes: Cancel stays, Save writes and closes", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("as saved"));
  const { app, page } = await launch({ args: [path] });
  await rename(page, "changed");
  await expect.poll(() => titles(app)).toEqual(["• changed — Bulkhead"]);
  await answerMessageBox(app, "Cancel");
  await choose(app, "file.close");
  await expect.poll(() => questions(app)).toEqual(["Save the changes to “changed”?"]);
  expect(await titles(app)).toHaveLength(1);
  await answerMessageBox(app, "Save");
  await Promise.all([app.waitForEvent("close"), choose(app, "file.close").catch(() => undefined)]);
  expect(readFileSync(path, "utf8")).toBe(document("changed"));
});

test("a save that is cancelled keeps the window that was to close", async ({ launch }) => {
  const { app, page } = await launch();
  await rename(page, "draft");
  await expect.poll(() => titles(app)).toEqual(["• draft — Bulkhead"]);
  await answerMessageBox(app, "Save");
  await answerSaveDialog(app);
  await choose(app, "file.close");
  await expect.poll(() => questions(app)).toHaveLength(1);
  await page.waitForTimeout(500);
  expect(await titles(app)).toEqual(["• draft — Bulkhead"]);
});

test("Don’t Save closes and leaves nothing behind", async ({ launch, profile }) => {
  const { app, page } = await launch();
  await rename(page, "draft");
  await expect.poll(() => journals(profile)).toHaveLength(1);
  await answerMessageBox(app, "Don’t Save");
  await Promise.all([app.waitForEvent("close"), choose(app, "app.quit").catch(() => undefined)]);
  await expect.poll(() => journals(profile)).toEqual([]);
});

test("leaving asks each window with unsaved changes; a cancel keeps them", async ({ launch }) => {
  const { app, page } = await launch();
  await rename(page, "first");
  await expect.poll(() => titles(app)).toEqual(["• first — Bulkhead"]);
  const [other] = await Promise.all([app.waitForEvent("window"), choose(app, "file.new")]);
  await ready(app, other);
  await rename(other, "second");
  await expect.poll(async () => (await titles(app)).sort()).toEqual(["• first — Bulkhead", "• second — Bulkhead"]);
  await answerMessageBox(app, "Cancel");
  await choose(app, "app.quit");
  await expect.poll(async () => (await questions(app)).length).toBeGreaterThan(0);
  expect(await titles(app)).toHaveLength(2);
  await answerMessageBox(app, "Don’t Save");
  await Promise.all([app.waitForEvent("close"), choose(app, "app.quit").catch(() => undefined)]);
});

test("what is chosen in the menu before a window's page listens is done once it does", async ({ launch }) => {
  const { app, page } = await launch();
  await rename(page, "kept here");
  await expect.poll(() => titles(app)).toEqual(["• kept here — Bulkhead"]);
  const [second] = await Promise.all([
    app.waitForEvent("window"),
    app.evaluate(({ app: program, Menu }) => {
      const item = (id: string) => Menu.getApplicationMenu()?.getMenuItemById(id);
      program.once("browser-window-created", () => setImmediate(() => item("view.matrix")?.click()));
      item("file.new")?.click();
    }),
  ]);
  await expect(second.getByRole("radio", { name: "Matrix", exact: true })).toBeChecked();
});

test("the theme chosen is kept and reaches the page", async ({ launch }) => {
  const dark = (page: Page): Promise<boolean> => page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const first = await launch();
  await choose(first.app, "view.theme.dark");
  await expect.poll(() => dark(first.page)).toBe(true);
  await expect.poll(() => menuItem(first.app, "view.theme.dark")).toMatchObject({ checked: true });
  await first.app.close();
  const second = await launch();
  expect(await dark(second.page)).toBe(true);
  await choose(second.app, "view.theme.light");
  await expect.poll(() => dark(second.page)).toBe(false);
});
