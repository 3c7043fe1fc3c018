import { expect, it } from "vitest";
import { Buckets } from "./buckets";

it("keeps the order of the items of a bucket, which may be empty", () => {
  const buckets = new Buckets(3, [2, 0, 2, 0]);
  expect([0, 1, 2].map((bucket) => [...buckets.of(bucket)])).toEqual([[1, 3], [], [0, 2]]);
});

it("takes other numbers for the items", () => {
  expect([...new Buckets(2, [1, 1, 0], [7, 5, 9]).of(1)]).toEqual([7, 5]);
});
