/** What becomes of people's files: saved whole or not at all, never lost, never overwritten unasked. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { DocumentState } from "../shared/ipc";
import { serious } from "./axe";
import { answerMessageBox, answerOpenDialog, answerSaveDialog, choose, expect, kill, menuItem, questions, startAgain, test, titles } from "./fixtures";

const document = (name: string): string => `{\n  "format": "bulkhead/1",\n  "name": ${JSON.stringify(name)}\n}\n`;

/** Opens a file through the dialog and returns its handle. */
async function openedHandle(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const result = await window.bulkhead.openDocument();
    return result.status === "opened" ? result.file.handle : result.status;
  });
}

const clean: DocumentState = { title: "Draft", dirty: false, undo: null, redo: null, disabled: [], checked: [] };

test("a save replaces the file whole, keeps its mode and leaves nothing beside it", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("before"));
  chmodSync(path, 0o640);
  await answerOpenDialog(app, path);
  const handle = await openedHandle(page);
  const inode = statSync(path).ino;
  const result = await page.evaluate(([to, text]) => window.bulkhead.save(to ?? null, text ?? "", "x"), [handle, document("after")]);
  expect(result).toEqual({ status: "saved", handle, name: "network.bulkhead.json" });
  expect(readFileSync(path, "utf8")).toBe(document("after"));
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(statSync(path).ino).not.toBe(inode);
  expect(readdirSync(folder).sort()).toEqual(["network.bulkhead.json", "profile"]);
});

test("a save through a symbolic link writes the file that it names", async ({ launch, folder }) => {
  const { app, page } = await launch();
  mkdirSync(join(folder, "real"));
  const path = join(folder, "real/network.bulkhead.json");
  writeFileSync(path, document("before"));
  symlinkSync(path, join(folder, "link.bulkhead.json"));
  await answerOpenDialog(app, join(folder, "link.bulkhead.json"));
  const handle = await openedHandle(page);
  await page.evaluate(([to, text]) => window.bulkhead.save(to ?? null, text ?? "", "x"), [handle, document("after")]);
  expect(readFileSync(path, "utf8")).toBe(document("after"));
  expect(readdirSync(join(folder, "real"))).toEqual(["network.bulkhead.json"]);
});

test("what the page still says of the document before takes what was recovered from no journal", async ({ launch, profile }) => {
  const first = await launch();
  await first.page.evaluate((text) => window.bulkhead.autosave(null, null, text, "Draft"), document("draft"));
  await kill(first.app);
  const { page } = await launch();
  await page.evaluate(async () => {
    for (const { id } of await window.bulkhead.recovered()) await window.bulkhead.openRecovered(id);
    await window.bulkhead.autosave(null, null, null, "Untitled");
  });
  expect(readdirSync(join(profile, "Bulkhead/recovery")).filter((name) => name.endsWith(".journal"))).toHaveLength(1);
});

test("what the page still says of the document before takes the file from none that was opened since", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("before"));
  await answerOpenDialog(app, path);
  const saved = await page.evaluate(async (text) => {
    const result = await window.bulkhead.openDocument();
    await window.bulkhead.autosave(null, null, null, "Untitled");
    return result.status === "opened" ? window.bulkhead.save(result.file.handle, text, "x") : result.status;
  }, document("after"));
  expect(saved).toMatchObject({ status: "saved", name: "network.bulkhead.json" });
  expect(readFileSync(path, "utf8")).toBe(document("after"));
});

test("a save that the system refuses leaves the file as it was and says why", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("before"));
  await answerSaveDialog(app, join(folder, "no such folder/network.bulkhead.json"));
  const result = await page.evaluate((text) => window.bulkhead.saveAs(null, text, "x"), document("after"));
  expect(result).toEqual({ status: "failed", name: "network.bulkhead.json", message: "it does not exist" });
});

test("Save As suggests a name with the extension and adds it to a name without", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await answerSaveDialog(app, join(folder, "plan"));
  const result = await page.evaluate((text) => window.bulkhead.save(null, text, "../My plan"), document("plan"));
  expect(result).toMatchObject({ status: "saved", name: "plan.bulkhead.json" });
  expect(readFileSync(join(folder, "plan.bulkhead.json"), "utf8")).toBe(document("plan"));
});

