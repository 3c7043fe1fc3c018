/** What is on the disk after `kill -9`, two hundred times, at any moment of editing and saving. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { build } from "vite";
import { RecoveryJournals } from "../electron/recovery";
import { nodeBundle } from "./bundles";

const TIMES = 200;
const folder = mkdtempSync(join(tmpdir(), "bulkhead-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The number of a text that is whole; throws on half a one. */
function numberOf(text: string): number {
  const number = Number(text.slice(0, text.indexOf("\n")));
  expect(text).toBe(`${number}\n${`${number} `.repeat(20_000)}\nend ${number}\n`);
  return number;
}

/** Starts the writer and kills it after so many milliseconds of work. Answers the last numbers that it called safe. */
async function killAfter(milliseconds: number, first: number): Promise<{ kept: number; saved: number }> {
  const child = spawn(process.execPath, [join(folder, "kill-writer.js"), folder, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8");
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.stdout.on("data", (text: string) => {
    if (said === "") setTimeout(() => child.kill("SIGKILL"), milliseconds);
    said += text;
  });
  await gone;
  const last = (word: string): number => Number([...said.matchAll(new RegExp(`${word} (\\d+)\n`, "g"))].at(-1)?.[1] ?? 0);
  return { kept: last("kept"), saved: last("saved") };
}

describe("a program that is killed", () => {
  it(`loses nothing of what it had saved or kept, ${TIMES} times`, { timeout: 300_000 }, async () => {
    await build(nodeBundle({ entry: "scripts/kill-writer.ts", folder, file: "kill-writer.js", format: "es" }));
    let kept = 0, saved = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const first = Math.max(kept, saved) + 1, safe = await killAfter((time * 7) % 60, first);
      [kept, saved] = [Math.max(kept, safe.kept), Math.max(saved, safe.saved)];
      const path = join(folder, "network.bulkhead.json");
      const document = existsSync(path) ? numberOf(readFileSync(path, "utf8")) : 0;
      const journal = await new RecoveryJournals(join(folder, "recovery")).read("document");
      const snapshot = journal === undefined ? 0 : numberOf(journal.text);
      // What was called safe is there, or the one that was being written when it was killed.
      const latest = Math.max(first, safe.kept + 1);
      expect(document, `document after kill ${time}`).toBeGreaterThanOrEqual(saved);
      expect(document).toBeLessThanOrEqual(latest);
      expect(snapshot, `journal after kill ${time}`).toBeGreaterThanOrEqual(kept);
      expect(snapshot).toBeLessThanOrEqual(latest);
      [kept, saved] = [snapshot, document];
    }
    expect(saved).toBeGreaterThan(TIMES / 4);
    // What a kill leaves half written beside the journals is cleared away by the next start.
    new RecoveryJournals(join(folder, "recovery"));
    expect(readdirSync(join(folder, "recovery"))).toEqual(["document.journal"]);
  });
});
