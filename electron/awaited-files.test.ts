import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AwaitedFiles, PATIENCE_MS } from "./awaited-files";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("says nothing of a file that is read soon", async () => {
  const told: (readonly string[])[] = [];
  const files = new AwaitedFiles((names) => told.push(names));
  expect(await files.follow("plan.json", async () => "read")).toBe("read");
  await vi.advanceTimersByTimeAsync(2 * PATIENCE_MS);
  expect(told).toEqual([]);
});

it("names a file that takes long, until it is read", async () => {
  const told: (readonly string[])[] = [];
  const files = new AwaitedFiles((names) => told.push(names));
  let answer: (text: string) => void = () => undefined;
  const read = files.follow("plan.json", () => new Promise<string>((resolve) => { answer = resolve; }));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  expect(told).toEqual([["plan.json"]]);
  answer("read");
  expect(await read).toBe("read");
  expect(told).toEqual([["plan.json"], []]);
});

it("waits no longer for what is given up, and tells the work, which may still come to its end", async () => {
  const files = new AwaitedFiles(() => undefined);
  const asked: boolean[] = [];
  const read = files.follow("plan.json", async (isWanted) => {
    await new Promise((resolve) => setTimeout(resolve, 3 * PATIENCE_MS));
    asked.push(isWanted());
    return "read";
  });
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  files.giveUp();
  expect(await read).toBeUndefined();
  expect(files.names).toEqual([]);
  await vi.advanceTimersByTimeAsync(3 * PATIENCE_MS);
  expect(asked).toEqual([false]);
});