test("what could not be opened again is not written", async ({ launch, folder }) => {
  const { app, page } = await launch();
  await answerSaveDialog(app, join(folder, "plan.bulkhead.json"));
  const result = await page.evaluate(() => window.bulkhead.save(null, '{"format":"bulkhead/1"}', "plan"));
  expect(result).toMatchObject({ status: "invalid", problems: [expect.stringContaining("name")] });
  expect(existsSync(join(folder, "plan.bulkhead.json"))).toBe(false);
});

test("a file that is no document is refused with every problem and never overwritten", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "broken.bulkhead.json");
  const broken = '{ "format": "bulkhead/1", "nmae": "x", "vms": { "a": {} } }';
  writeFileSync(path, broken);
  await answerOpenDialog(app, path);
  const refused = await page.evaluate(() => window.bulkhead.openDocument());
  expect(refused).toMatchObject({ status: "refused", name: "broken.bulkhead.json" });
  expect(refused.status === "refused" ? refused.problems.length : 0).toBeGreaterThan(2);
  await answerSaveDialog(app, path, join(folder, "other.bulkhead.json"));
  await answerMessageBox(app, "OK");
  const saved = await page.evaluate((text) => window.bulkhead.save(null, text, "x"), document("mine"));
  expect(await questions(app)).toEqual(["“broken.bulkhead.json” was not overwritten."]);
  expect(saved).toMatchObject({ status: "saved", name: "other.bulkhead.json" });
  expect(readFileSync(path, "utf8")).toBe(broken);
});

test("a file that another program has changed is overwritten only when the user says so", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  await answerOpenDialog(app, path);
  const handle = await openedHandle(page);
  writeFileSync(path, document("by another program"));
  const save = (): Promise<{ status: string }> => page.evaluate(([to, text]) => window.bulkhead.save(to ?? null, text ?? "", "x"), [handle, document("mine")]);
  await answerMessageBox(app, "Cancel");
  expect(await save()).toEqual({ status: "cancelled" });
  expect(await questions(app)).toEqual(["“network.bulkhead.json” has changed on disk since it was opened."]);
  expect(readFileSync(path, "utf8")).toBe(document("by another program"));
  await answerMessageBox(app, "Save As…");
  await answerSaveDialog(app, join(folder, "mine.bulkhead.json"));
  expect(await save()).toMatchObject({ status: "saved", name: "mine.bulkhead.json" });
  expect(readFileSync(path, "utf8")).toBe(document("by another program"));
});

test("a handle means nothing in another window", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  await answerOpenDialog(app, path);
  const handle = await openedHandle(page);
  const [other] = await Promise.all([app.waitForEvent("window"), page.evaluate(() => window.bulkhead.newDocument())]);
  await other.waitForLoadState("load");
  await answerSaveDialog(app);
  const result = await other.evaluate(([to, text]) => window.bulkhead.save(to ?? null, text ?? "", "x"), [handle, document("theirs")]);
  expect(result).toEqual({ status: "cancelled" });
  expect(readFileSync(path, "utf8")).toBe(document("opened"));
});

test("a file that is open already is shown where it is", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  const { app, page } = await launch({ args: [path] });
  await answerOpenDialog(app, path);
  expect(await page.evaluate(() => window.bulkhead.openDocument())).toEqual({ status: "elsewhere" });
  expect(await titles(app)).toHaveLength(1);
});

test("a file that is asked for twice at once is shown once", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  const first = await launch({ args: [path] });
  await expect.poll(() => menuItem(first.app, "file.openRecent.0")).toMatchObject({ label: expect.stringContaining("network.bulkhead.json") });
  await first.app.close();
  const { app, page } = await launch();
  const results = await page.evaluate(() => Promise.all([window.bulkhead.openRecent(0), window.bulkhead.openRecent(0)]));
  expect(results.map(({ status }) => status)).toEqual(["opened", "elsewhere"]);
  expect(await titles(app)).toHaveLength(1);
});

