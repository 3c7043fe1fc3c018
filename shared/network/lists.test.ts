import { expect, it } from "vitest";
import { append, withItem } from "./lists";

it("adds to a short list by making another, and to a longer one in place", () => {
  const lists: string[][] = [[]];
  for (const item of ["a", "b", "c"]) lists.push(withItem(lists.at(-1), item));
  expect(lists).toEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]]);
  const long = lists[3] as string[];
  expect(withItem(long, "d")).toBe(long);
  expect(long).toEqual(["a", "b", "c", "d"]);
});

it("begins a numbered list with its first item", () => {
  const lists: (number[] | undefined)[] = [];
  for (const item of [7, 8, 9, 10]) append(lists, 2, item);
  expect(lists[2]).toEqual([7, 8, 9, 10]);
});
