import { describe, expect, it } from "vitest";
import { inNaturalOrder, naturalKey } from "./natural-order";

const sorted = (...names: string[]): string[] => inNaturalOrder(names, (name) => name);

describe("the order of names", () => {
  it("takes numbers by value, wherever they stand", () => {
    expect(sorted("t10", "t1", "t2")).toEqual(["t1", "t2", "t10"]);
    expect(sorted("rack 2 unit 10", "rack 10 unit 1", "rack 2 unit 9")).toEqual(["rack 2 unit 9", "rack 2 unit 10", "rack 10 unit 1"]);
    expect(sorted("dvs.100", "dvs.20")).toEqual(["dvs.20", "dvs.100"]);
  });

  it("takes no notice of case and marks", () => {
    expect(sorted("beta", "Älter", "Alpha", "zeta", "Émile")).toEqual(["Alpha", "Älter", "beta", "Émile", "zeta"]);
  });

  it("keeps those of one name as they were", () => {
    expect(inNaturalOrder([{ id: 2, name: "A" }, { id: 1, name: "a" }], ({ name }) => name).map(({ id }) => id)).toEqual([2, 1]);
    expect(naturalKey("T07")).toBe(naturalKey("t7"));
  });
});
