import { describe, expect, it } from "vitest";
import type { Matrix, MatrixPair } from "../analysis/result";
import { cellWords, groupMatrix } from "./group-matrix";
import { sharedVlan } from "./testing";

function cellOf(...pairs: readonly Partial<MatrixPair>[]): readonly string[] | undefined {
  const whole = pairs.map((pair): MatrixPair => ({ from: "a-web", to: "b-db", layer: 3, services: [], oneWay: [], verdict: "violating", ...pair }));
  const matrix: Matrix = { by: "vm", assume: "hostile", rows: ["a-web", "b-db"], pairs: whole };
  return groupMatrix(sharedVlan(), matrix).cells.get("tenant-a\ntenant-b")?.services;
}

describe("a cell of the matrix by tenant", () => {
  it("names what passes both ways first, then what is delivered without an answer", () => {
    expect(cellOf({ services: ["tcp/443"], oneWay: ["icmp", "udp/53"] })).toEqual(["tcp/443", "icmp one way", "udp/53 one way"]);
    expect(cellOf({ oneWay: ["udp/53"] })).toEqual(["udp/53 one way"]);
    expect(cellWords({ verdict: "violating", services: ["tcp/443", "icmp one way"], frames: false, missing: [] })).toBe("tcp/443 +1");
  });

  it("names frames only where they pass: of an unknown pair nothing may be certain", () => {
    const wordsOf = (pair: Partial<MatrixPair>): string => cellWords(groupMatrix(sharedVlan(), { by: "vm", assume: "hostile", rows: ["a-web", "b-db"], pairs: [{ from: "a-web", to: "b-db", layer: 3, services: [], oneWay: [], verdict: "unknown", ...pair }] }).cells.get("tenant-a\ntenant-b"));
    expect(wordsOf({ missing: ["$.vms.b-db.nics.eth0.addresses"] })).toBe("");
    expect(wordsOf({ layer: 2, frames: "one" })).toBe("frames");
  });

  it("sums pairs: a service that anywhere passes both ways is not named one way, and any is everything", () => {
    expect(cellOf({ oneWay: ["tcp/443", "udp/53"] }, { services: ["tcp/443"] })).toEqual(["tcp/443", "udp/53 one way"]);
    expect(cellOf({ oneWay: ["any"] }, { services: ["tcp/443"] })).toEqual(["tcp/443", "any one way"]);
    expect(cellOf({ oneWay: ["udp/53"] }, { services: ["any"] })).toEqual(["any"]);
  });
});
