import fc from "fast-check";
import { expect, it } from "vitest";
import { FORMAT } from "../model/topology";
import { LabelTable } from "./labels";

it("interns a set of labels whatever their order, sorted and each once", () => {
  const table = new LabelTable({ format: FORMAT, name: "none" });
  fc.assert(fc.property(fc.array(fc.nat(20), { maxLength: 30 }), (labels) => {
    const set = table.set(labels);
    expect(set.labels).toEqual([...new Set(labels)].sort((a, b) => a - b));
    expect(table.set([...labels].reverse())).toBe(set);
  }));
});
