/** A data centre of five thousand things: it opens as a map, moves fluently, and is found, chosen and edited like any other document. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { generate } from "../bench/generate";
import { formatTopology } from "../shared/model/canonical";
import { analysed, canvas, drag, inspector, middle, saveAs, thing } from "./drawing";
import { answerOpenDialog, choose, expect, menuItem, test, type Journey, type Running } from "./fixtures";

/** With hosts, switches and port groups these are five thousand things. */
const VMS = 3450;
/** Milliseconds that the page's main thread computes in one go. Other programs on the machine make it wait, not compute: the limit is the same at any load. */
const LONGEST_TASK = 100;
const MOST_ELEMENTS = 2000;

/** A part of the journey and when it ended, in microseconds of the clock that traces tell on Linux too. */
interface Stage {
  readonly doing: string;
  readonly end: number;
}

const clock = (): number => Number(process.hrtime.bigint() / 1000n);

async function endStage(page: Page, doing: string): Promise<Stage> {
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  expect.soft(elements, `elements of the page after ${doing}`).toBeLessThan(MOST_ELEMENTS);
  return { doing, end: clock() };
}

/** Records the tasks of the program's threads from here on, with what each has computed. */
async function watchTasks(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ["disabled-by-default-devtools.timeline"], excluded_categories: ["*"] }));
}

/** An event of Chromium's trace; microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Absent where it went on when the recording ended. */
  readonly dur?: number;
  /** What the thread computed in it. */
  readonly tdur?: number;
}

/** The tasks of the page's main thread since `watchTasks`. */
async function recordedTasks(app: ElectronApplication): Promise<TraceEvent[]> {
  const page = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  const file = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
  const { traceEvents } = JSON.parse(readFileSync(file, "utf8")) as { readonly traceEvents: readonly TraceEvent[] };
  rmSync(file);
  // On Linux the main thread has the number of its process.
  return traceEvents.filter(({ name, pid, tid, dur }) => name === "RunTask" && pid === page && tid === page && dur !== undefined);
}

function expectFluent(tasks: readonly TraceEvent[], stages: readonly Stage[]): void {
  for (const [index, { doing, end }] of stages.entries()) {
    const start = stages[index - 1]?.end ?? 0;
    const computed = tasks.filter(({ ts }) => ts >= start && ts < end).map(({ tdur = Infinity }) => Math.round(tdur / 1000));
    const long = computed.filter((task) => task > 50);
    process.stdout.write(`    ${doing}: ${computed.length} tasks, ${long.length === 0 ? "none computed over 50 ms" : `computed over 50 ms: ${long.join(", ")}`}\n`);
    expect.soft(computed.length, `tasks recorded while ${doing}`).toBeGreaterThan(0);
    expect.soft(Math.max(0, ...computed), `the longest task while ${doing}`).toBeLessThan(LONGEST_TASK);
  }
}

/** How many different colours a grid of points on the map has: a map that was not painted has one. */
async function coloursOnMap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const painted = document.querySelector<HTMLCanvasElement>(".painted-still canvas");
    const ground = painted?.getContext("2d");
    if (painted === null || ground === null || ground === undefined) return 0;
    const { data } = ground.getImageData(0, 0, painted.width, painted.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4 * 97) if ((data[i + 3] ?? 0) > 250) seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    return seen.size;
  });
}

async function find(app: ElectronApplication, page: Page, name: string): Promise<void> {
  await choose(app, "edit.find");
  await page.getByPlaceholder("Find a thing, or run a command…").fill(name);
  await page.getByRole("option", { name: new RegExp(`${name} VM`) }).first().click();
}

