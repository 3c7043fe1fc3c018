import { describe, expect, it } from "vitest";
import { access, draw, guestTrunk, type Drawing } from "../network/testing";
import { closingFixes, offered, run, severities } from "./fixtures/run-rule";
import { sw001 } from "./SW-001-promiscuous-mode";

const ACCEPT = { security: { promiscuous: "accept" } } as const;

function base(kind: "standard" | "distributed" | "hyper-v" | "linux-bridge" | "open-vswitch" = "standard"): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("esx-1").hypervisor("esx-2").vswitch("sw", kind, "esx-1");
}

describe("SW-001", () => {
  it.each(["standard", "distributed", "hyper-v", "linux-bridge", "open-vswitch"] as const)("takes reject as the default of a %s switch", (kind) => {
    const drawing = base(kind).portGroup("pg", "sw", access(10)).vm("a1", "esx-1", "pg", { tenant: "a" }).vm("b1", "esx-1", "pg", { tenant: "b" });
    expect(run(sw001, drawing.build())).toEqual([]);
  });

  it("is high where a victim belongs to another tenant", () => {
    const drawing = base().portGroup("pg", "sw", access(10), ACCEPT).vm("a1", "esx-1", "pg", { tenant: "a" }).vm("b1", "esx-1", "pg", { tenant: "b" });
    expect(severities(sw001, drawing.build())).toEqual({ pg: "high" });
    const [draft] = run(sw001, drawing.build());
    expect(draft?.detail).toContain("$.portGroups.pg.security.promiscuous");
    expect(draft?.subjects).toEqual(["pg", "a1", "b1"]);
  });

  it("is medium within one tenant", () => {
    const drawing = base().portGroup("pg", "sw", access(10), ACCEPT).vm("a1", "esx-1", "pg", { tenant: "a" }).vm("a2", "esx-1", "pg", { tenant: "a" });
    expect(severities(sw001, drawing.build())).toEqual({ pg: "medium" });
  });

  it("looks at other port groups of the switch only where a VLAN is common", () => {
    const with20 = base().portGroup("spy", "sw", access(20), ACCEPT).portGroup("pg", "sw", access(10)).vm("a1", "esx-1", "spy", { tenant: "a" }).vm("b1", "esx-1", "pg", { tenant: "b" });
    expect(severities(sw001, with20.build())).toEqual({ spy: "medium" });
    const trunk = base().portGroup("spy", "sw", guestTrunk("all"), ACCEPT).portGroup("pg", "sw", access(10)).vm("a1", "esx-1", "spy", { tenant: "a" }).vm("b1", "esx-1", "pg", { tenant: "b" });
    expect(severities(sw001, trunk.build())).toEqual({ spy: "high" });
    expect(run(sw001, trunk.build())[0]?.detail).toContain("possibly that of b1");
  });

  it("does not see over to another hypervisor", () => {
    const drawing = draw().tenant("a").tenant("b").hypervisor("esx-1").hypervisor("esx-2").vswitch("vds", "distributed", ["esx-1", "esx-2"])
      .portGroup("pg", "vds", access(10), ACCEPT).vm("a1", "esx-1", "pg", { tenant: "a" }).vm("a2", "esx-1", "pg", { tenant: "a" }).vm("zb", "esx-2", "pg", { tenant: "a" });
    expect(severities(sw001, drawing.build())).toEqual({ pg: "medium" });
    expect(run(sw001, drawing.build())[0]?.detail).toContain("the traffic of a1 and a2.");
  });

  it("is high where management is overheard", () => {
    const drawing = base().portGroup("pg", "sw", access(10), ACCEPT).vm("a1", "esx-1", "pg", { tenant: "a" }).put("managementInterfaces", "vmk0", { hypervisor: "esx-1", portGroup: "pg" });
    expect(severities(sw001, drawing.build())).toEqual({ pg: "high" });
  });

  it("inherits from the switch and lets the port group override", () => {
    const drawing = draw().tenant("a").hypervisor("esx-1").vswitch("sw", "standard", "esx-1", ACCEPT).portGroup("open", "sw", access(10))
      .portGroup("closed", "sw", access(10), { security: { promiscuous: "reject" } }).vm("a1", "esx-1", "open", { tenant: "a" }).vm("a2", "esx-1", "closed", { tenant: "a" });
    expect(Object.keys(severities(sw001, drawing.build()))).toEqual(["open"]);
    expect(closingFixes(sw001, drawing.build())).toEqual({ open: ["Reject promiscuous mode on port group open", "Reject promiscuous mode on every port group of sw"] });
  });

  it("leaves monitors and virtual routers alone", () => {
    const drawing = draw().hypervisor("esx-1").vswitch("sw", "standard", "esx-1", { mirrors: { m: { sources: ["portgroup:pg"], destination: "vm:ids" } } })
      .portGroup("pg", "sw", access(10), ACCEPT).vm("ids", "esx-1", "pg", { role: "infrastructure" }).vm("edge", "esx-1", "pg", { role: "infrastructure", forwarding: true })
      .vm("gold", "esx-1", "pg", { role: "template" });
    expect(run(sw001, drawing.build())).toEqual([]);
    expect(Object.keys(severities(sw001, drawing.vm("probe", "esx-1", "pg", { role: "infrastructure" }).build()))).toEqual(["pg"]);
  });

  it("does not count a port group without VMs, nor passthrough vNICs", () => {
    const drawing = base().portGroup("empty", "sw", access(10), ACCEPT).portGroup("pg", "sw", access(20), ACCEPT)
      .vm("a1", "esx-1", { eth0: { portGroup: "pg", passthrough: "sriov" }, eth1: { portGroup: "pg", connected: false } }, { tenant: "a" });
    expect(run(sw001, drawing.build())).toEqual([]);
  });

  it("fires for MAC learning on a distributed switch, not on others", () => {
    const learning = (kind: "standard" | "distributed"): Drawing => draw().tenant("a").hypervisor("esx-1").vswitch("sw", kind, "esx-1", { macLearning: true })
      .portGroup("pg", "sw", access(10)).vm("a1", "esx-1", "pg", { tenant: "a" });
    expect(severities(sw001, learning("distributed").build())).toEqual({ pg: "medium" });
    expect(closingFixes(sw001, learning("distributed").build())).toEqual({ pg: ["Switch MAC learning off and reject promiscuous mode"] });
    expect(run(sw001, learning("standard").build())).toEqual([]);
  });

  it("does not take a Hyper-V switch at its word, which has no promiscuous mode", () => {
    const accepting = (kind: "hyper-v" | "linux-bridge"): string[] => run(sw001, base(kind).portGroup("pg", "sw", access(10), ACCEPT).vm("a1", "esx-1", "pg", { tenant: "a" }).build()).map(({ key }) => key);
    expect(accepting("hyper-v")).toEqual([]);
    expect(accepting("linux-bridge")).toEqual(["pg"]);
  });

  it("offers only fixes that close it", () => {
    const drawing = base().portGroup("pg", "sw", access(10), ACCEPT).vm("a1", "esx-1", "pg", { tenant: "a" });
    expect(closingFixes(sw001, drawing.build())).toEqual({ pg: ["Reject promiscuous mode on port group pg"] });
    expect(offered(sw001, drawing.build())).toEqual({ pg: 1 });
  });
});
