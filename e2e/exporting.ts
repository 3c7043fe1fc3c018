/** The export dialog, as journeys use it. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { ElectronApplication, Locator, Page } from "@playwright/test";
import { answerSaveDialog, choose, expect, test } from "./fixtures";

/** A busy machine draws slowly. */
export const DRAWN = { timeout: 30_000 };

export async function openExport(app: ElectronApplication, page: Page): Promise<Locator> {
  await choose(app, "file.export");
  const dialog = page.getByRole("dialog", { name: "Export" });
  await expect(dialog).toBeVisible();
  return dialog;
}

export async function take(dialog: Locator, format: string): Promise<void> {
  await dialog.getByRole("navigation", { name: "Formats" }).getByRole("button", { name: format, exact: true }).click();
}

export function preview(dialog: Locator): Locator {
  return dialog.getByRole("region", { name: "Preview" });
}

/** The page that is shown. */
export function shownPage(dialog: Locator): Locator {
  return preview(dialog).getByRole("img", { name: /^Preview of / });
}

export async function sizeOf(image: Locator): Promise<{ width: number; height: number }> {
  return image.evaluate((element: HTMLImageElement) => ({ width: element.naturalWidth, height: element.naturalHeight }));
}

export async function write(app: ElectronApplication, dialog: Locator, path: string): Promise<Buffer> {
  await answerSaveDialog(app, path);
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect(dialog).toHaveCount(0, DRAWN);
  await expect.poll(() => existsSync(path)).toBe(true);
  return readFileSync(path);
}

/** What an independent reader makes of a file, or a note that there is none. */
export function readText(path: string): string | undefined {
  const read = spawnSync("pdftotext", [path, "-"], { encoding: "utf8" });
  if (read.error === undefined) return read.stdout;
  test.info().annotations.push({ type: "note", description: "pdftotext is not installed: the text was not read" });
  return undefined;
}