test("recent files outlive the program, open by their place, and hide their paths", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  const first = await launch({ args: [path] });
  await expect.poll(() => menuItem(first.app, "file.openRecent.0")).toMatchObject({ label: expect.stringContaining("network.bulkhead.json") });
  await first.page.evaluate((state) => window.bulkhead.setDocumentState(state), clean);
  await first.app.close();
  const { page } = await launch();
  const recent = await page.evaluate(() => window.bulkhead.recentFiles());
  expect(recent).toEqual([{ name: "network.bulkhead.json", folder }]);
  const opened = await page.evaluate(() => window.bulkhead.openRecent(0));
  expect(opened).toMatchObject({ status: "opened", file: { name: "network.bulkhead.json", recovered: false } });
});

test("a program that was killed offers what it held, down to the last snapshot, with the file it belongs to", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("saved"));
  const first = await launch({ args: [path] });
  await first.page.evaluate(async ([one, two]) => {
    const start = await window.bulkhead.initialDocument();
    const handle = start.status === "opened" ? start.file.handle : null;
    await window.bulkhead.autosave(null, handle, one ?? "", "network.bulkhead.json");
    await window.bulkhead.autosave(null, handle, two ?? "", "network.bulkhead.json");
  }, [document("edit 1"), document("edit 2")]);
  await kill(first.app);
  expect(readFileSync(path, "utf8")).toBe(document("saved"));

  const { page } = await launch();
  const offered = await page.evaluate(() => window.bulkhead.recovered());
  expect(offered).toEqual([{ id: expect.any(String), name: "network.bulkhead.json", changedAt: expect.any(Number) }]);
  const saved = await page.evaluate(async (id) => {
    const result = await window.bulkhead.openRecovered(id);
    if (result.status !== "opened") return result;
    const text = new TextDecoder().decode(result.file.bytes);
    return { recovered: result.file.recovered, text, saved: await window.bulkhead.save(result.file.handle, text, "x"), left: await window.bulkhead.recovered() };
  }, offered[0]?.id ?? "");
  expect(saved).toMatchObject({ recovered: true, text: document("edit 2"), saved: { status: "saved", name: "network.bulkhead.json" }, left: [] });
  expect(readFileSync(path, "utf8")).toBe(document("edit 2"));
});

test("a program killed in the midst of writing keeps a whole snapshot", async ({ launch, profile }) => {
  const first = await launch();
  const filler = "x".repeat(4_000_000);
  // The window's own first snapshot, 0.8 s after it has opened, says that there is nothing to keep: it must not come in between.
  await first.page.waitForTimeout(1500);
  void first.page
    .evaluate(async (text) => {
      for (let round = 0; ; round += 1) await window.bulkhead.autosave(null, null, `{"format":"bulkhead/1","name":"round ${round}","description":"${text}"}\n`, "Draft");
    }, filler)
    .catch(() => undefined);
  await expect.poll(() => readdirSync(join(profile, "Bulkhead/recovery")).some((name) => name.endsWith(".journal"))).toBe(true);
  await first.page.waitForTimeout(300).catch(() => undefined);
  await kill(first.app);
  const { page } = await launch();
  const text = await page.evaluate(async () => {
    const id = (await window.bulkhead.recovered())[0]?.id ?? "";
    const result = await window.bulkhead.openRecovered(id);
    return result.status === "opened" ? new TextDecoder().decode(result.file.bytes) : result.status;
  });
  expect(text).toMatch(/^\{"format":"bulkhead\/1","name":"round \d+","description":"x+"\}\n$/);
  expect(text.length).toBeGreaterThan(filler.length);
});

test("a recovered document that is given up is not offered again", async ({ launch }) => {
  const first = await launch();
  await first.page.evaluate((text) => window.bulkhead.autosave(null, null, text, "Draft"), document("draft"));
  await kill(first.app);
  const second = await launch();
  await second.page.evaluate(async () => {
    for (const { id } of await window.bulkhead.recovered()) await window.bulkhead.discardRecovery(id);
  });
  await kill(second.app);
  const third = await launch();
  expect(await third.page.evaluate(() => window.bulkhead.recovered())).toEqual([]);
});

test("a document without changes closes unasked", async ({ launch }) => {
  const { app, page } = await launch();
  await page.evaluate((state) => window.bulkhead.setDocumentState(state), clean);
  await Promise.all([app.waitForEvent("close"), choose(app, "file.close").catch(() => undefined)]);
});

