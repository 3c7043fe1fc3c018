/** The pictures of the user guide are made by the journeys: `PICTURES=1 npm run test:e2e` writes them; an ordinary run changes nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ElectronApplication, Page } from "@playwright/test";
import { toPalette } from "../scripts/palette-png";

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs/images");
const SIZE = { width: 1440, height: 900 };

/** Writes docs/images/NAME.png of the window as it is, where pictures are asked for. */
export async function picture(app: ElectronApplication, page: Page, name: string): Promise<void> {
  if (process.env["PICTURES"] === undefined) return;
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setContentSize(width, height);
  }, SIZE);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, SIZE);
  // No mark of a pointer; what follows the size of the window has followed.
  await page.mouse.move(SIZE.width / 2, 1);
  await page.waitForTimeout(1000);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.png`), toPalette(await page.screenshot()));
}