test("five thousand things open as a map, pan and zoom, are found, chosen, edited, and closed into their hosts", async ({ launch, folder }) => {
  test.setTimeout(240_000);
  const path = join(folder, "large.bulkhead.json");
  writeFileSync(path, formatTopology(generate({ vms: VMS, defaultAction: "deny" })));
  const { app, page } = await launch();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await analysed(page);
  const stages: Stage[] = [];
  await watchTasks(app);
  await answerOpenDialog(app, path);
  await choose(app, "file.open");
  await expect.poll(() => coloursOnMap(page), { timeout: 60_000 }).toBeGreaterThan(8);
  await expect(page.getByText(/^analysed in /)).toBeVisible({ timeout: 60_000 });
  stages.push(await endStage(page, "opening"));

  const box = await canvas(page).boundingBox();
  if (box === null) throw new Error("no canvas");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  for (let step = 0; step < 20; step += 1) await page.mouse.wheel(20, step < 10 ? 20 : -20);
  stages.push(await endStage(page, "panning the map"));

  await find(app, page, "vm-1234");
  await expect(thing(page, "vm-1234")).toBeInViewport();
  await expect(inspector(page).getByRole("heading", { name: "vm-1234" })).toBeVisible();
  stages.push(await endStage(page, "finding"));

  await page.evaluate(() => {
    const counted = { transitions: 0 };
    Object.assign(window, { counted });
    document.addEventListener("transitionrun", () => { counted.transitions += 1; });
  });
  await page.keyboard.down("Control");
  for (let step = 0; step < 4; step += 1) await page.mouse.wheel(0, 20);
  await page.keyboard.up("Control");
  for (let step = 0; step < 30; step += 1) await page.mouse.wheel(step < 15 ? 30 : -30, step < 15 ? 10 : -10);
  stages.push(await endStage(page, "zooming and panning near by"));
  // A camera that moves in transitions, however short, costs several times as much.
  expect(await page.evaluate(() => (window as unknown as { counted: { transitions: number } }).counted.transitions), "transitions where motion is to be reduced").toBe(0);

  await choose(app, "view.zoomSelection");
  const at = await middle(thing(page, "vm-1234"));
  await drag(page, at, { x: at.x + 24, y: at.y + 32 }, async () => void stages.push(await endStage(page, "dragging")));
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/move vm-1234/);

  const name = inspector(page).getByRole("region", { name: "Identity" }).getByRole("textbox", { name: "Name", exact: true });
  await name.fill("renamed");
  await name.press("Enter");
  await expect(thing(page, "vm-1234")).toHaveAttribute("aria-label", /^VM renamed/);
  stages.push(await endStage(page, "editing"));

  await choose(app, "view.collapseHosts");
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/collapse all hosts/i);
  await expect(thing(page, "vm-1234")).toHaveCount(0);
  await find(app, page, "vm-77");
  await expect(thing(page, "vm-77")).toBeInViewport();
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/expand srv-/i);
  await choose(app, "view.expandAll");
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/expand all/i);
  stages.push(await endStage(page, "closing and opening hosts"));

  await choose(app, "view.zoomFit");
  await expect.poll(() => page.locator(".react-flow__node").count()).toBeLessThan(20);
  await analysed(page);
  stages.push(await endStage(page, "going back to the map"));

  await choose(app, "view.table");
  const rows = page.locator(".table-note");
  await expect(rows).toHaveText("3,450 rows");
  await page.locator(".table-head-cell", { hasText: "Tenant" }).first().click();
  await page.getByLabel("Filter rows").fill("vm-34");
  await expect(rows).toHaveText(/^\d+ of 3,450 rows$/);
  await page.getByLabel("Filter rows").fill("");
  await expect(rows).toHaveText("3,450 rows");
  await page.locator(".table-cell").nth(8).click();
  await choose(app, "edit.selectAll");
  await expect(rows).toHaveText("3,450 of 3,450 selected");
  await page.locator(".table-cell").nth(8).click();
  await expect(rows).toHaveText("3,450 rows");
  stages.push(await endStage(page, "the table of the VMs"));

  const goTo = async (view: "table" | "matrix" | "rules", how = ""): Promise<void> => {
    if (await page.locator(`.${view}`).count() === 0) await choose(app, `view.${view}`);
    await expect(page.locator(`.${view}`)).toBeVisible();
    stages.push({ doing: `going to the ${view}${how}`, end: clock() });
  };
  const comeBackFrom = async (view: "table" | "matrix" | "rules", how = ""): Promise<void> => {
    await choose(app, `view.${view}`);
    await expect(page.locator(`.${view}`)).toHaveCount(0);
    await expect(page.locator(".painted-still canvas")).toBeVisible();
    stages.push({ doing: `coming back from the ${view}${how}`, end: clock() });
  };
  for (const view of ["table", "matrix", "rules"] as const) {
    await goTo(view);
    await comeBackFrom(view);
  }

  await find(app, page, "renamed");
  await choose(app, "view.zoomSelection");
  await expect(thing(page, "vm-1234")).toBeInViewport();
  await goTo("table", " from near by");
  await page.locator(".table-cell").nth(8).click();
  await choose(app, "edit.selectAll");
  await expect(rows).toHaveText("3,450 of 3,450 selected");
  stages.push(await endStage(page, "selecting all VMs"));
  for (const view of ["table", "matrix"] as const) {
    await goTo(view, " with all VMs selected");
    await comeBackFrom(view, " with all VMs selected");
    await expect(thing(page, "vm-1234")).toHaveAttribute("aria-label", /, selected$/);
    stages.push(await endStage(page, `what is near the camera after the ${view}`));
  }
  await choose(app, "view.zoomFit");
  await expect.poll(() => page.locator(".react-flow__node").count()).toBeLessThan(20);
  stages.push(await endStage(page, "going back to the map with all VMs selected"));
  expectFluent(await recordedTasks(app), stages);
  const saved = await saveAs(app, page, join(folder, "saved.bulkhead.json"));
  expect(saved["vms"]).toHaveProperty("vm-1234.name", "renamed");
});