test("an export never takes the place of a document", async ({ launch, folder }) => {
  const { app, page } = await launch();
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("kept"));
  const write = (): Promise<{ status: string }> => page.evaluate(() => window.bulkhead.saveExport("network.svg", new Uint8Array([60, 115, 118, 103, 47, 62])));
  await answerSaveDialog(app, path);
  expect(await write()).toMatchObject({ status: "failed" });
  expect(readFileSync(path, "utf8")).toBe(document("kept"));
  await answerSaveDialog(app, join(folder, "network.svg"));
  expect(await write()).toEqual({ status: "saved", name: "network.svg" });
  expect(readFileSync(join(folder, "network.svg"), "utf8")).toBe("<svg/>");
});

test("picked inventory files reach the page as text", async ({ launch, folder }) => {
  const { app, page } = await launch();
  writeFileSync(join(folder, "vm.xml"), "<domain/>");
  writeFileSync(join(folder, "net.xml"), "<network/>");
  await answerOpenDialog(app, join(folder, "vm.xml"), join(folder, "net.xml"));
  expect(await page.evaluate(() => window.bulkhead.pickImport())).toEqual({
    status: "import",
    journal: expect.any(String),
    files: [{ name: "vm.xml", text: "<domain/>" }, { name: "net.xml", text: "<network/>" }],
  });
});

test("a page that died goes on with the last snapshot", async ({ launch }) => {
  const { app, page } = await launch();
  await page.evaluate((text) => window.bulkhead.autosave(null, null, text, "Draft"), document("draft"));
  await answerMessageBox(app, "Reload");
  const crashed = page.waitForEvent("crash");
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await crashed;
  await expect.poll(() => questions(app)).toEqual(["This window has stopped working."]);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed())).toBe(false);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isLoading())).toBe(false);
  const ask = "window.bulkhead.initialDocument().then((start) => new TextDecoder().decode(start.file.bytes))";
  const start = await app.evaluate(({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code), ask);
  expect(start).toBe(document("draft"));
});

test("a second start hands its file to the program that runs: into the window if that holds nothing, else into a new one", async ({ launch, folder, profile }) => {
  const [first = "", second = ""] = ["first", "second"].map((name) => {
    const path = join(folder, `${name}.bulkhead.json`);
    writeFileSync(path, document(name));
    return path;
  });
  const { app, page } = await launch();
  await page.evaluate(() => window.bulkhead.initialDocument());
  const handed = page.evaluate(() => new Promise((resolve) => window.bulkhead.onOpen((result) => resolve(result.status === "opened" ? result.file.name : result.status))));
  await startAgain({ profile, args: [first] });
  expect(await handed).toBe("first.bulkhead.json");
  expect(await titles(app)).toHaveLength(1);
  const [other] = await Promise.all([app.waitForEvent("window"), startAgain({ profile, args: [second] })]);
  const shown = await other.evaluate(async () => {
    const start = await window.bulkhead.initialDocument();
    return start.status === "opened" ? start.file.name : start.status;
  });
  expect(shown).toBe("second.bulkhead.json");
});

test("a file that another program has changed is told of at once, and loading it again can be undone", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  const { page } = await launch({ args: [path] });
  const title = page.locator(".document-name");
  const notice = page.locator(".file-notice");
  await expect.poll(() => {
    writeFileSync(path, document(`by another program ${"!".repeat(Date.now() % 7)}`));
    return notice.isVisible();
  }).toBe(true);
  writeFileSync(path, document("by another program"));
  await expect(notice).toContainText("network.bulkhead.json has changed on disk. This window shows what it held before.");
  expect(await serious(page)).toEqual([]);
  await notice.getByRole("button", { name: "Load it again" }).click();
  await expect(notice).toHaveCount(0);
  await expect(title).toContainText("by another program");
  await page.keyboard.press("Control+Z");
  await expect(title).toContainText("opened");
});

test("what another program wrote and took back again is no change", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  writeFileSync(path, document("opened"));
  const { page } = await launch({ args: [path] });
  const notice = page.locator(".file-notice");
  await expect.poll(() => {
    writeFileSync(path, document(`other ${"!".repeat(Date.now() % 7)}`));
    return notice.isVisible();
  }).toBe(true);
  writeFileSync(path, document("opened"));
  await expect(notice).toHaveCount(0);
});
