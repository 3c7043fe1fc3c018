import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addVlan, ALL_VLANS, countVlans, formatVlanList, hasVlan, intersectVlans, listVlans, parseVlanList, readVlanList, removeVlan, subtractVlans, unionVlans,
} from "./vlan-set";

const vlan = fc.integer({ min: 1, max: 4094 });
const list = fc.array(fc.tuple(vlan, vlan), { minLength: 1, maxLength: 8 })
  .map((ranges) => ranges.map(([a, b]) => (a === b ? `${a}` : `${Math.min(a, b)}-${Math.max(a, b)}`)).join(","));

function members(text: string): Set<number> {
  return new Set(listVlans(parseVlanList(text) ?? []));
}

describe("a VLAN list", () => {
  it("is read whatever the order, overlap and blanks of its items", () => {
    expect(parseVlanList(" 30, 10-12,11-20 ,21")).toEqual([10, 21, 30, 30]);
    expect(parseVlanList("all")).toEqual(ALL_VLANS);
    expect(parseVlanList("1-4094")).toEqual(ALL_VLANS);
  });

  it.each([
    ["", "an empty VLAN list"], ["  ", "an empty VLAN list"], ["10,,20", "an empty item in the VLAN list"], ["10,", "an empty item in the VLAN list"],
    ["0", "a VLAN outside 1-4094"], ["4095", "a VLAN outside 1-4094"], ["10-5000", "a VLAN outside 1-4094"], ["99999999999", "not a VLAN list"],
    ["20-10", "a reversed VLAN range"], ["10 20", "not a VLAN list"], ["ten", "not a VLAN list"], ["1-2-3", "not a VLAN list"], ["-5", "not a VLAN list"], ["All", "not a VLAN list"],
  ])("refuses %j: %s", (text, reason) => {
    expect(readVlanList(text)).toEqual({ ok: false, reason });
    expect(parseVlanList(text)).toBeUndefined();
  });

  it("is written shortest, and reads back as the same set", () => {
    expect(formatVlanList(parseVlanList("3,2,1,7-9,8") ?? [])).toBe("1-3,7-9");
    expect(formatVlanList(ALL_VLANS)).toBe("all");
    fc.assert(fc.property(list, (text) => {
      const set = parseVlanList(text) ?? [];
      expect(parseVlanList(formatVlanList(set))).toEqual(set);
    }));
  });

  it("gains and loses one VLAN", () => {
    expect(addVlan("10,20", 15)).toBe("10,15,20");
    expect(addVlan("10-19", 20)).toBe("10-20");
    expect(addVlan("all", 20)).toBe("all");
    expect(addVlan("x", 20)).toBeUndefined();
    expect(removeVlan("10-20", 15)).toBe("10-14,16-20");
    expect(removeVlan("all", 1)).toBe("2-4094");
    expect(removeVlan("10", 10)).toBeUndefined();
    expect(removeVlan("", 10)).toBeUndefined();
  });
});

describe("sets of VLANs", () => {
  it("behave like sets of numbers", () => {
    fc.assert(fc.property(list, list, vlan, (a, b, v) => {
      const [x, y] = [parseVlanList(a) ?? [], parseVlanList(b) ?? []];
      const [xs, ys] = [members(a), members(b)];
      expect(hasVlan(x, v)).toBe(xs.has(v));
      expect(countVlans(x)).toBe(xs.size);
      expect(new Set(listVlans(unionVlans(x, y)))).toEqual(new Set([...xs, ...ys]));
      expect(listVlans(intersectVlans(x, y))).toEqual([...xs].filter((id) => ys.has(id)));
      expect(listVlans(subtractVlans(x, y))).toEqual([...xs].filter((id) => !ys.has(id)));
    }), { numRuns: 60 });
  });
});