/** A point of the screen where nothing lies over such an element. */
async function spotOn(page: Page, selector: string): Promise<[x: number, y: number]> {
  const found = await page.evaluate((wanted) => {
    for (let y = 0; y < innerHeight; y += 3) for (let x = 0; x < innerWidth; x += 3) if (document.elementFromPoint(x, y)?.matches(wanted) === true) return [x, y] as const;
    return undefined;
  }, selector);
  if (found === undefined) throw new Error(`nothing is seen of ${selector}`);
  return [...found];
}

/** The large document, analysed, with the camera near one selected VM. */
async function near({ launch, folder }: Pick<Journey, "launch" | "folder">): Promise<Running> {
  const path = join(folder, "large.bulkhead.json");
  writeFileSync(path, formatTopology(generate({ vms: VMS, defaultAction: "deny" })));
  const running = await launch({ args: [path] });
  const { app, page } = running;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await analysed(page);
  await find(app, page, "vm-1234");
  await choose(app, "view.zoomSelection");
  return running;
}

test("of a selection larger than what is near all moves with the hand, and a click on one thing leaves only that", async ({ launch, folder }) => {
  const { app, page } = await near({ launch, folder });
  await choose(app, "view.table");
  await page.locator(".table-cell").nth(8).click();
  await choose(app, "edit.selectAll");
  await choose(app, "view.table");
  await expect(thing(page, "vm-1234")).toHaveAttribute("aria-label", /, selected$/);
  await expect(inspector(page).getByRole("heading", { name: "3450 selected" })).toBeVisible();

  // Once it stands still.
  await thing(page, "vm-1234").hover();
  const at = await middle(thing(page, "vm-1234"));
  await drag(page, at, { x: at.x + 24, y: at.y + 32 });
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/^Undo: move vm-\d+, vm-\d+ and 3448 more$/);

  // Where there is a free spot changes once the picture has followed.
  await expect(async () => {
    await page.mouse.click(...await spotOn(page, ".thing-hypervisor"));
    await expect(inspector(page).getByRole("heading", { name: /^esx-\d+$/ })).toBeVisible({ timeout: 2000 });
  }).toPass();
});

/** A number that tells one painted picture from another. */
async function pixelsPainted(page: Page): Promise<number> {
  return page.evaluate(() => {
    const painted = document.querySelector<HTMLCanvasElement>(".painted-still canvas");
    const ground = painted?.getContext("2d");
    if (painted === null || ground === null || ground === undefined) return 0;
    let sum = 0;
    for (const value of new Uint32Array(ground.getImageData(0, 0, painted.width, painted.height).data.buffer)) sum = (Math.imul(sum, 31) + value) | 0;
    return sum;
  });
}

