import { describe, expect, it } from "vitest";
import type { Port } from "../model/primitives";
import { accessPort, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl004 } from "./MDL-004-native-mismatch";

const joined = (a: Port | undefined, b: Port | undefined): Drawing => draw().physicalSwitch("s", "t").trunk("cable", "s", a, "t", b);
const found = (a: Port | undefined, b: Port | undefined) => severities(mdl004, joined(a, b).build());

describe("MDL-004", () => {
  it("fires where the native VLANs of a trunk's ends differ, and says that they are one segment", () => {
    expect(found(trunkPort("1,20", 1), trunkPort("1,20", 20))).toEqual({ cable: "low" });
    expect(run(mdl004, joined(trunkPort("1,20", 1), trunkPort("1,20", 20)).build())[0]?.detail).toBe("Untagged frames on cable are in VLAN 1 at s and in VLAN 20 at t: the two VLANs are one segment.");
  });

  it("fires where an access port meets another VLAN", () => {
    expect(found(accessPort(30), trunkPort("all", 40))).toEqual({ cable: "low" });
    expect(found(accessPort(30), accessPort(40))).toEqual({ cable: "low" });
  });

  it("says where a list or a tag keeps the two apart at present", () => {
    expect(run(mdl004, joined(trunkPort("20", 1), trunkPort("1,20", 20)).build())[0]?.detail).toContain("keeps them from crossing");
    expect(run(mdl004, joined(trunkPort("1,20", 1, true), trunkPort("1,20", 20)).build())[0]?.detail).toContain("keeps them from crossing");
  });

  it("finds nothing where both are equal, or where an end has none or is not described", () => {
    expect(found(trunkPort("all", 1), trunkPort("1,10", 1))).toEqual({});
    expect(found(trunkPort("all"), trunkPort("all", 1))).toEqual({});
    expect(found(undefined, trunkPort("all", 1))).toEqual({});
    expect(found(accessPort(30), trunkPort("all", 30))).toEqual({});
  });

  it("is closed by the VLAN of either end at both", () => {
    const titles = ["Put untagged frames into VLAN 20 at s too", "Put untagged frames into VLAN 1 at t too"];
    expect(closingFixes(mdl004, joined(trunkPort("1,20", 1), trunkPort("1,20", 20)).build())).toEqual({ cable: titles });
    expect(closingFixes(mdl004, joined(accessPort(1), trunkPort("20", 20)).build())).toEqual({ cable: titles });
  });
});
