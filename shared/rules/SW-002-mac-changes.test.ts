import { describe, expect, it } from "vitest";
import type { PortGroup } from "../model/kinds/port-group";
import type { Topology } from "../model/topology";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { access, draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { sw002 } from "./SW-002-mac-changes";

function on(kind: VirtualSwitch["kind"], more: Partial<PortGroup> = {}): Topology {
  return draw().tenant("a").hypervisor("hv").vswitch("sw", kind, "hv").portGroup("pg", "sw", access(10), more).vm("a1", "hv", "pg", { tenant: "a" }).build();
}

describe("SW-002", () => {
  it.each([["standard", 1], ["distributed", 0], ["hyper-v", 0], ["linux-bridge", 1], ["open-vswitch", 1]] as const)("on a %s switch that says nothing fires %d times", (kind, count) => {
    expect(run(sw002, on(kind))).toHaveLength(count);
  });

  it("says that the default of a standard switch is disputed", () => {
    expect(run(sw002, on("standard"))[0]?.detail).toContain("sources disagree");
  });

  it.each(["standard", "distributed", "hyper-v", "linux-bridge", "open-vswitch"] as const)("fires on a %s switch that accepts and not on one that rejects", (kind) => {
    expect(severities(sw002, on(kind, { security: { macChanges: "accept" } }))).toEqual({ pg: "medium" });
    expect(run(sw002, on(kind, { security: { macChanges: "reject" } }))).toEqual([]);
  });

  it("is closed by a spoof guard", () => {
    expect(run(sw002, on("linux-bridge", { spoofGuard: true }))).toEqual([]);
    expect(run(sw002, on("standard", { spoofGuard: true, security: { macChanges: "accept" } }))).toEqual([]);
  });

  it("needs a workload: infrastructure and empty port groups do not count", () => {
    const drawing = draw().hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10)).portGroup("empty", "sw", access(20)).vm("vc", "hv", "pg", { role: "infrastructure" });
    expect(run(sw002, drawing.build())).toEqual([]);
  });

  it("offers fixes that close it", () => {
    expect(closingFixes(sw002, on("standard"))).toEqual({ pg: ["Reject MAC changes on port group pg", "Reject MAC changes on every port group of sw"] });
    expect(closingFixes(sw002, on("linux-bridge"))).toEqual({
      pg: ["Filter source MAC addresses on port group pg", "Filter source MAC addresses on every port group of sw", "Bind MAC and IP addresses to the ports of pg (spoof guard)"],
    });
  });
});
