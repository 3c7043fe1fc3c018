import { describe, expect, it } from "vitest";
import { changesAnalysis } from "./changes";

describe("changesAnalysis", () => {
  it("is false for the picture and the document's own words, true for everything else", () => {
    expect(changesAnalysis([{ op: "add", path: "/layout/vm", value: {} }, { op: "replace", path: "/name", value: "x" }])).toBe(false);
    expect(changesAnalysis([{ op: "remove", path: "/layout" }])).toBe(false);
    expect(changesAnalysis([{ op: "replace", path: "/vms/a/name", value: "x" }])).toBe(true);
    expect(changesAnalysis([{ op: "add", path: "/layout/a", value: {} }, { op: "remove", path: "/vms/a" }])).toBe(true);
    expect(changesAnalysis([{ op: "move", from: "/vms/a", path: "/layout/a" }])).toBe(true);
  });
});
