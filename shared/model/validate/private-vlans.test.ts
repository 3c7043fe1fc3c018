import { describe, expect, it } from "vitest";
import { add, complaints } from "../testing";

function vlans(first: object, second: object): string[] {
  return complaints(add("/portGroups/pg-1/vlan", { mode: "private", ...first }), add("/portGroups/pg-2/vlan", { mode: "private", ...second }));
}

describe("a secondary VLAN", () => {
  it("has one type, wherever its port groups are", () => {
    expect(vlans({ primary: 100, secondary: 101, type: "isolated" }, { primary: 100, secondary: 101, type: "community" })).toEqual([
      '$.portGroups.pg-2.vlan.type: a second type of the private VLAN 101: "community"; isolated, as in $.portGroups.pg-1.vlan',
    ]);
  });

  it("has one primary", () => {
    expect(vlans({ primary: 100, secondary: 101, type: "isolated" }, { primary: 200, secondary: 101, type: "isolated" })).toEqual([
      "$.portGroups.pg-2.vlan.primary: a second primary of the private VLAN 101: 200; 100, as in $.portGroups.pg-1.vlan",
    ]);
  });

  it("is needed but for promiscuous ports", () => {
    expect(vlans({ primary: 100, type: "promiscuous" }, { primary: 100, type: "isolated" })).toEqual(["$.portGroups.pg-2.vlan.secondary: missing; the VLAN of the isolated ports, from 1 to 4094"]);
  });

  it("may be repeated, and named by a promiscuous port", () => {
    expect(vlans({ primary: 100, secondary: 101, type: "community" }, { primary: 100, secondary: 101, type: "community" })).toEqual([]);
    expect(vlans({ primary: 100, secondary: 100, type: "promiscuous" }, { primary: 100, secondary: 101, type: "isolated" })).toEqual([]);
  });
});
