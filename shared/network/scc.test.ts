import fc from "fast-check";
import { expect, it } from "vitest";
import { components } from "./scc";

it("puts two vertices in one component exactly when each leads to the other", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 }), (edges) => {
    const next = (vertex: number): number[] => edges.filter(([from]) => from === vertex).map(([, to]) => to);
    const leads = (from: number, to: number): boolean => {
      const seen = new Set([from]);
      for (const at of seen) next(at).forEach((vertex) => seen.add(vertex));
      return seen.has(to);
    };
    const component = components(8, next);
    for (let a = 0; a < 8; a++) for (let b = 0; b < 8; b++) expect(component[a] === component[b]).toBe(leads(a, b) && leads(b, a));
  }));
});

it("takes chains of any length", () => {
  const length = 200_000;
  const component = components(length, (vertex) => [(vertex + 1) % length]);
  expect(new Set(component).size).toBe(1);
});
