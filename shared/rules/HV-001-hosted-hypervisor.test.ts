import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv001 } from "./HV-001-hosted-hypervisor";

const host = (platform: Platform): Drawing => draw().tenant("a").tenant("b").hypervisor("hv", platform);

describe("HV-001", () => {
  it("knows which platforms are hosted", () => {
    const fires = (platform: Platform): boolean => run(hv001, host(platform).vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build()).length > 0;
    expect(PLATFORMS.filter(fires)).toEqual(["virtualbox", "vmware-workstation", "parallels"]);
  });

  it("is high with two tenants or in production, info for development and tests, else silent", () => {
    expect(severities(hv001, host("virtualbox").vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "high" });
    expect(severities(hv001, host("virtualbox").vm("a1", "hv", {}, { tenant: "a", zone: "Production" }).build())).toEqual({ hv: "high" });
    expect(severities(hv001, host("virtualbox").vm("a1", "hv", {}, { tenant: "a", zone: "dev" }).build())).toEqual({ hv: "info" });
    expect(severities(hv001, host("virtualbox").vm("a1", "hv", {}, { tenant: "a", zone: "Test" }).vm("b1", "hv", {}, { tenant: "b", zone: "dev" }).build())).toEqual({ hv: "info" });
    expect(run(hv001, host("virtualbox").vm("a1", "hv", {}, { tenant: "a" }).build())).toEqual([]);
    expect(run(hv001, host("virtualbox").build())).toEqual([]);
  });

  it("is high where an untrusted network reaches it or one of its VMs", () => {
    const wired = (vlan: number): Drawing => host("virtualbox").vswitch("sw", "linux-bridge", "hv", { vlanAware: true }).portGroup("pg", "sw", access(10)).physicalSwitch("tor")
      .uplink("up", "sw", "hv", "tor", { mode: "trunk", allowed: "10" }).vm("a1", "hv", "pg", { tenant: "a" }).external("internet", { physicalSwitch: "tor", vlan });
    expect(severities(hv001, wired(10).build())).toEqual({ hv: "high" });
    expect(run(hv001, wired(10).build())[0]?.detail).toContain("is reached from internet");
    expect(run(hv001, wired(20).build())).toEqual([]);
  });

  it("offers migrations that close it", () => {
    expect(closingFixes(hv001, host("parallels").vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build()))
      .toEqual({ hv: ["Migrate hv to ESXi", "Migrate hv to Hyper-V", "Migrate hv to Proxmox VE"] });
  });
});