/** How far from a thing's box, in pixels of the screen, the nearer end of the cable is that follows the hand. */
async function gapToCable(page: Page, id: string): Promise<number> {
  return page.evaluate((of) => {
    const path = document.querySelector<SVGPathElement>(".layer-torn path"), toScreen = path?.getScreenCTM();
    const box = document.querySelector(`.react-flow__node[data-id="${of}"]`)?.getBoundingClientRect();
    if (path === null || toScreen === null || toScreen === undefined || box === undefined) return Infinity;
    return Math.min(...[0, path.getTotalLength()].map((length) => {
      const { x, y } = path.getPointAtLength(length).matrixTransform(toScreen);
      return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    }));
  }, id);
}

test("what is taken in hand leaves a large picture, and put back it is there again to the pixel", async ({ launch, folder }) => {
  const { app, page } = await near({ launch, folder });
  await expect(thing(page, "vm-1234")).toBeInViewport();
  // The cables have come, the camera stands still, and what it shows is painted for where it stands.
  await expect(page.locator('.painted-still[data-painted="whole"]')).toHaveCount(1);
  let before = 0;
  await expect.poll(async () => { const last = before; before = await pixelsPainted(page); return before !== 0 && before === last; }, { intervals: [500] }).toBe(true);
  const at = await middle(thing(page, "vm-1234"));
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 8, at.y + 4);
  await page.mouse.move(at.x + 68, at.y + 44);
  await expect.poll(() => pixelsPainted(page)).not.toBe(before);
  await expect.poll(() => gapToCable(page, "vm-1234"), "its cable follows it").toBeLessThan(2);
  await expect(page.getByRole("button", { name: /^Cable from vm-1234 to / }), "and is told of while it does").toHaveCount(1);
  await page.mouse.move(at.x + 8, at.y + 4);
  await page.mouse.up();
  await expect.poll(() => pixelsPainted(page)).toBe(before);
  expect((await menuItem(app, "edit.undo"))?.enabled).toBe(false);
});

test("a large picture is as sharp as the screen after the text has become larger", async ({ launch, folder }) => {
  const path = join(folder, "large.bulkhead.json");
  writeFileSync(path, formatTopology(generate({ vms: 400, defaultAction: "deny" })));
  const { app, page } = await launch({ args: [path] });
  await analysed(page);
  for (const panel of ["view.palette", "view.findings"] as const) await choose(app, panel);
  await find(app, page, "vm-123");
  await choose(app, "view.inspector");
  /** Pixels of the screen for one of each image. */
  const stretched = (): Promise<number[]> => page.evaluate(() => [...document.querySelectorAll<HTMLCanvasElement>(".painted-still canvas, .minimap canvas")]
    .map((image) => Math.round((image.getBoundingClientRect().width * devicePixelRatio * 100) / image.width) / 100));
  await expect.poll(stretched).toEqual([1, 1]);
  const before = await page.evaluate(() => devicePixelRatio);
  for (let step = 0; step < 3; step += 1) await choose(app, "view.text.larger");
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBeGreaterThan(before);
  await expect.poll(stretched).toEqual([1, 1]);
});

test("a host closes to a block that tells what is in it, by command and menu, and a double click opens it", async ({ launch }) => {
  const { app, page } = await launch({ args: ["--sample=flawed-scenario"] });
  await analysed(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const title = (await middle(thing(page, "host-1"), 0.06));
  await page.mouse.click(title.x, title.y);
  await choose(app, "view.collapse");
  await expect(thing(page, "a-web")).toHaveCount(0);
  await expect(thing(page, "host-1")).toContainText(/2 VMs, \d+ findings/);
  await expect.poll(async () => (await menuItem(app, "edit.undo"))?.label).toMatch(/collapse /i);
  await thing(page, "host-1").dblclick();
  await expect(thing(page, "a-web")).toBeVisible();

  await thing(page, "host-1").click({ button: "right", position: { x: 60, y: 12 } });
  await page.getByRole("menuitem", { name: "Collapse Ctrl+E", exact: true }).click();
  await expect(thing(page, "a-web")).toHaveCount(0);
  await choose(app, "view.expandAll");
  await expect(thing(page, "a-web")).toBeVisible();
});
