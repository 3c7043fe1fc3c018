import { expect, it, vi } from "vitest";
import { always, interleave, median, medianRatio, quantile, timeOf, WARM_UP, work } from "./statistics";

it("takes the middle of an odd number of values and the mean of the middle two of an even one", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 9, 2])).toBe(3);
  expect(() => median([])).toThrow("no values");
});

it("interpolates between values", () => {
  expect(quantile([10, 20, 30], 0)).toBe(10);
  expect(quantile([10, 20, 30], 1)).toBe(30);
  expect(quantile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48);
});

it("divides within a round, so that a slow round counts no more than another", () => {
  expect(medianRatio([20, 2000, 20], [10, 1000, 10])).toBe(2);
  expect(() => medianRatio([1], [])).toThrow("different rounds");
});

it("runs the work in turn and leaves the rounds of the warm-up out", () => {
  const order: string[] = [];
  // Long enough not to be repeated.
  const busy = (name: string) => () => {
    order.push(name);
    for (const end = performance.now() + 12; performance.now() < end; );
  };
  const times = interleave(2, { a: always(busy("a")), b: always(busy("b")) });
  expect(order).toEqual(Array.from({ length: 2 + WARM_UP }, () => ["a", "b"]).flat());
  expect([times.a.length, times.b.length]).toEqual([2, 2]);
});

it("prepares for every call and times the call only", () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  let prepared = 0;
  const slowly = (): number => {
    now += 30;
    return ++prepared;
  };
  const given: number[] = [];
  const time = timeOf(work(slowly, (value) => {
    given.push(value);
    now += 6;
  }));
  vi.restoreAllMocks();
  expect(given).toEqual([1, 2]);
  expect(time).toBe(6);
});
