/** The window as a hand and an eye use it: palette, canvas, cables, inspector, findings. */
import { existsSync, readFileSync } from "node:fs";
import type { ElectronApplication, Locator, Page } from "@playwright/test";
import { answerSaveDialog, choose, expect, type Running } from "./fixtures";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** File > New: an empty document, in place of the sample that a first start shows. */
export async function newDocument({ app, page }: Running): Promise<void> {
  await analysed(page);
  // The camera then goes at once where it goes, and the hand does not miss.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await choose(app, "file.new");
  await expect(page.getByText("Draw the network, see who reaches whom")).toBeVisible();
}

/** The box of a thing on the canvas. */
export function thing(page: Page, id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

export function canvas(page: Page): Locator {
  return page.locator(".canvas");
}

/** A point of the canvas by its share of width and height. */
export async function place(page: Page, across: number, down: number): Promise<Point> {
  const box = await boxOf(canvas(page));
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

/** The middle of an element; with `down` that share of its height below its top instead. */
export async function middle(locator: Locator, down = 0.5): Promise<Point> {
  const box = await boxOf(locator);
  return { x: box.x + box.width / 2, y: box.y + box.height * down };
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${String(locator)} is not on the screen`);
  return box;
}

/** Takes hold at one point and lets go at another, as a hand does: with many moves between. `before` looks just before letting go. */
export async function drag(page: Page, from: Point, to: Point, before?: () => Promise<void>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await before?.();
  await page.mouse.up();
}

/** Drags a thing of the palette, by the name written on it, to a point. */
export async function drop(page: Page, kind: string, at: Point, before?: () => Promise<void>): Promise<void> {
  await drag(page, await middle(paletteItem(page, kind)), at, before);
}

export function paletteItem(page: Page, kind: string): Locator {
  return page.getByRole("navigation", { name: "Palette" }).getByRole("button", { name: kind, exact: true });
}

/** Pulls a cable from a dot at the edge of one thing to the middle of another. */
export async function pull(page: Page, from: string, side: "top" | "right" | "bottom" | "left", to: Point, before?: () => Promise<void>): Promise<void> {
  const handle = thing(page, from).locator(`> .react-flow__handle[data-handleid="${side}"]`);
  await drag(page, await middle(handle), to, before);
}

/** What the note beside the pointer says. */
export function hint(page: Page): Locator {
  return page.locator(".pointer-hint");
}

/** The short notices. */
export function toasts(page: Page): Locator {
  return page.locator(".toast");
}

export function inspector(page: Page): Locator {
  return page.getByRole("complementary", { name: "Inspector" });
}

/** Chooses one of a select of the inspector or a dialog. */
export async function pick(page: Page, within: Locator, label: string, option: string | RegExp): Promise<void> {
  await within.getByRole("button", { name: new RegExp(`^${label}: `) }).click();
  await page.getByRole("menuitemradio", { name: option }).click();
}

/** Writes into a field and leaves it with Enter. */
export async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press("Enter");
}

/** The ids of the findings in sight: those that are folded into a root cause are not. */
export async function findingIds(page: Page): Promise<string[]> {
  return page.getByRole("tree", { name: "Findings" }).getByRole("treeitem").evaluateAll((rows) => rows.map((row) => row.id.replace(/^finding-/, "")));
}

/** The rules of the findings listed, each once. */
export async function rulesShown(page: Page): Promise<string[]> {
  return [...new Set((await findingIds(page)).map((id) => id.split(":")[0] ?? ""))].sort();
}

/** The row of the first finding of a rule. */
export function findingOf(page: Page, rule: string): Locator {
  return page.locator(`[role="treeitem"][id^="finding-${rule}:"]`).first();
}

/** Waits until the analysis has caught up with the document. */
export async function analysed(page: Page): Promise<void> {
  await expect(page.getByText(/^analysed in /)).toBeVisible();
}

type Json = Readonly<Record<string, unknown>>;

/** Saves under a name and gives back what is in the file. */
export async function saveAs(app: ElectronApplication, page: Page, path: string): Promise<Json> {
  await answerSaveDialog(app, path);
  await page.bringToFront();
  await choose(app, "file.saveAs");
  // A document that was saved before says so all the time.
  await expect.poll(() => existsSync(path)).toBe(true);
  await expect(page.getByText("saved", { exact: true })).toBeVisible();
  return saved(path);
}

export function saved(path: string): Json {
  return JSON.parse(readFileSync(path, "utf8")) as Json;
}
