import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RulesFile } from "../shared/ipc";
import { followRules, readRules } from "./rules-beside";

vi.mock("electron", () => ({ ipcMain: {} }));

const PATIENT = { timeout: 20_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bulkhead-rules-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("reads a file of rules as it is, has none where there is none, and says in words what cannot be read", async () => {
  const file = join(folder, "net.rules.json");
  expect(await readRules(file)).toEqual({ status: "none" });
  writeFileSync(file, "{ not yet");
  expect(await readRules(file)).toEqual({ status: "read", name: "net.rules.json", bytes: new TextEncoder().encode("{ not yet") });
  mkdirSync(join(folder, "folder.rules.json"));
  expect(await readRules(join(folder, "folder.rules.json"))).toEqual({ status: "failed", name: "folder.rules.json", message: "it is not a regular file" });
});

it("tells when the file comes, is another and goes, and nothing any more once it is stopped", async () => {
  const file = join(folder, "net.rules.json");
  const told: RulesFile[] = [];
  const stop = followRules(file, (one) => told.push(one), 5);
  const last = (): string | undefined => told.map((one) => (one.status === "read" ? new TextDecoder().decode(one.bytes) : one.status)).at(-1);
  // Written again until it is told: what was there at the first look is no change.
  const written = (text: string) => vi.waitFor(() => {
    writeFileSync(file, text.repeat(1 + (told.length % 2)));
    expect(last()).toContain(text);
  }, PATIENT);
  await written("first");
  await written("second");
  await vi.waitFor(() => {
    rmSync(file, { force: true });
    expect(last()).toBe("none");
  }, PATIENT);
  stop();
  const before = told.length;
  let later = 0;
  const stopLater = followRules(file, () => (later += 1), 5);
  await vi.waitFor(() => {
    writeFileSync(file, "third".repeat(Date.now() % 7));
    expect(later).toBeGreaterThan(0);
  }, PATIENT);
  stopLater();
  expect(told).toHaveLength(before);
});
