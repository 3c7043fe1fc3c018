import { describe, expect, it } from "vitest";
import { readStartArguments } from "./start-arguments";

describe("readStartArguments", () => {
  it("takes every argument of a package that is no switch for a file", () => {
    expect(readStartArguments(["/opt/bulkhead", "--no-sandbox", "a.bulkhead.json", "/b.bulkhead.json"], true, "/home/x")).toEqual({
      files: ["/home/x/a.bulkhead.json", "/b.bulkhead.json"],
    });
  });

  it("passes over Electron's own arguments in a checkout", () => {
    expect(readStartArguments(["/electron", "--inspect=0", "/checkout", "a.bulkhead.json"], false, "/w")).toEqual({ files: ["/w/a.bulkhead.json"] });
  });

  it("reads the sample asked for", () => {
    expect(readStartArguments(["/electron", "/checkout", "--sample=three-tier"], false, "/w")).toEqual({ files: [], sample: "three-tier" });
  });
});
