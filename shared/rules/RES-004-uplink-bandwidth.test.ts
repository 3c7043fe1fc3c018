import { describe, expect, it } from "vitest";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { access, draw, guestTrunk, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { res004 } from "./RES-004-uplink-bandwidth";

const two = (kind: VirtualSwitch["kind"] = "standard", allowed: string | undefined = "10,20"): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", kind, "hv", kind === "linux-bridge" ? { vlanAware: true } : {}).portGroup("pa", "sw", access(10)).portGroup("pb", "sw", access(20))
    .physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort(allowed)).vm("a1", "hv", "pa", { tenant: "a" }).vm("b1", "hv", "pb", { tenant: "b" });

describe("RES-004", () => {
  it.each(["standard", "distributed", "linux-bridge", "open-vswitch", "hyper-v"] as const)("on %s fires where two tenants share an uplink", (kind) => {
    expect(severities(res004, two(kind).build())).toEqual({ sw: "low" });
  });

  it("is medium where the hypervisor's own interfaces share it", () => {
    expect(severities(res004, two().portGroup("mgmt", "sw", access(20)).put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "mgmt" }).build())).toEqual({ sw: "medium" });
  });

  it("does not fire with shaping, with one tenant, without an uplink, or where the port lets one of them through only", () => {
    expect(run(res004, two().portGroup("pa", "sw", access(10), { shaping: { averageMbps: 100 } }).build())).toEqual([]);
    expect(run(res004, two().vm("b1", "hv", "pb", { tenant: "a" }).build())).toEqual([]);
    expect(run(res004, two().vswitch("other", "standard", "hv").uplink("up", "other", "hv", "tor", trunkPort("10,20")).build())).toEqual([]);
    expect(run(res004, two("standard", "10").build())).toEqual([]);
    expect(run(res004, two().uplink("up", "sw", "hv", "tor", trunkPort("10")).uplink("up2", "sw", "hv", "tor", trunkPort("20")).build())).toEqual([]);
  });

  it("takes a port that is not described for one that lets everything through, and says so", () => {
    expect(run(res004, two().uplink("up", "sw", "hv", "tor").build())[0]?.detail).toContain("What up lets through is not described: it is taken to be everything.");
    expect(run(res004, two().portGroup("pa", "sw", guestTrunk("5,10")).build())).toHaveLength(1);
  });

  it("closes by shaping", () => {
    expect(closingFixes(res004, two().build())).toEqual({ sw: ["Shape the tenants' port groups on sw to 1000 Mbit/s, to be checked against the uplink"] });
  });
});
