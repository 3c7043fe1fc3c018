import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MatrixPair } from "../../shared/analysis/result";
import { Cells, type Fetch } from "./cells";
import { cellKey, verdictOf, type Row } from "./grid";

const rows = Array.from({ length: 60 }, (_, index): Row => ({ id: `r${index}`, name: `${index}` }));
const pair = (from: string, to: string): MatrixPair => ({ from, to, layer: 3, services: ["any"], oneWay: [], verdict: "violating" });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("asks for the tiles in sight once scrolling rests, each once, and knows then what it did not before", async () => {
  const fetch = vi.fn<Fetch>((down, across) => Promise.resolve(down.includes("r1") && across.includes("r30") ? [pair("r1", "r30")] : []));
  const cells = new Cells("vm", rows, fetch);
  const heard = vi.fn();
  cells.subscribe(heard);
  const before = cells.grid();
  cells.look(rows.slice(0, 10), rows.slice(40, 60));
  cells.look(rows.slice(0, 10), rows.slice(20, 30));
  expect(verdictOf(before, "r1", "r30")).toBeUndefined();
  await vi.runAllTimersAsync();
  expect(fetch.mock.calls.map(([down, across]) => [down[0], down.length, across[0]])).toEqual([["r0", 24, "r0"], ["r0", 24, "r24"]]);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(cells.grid()).not.toBe(before);
  expect([verdictOf(cells.grid(), "r1", "r30"), verdictOf(cells.grid(), "r2", "r30"), verdictOf(cells.grid(), "r1", "r50")]).toEqual(["violating", "isolated", undefined]);
  expect(cells.grid().cells.get(cellKey("r1", "r30"))?.services).toEqual(["any"]);
  cells.look(rows.slice(0, 12), rows.slice(20, 30));
  await vi.runAllTimersAsync();
  expect(fetch).toHaveBeenCalledTimes(2);
});

it("says so where it has to be waited for", async () => {
  const cells = new Cells("vm", rows, () => new Promise((resolve) => void setTimeout(() => resolve([]), 5_000)));
  cells.look(rows.slice(0, 1), rows.slice(0, 1));
  await vi.advanceTimersByTimeAsync(100);
  expect(cells.grid().isWaiting).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  expect(cells.grid().isWaiting).toBe(true);
  await vi.runAllTimersAsync();
  expect(cells.grid().isWaiting).toBe(false);
});

it("keeps what went wrong", async () => {
  const cells = new Cells("tenant", rows, () => Promise.reject(new Error("gone")));
  cells.look(rows.slice(0, 1), rows.slice(0, 1));
  await vi.runAllTimersAsync();
  expect(cells.failure).toBe("gone");
  expect(verdictOf(cells.grid(), "r0", "r1")).toBeUndefined();
});
