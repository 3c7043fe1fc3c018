/** The start of the packaged program, as whoever clicks it waits for it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Page } from "@playwright/test";
import { switchesForThisUser } from "../scripts/electron-switches";

/** Milliseconds from the start of the process to the first paint that shows anything of the page, with the sample network on its way. Rejects where no window comes. */
export async function startToPaint(executable: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  const asked = Date.now();
  const child = spawn(executable, [...switchesForThisUser(), "--remote-debugging-port=0"], { env: { ...process.env, XDG_CONFIG_HOME: profile, HOME: profile }, stdio: ["ignore", "ignore", "pipe"], detached: true });
  const gone = once(child, "exit");
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child));
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? await context?.waitForEvent("page");
    if (page === undefined) throw new Error(`${executable} shows no window`);
    return await firstPaint(page) - asked;
  } finally {
    // The program and its helpers are a process group of their own.
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Where the program listens to who asks what it shows. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr !== null) {
    for await (const line of createInterface({ input: stderr })) {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address !== undefined) return address;
    }
  }
  throw new Error("the program ended before it could be asked");
}

/** Milliseconds since 1970. */
async function firstPaint(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  return page.evaluate(() => performance.timeOrigin + (performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN));
}
