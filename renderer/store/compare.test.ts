import { beforeEach, describe, expect, it } from "vitest";
import { keyOfVersion, openComparison, resetComparison, setMarks, useCompare } from "./compare";
import { setView, showCanvas, useSession } from "./session";

beforeEach(() => {
  resetComparison();
  setView("canvas");
});

describe("comparing", () => {
  const file = { kind: "file", name: "old.bulkhead.json", bytes: new Uint8Array([123, 125]) } as const;

  it("opens beside the canvas, which stays", () => {
    openComparison(file);
    showCanvas();
    expect(useCompare.getState().other).toBe(file);
    expect(useSession.getState().view).toBe("compare");
  });

  it("is forgotten with the document that it was about", () => {
    openComparison(file);
    setMarks([["a", "+"], ["b", "~"]]);
    resetComparison();
    expect(useCompare.getState()).toEqual({ other: { kind: "saved" }, marks: new Map() });
  });

  it("changes nothing where there is no mark before and after", () => {
    const { marks } = useCompare.getState();
    setMarks([]);
    expect(useCompare.getState().marks).toBe(marks);
    setMarks([["a", "+"]]);
    expect([...useCompare.getState().marks]).toEqual([["a", "+"]]);
  });

  it("names a version always alike, and others otherwise", () => {
    const [one, other] = [{}, {}];
    expect(keyOfVersion(one)).toBe(keyOfVersion(one));
    expect(keyOfVersion(one)).not.toBe(keyOfVersion(other));
  });
});
