import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { portMasks } from "./port-masks";

function matched(mask: string): number[] {
  const [value = 0, bits = 0xffff] = mask.split("/").map(Number);
  return Array.from({ length: 65_536 }, (_, port) => port).filter((port) => (port & bits) === value);
}

describe("port masks", () => {
  it("are the port itself, or blocks of a power of two", () => {
    expect(portMasks("443")).toEqual(["443"]);
    expect(portMasks("8000-8100")).toEqual(["0x1f40/0xffc0", "0x1f80/0xffe0", "0x1fa0/0xfffc", "8100"]);
    expect(portMasks("0-65535")).toEqual(["0x0000/0x0000"]);
  });

  it("match the range and nothing else, each port once", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 65_535 }), fc.nat(3000), (low, more) => {
      const high = Math.min(65_535, low + more);
      expect(portMasks(`${low}-${high}`).flatMap(matched)).toEqual(Array.from({ length: high - low + 1 }, (_, index) => low + index));
    }), { numRuns: 30 });
  });
});
