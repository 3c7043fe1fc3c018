import { describe, expect, it } from "vitest";
import type { Host } from "../model/kinds/host";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { res002 } from "./RES-002-cpu-side-channel";

const on = (platform: Platform, cpu: Host["cpu"], sideChannelScheduler?: boolean): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv", platform, cpu === undefined ? {} : { cpu })
    .put("hypervisors", "hv", { host: "hv-host", platform, ...(sideChannelScheduler === undefined ? {} : { sideChannelScheduler }) }).vm("a1", "hv", {}, { tenant: "a" });
const two = (drawing: Drawing): Drawing => drawing.vm("b1", "hv", {}, { tenant: "b" });

describe("RES-002", () => {
  it("with SMT and nothing said of the scheduler fires where the platform's is not aware", () => {
    expect(PLATFORMS.filter((platform) => run(res002, two(on(platform, { smt: true })).build()).length > 0)).toEqual(["esxi", "kvm", "proxmox"]);
    expect(run(res002, two(on("esxi", { smt: true })).build())[0]?.detail).toContain("$.hypervisors.hv.sideChannelScheduler is not set and off is assumed: ESXi's default");
  });

  it.each(PLATFORMS)("on %s follows what is set", (platform) => {
    expect(severities(res002, two(on(platform, { smt: true }, false)).build())).toEqual({ hv: "medium" });
    expect(run(res002, two(on(platform, { smt: true }, true)).build())).toEqual([]);
    expect(run(res002, two(on(platform, { smt: false }, false)).build())).toEqual([]);
    expect(severities(res002, two(on(platform, { smt: false, microcodeCurrent: false })).build())).toEqual({ hv: "medium" });
  });

  it("knows nothing where the processor is not described", () => {
    expect(run(res002, two(on("esxi", undefined, false)).build())).toEqual([]);
    expect(run(res002, two(on("esxi", { vendor: "intel" }, false)).build())).toEqual([]);
  });

  it("needs somebody to leak to, and is high for a sensitive VM", () => {
    expect(run(res002, on("esxi", { smt: true }).build())).toEqual([]);
    expect(run(res002, on("esxi", { smt: true }).vm("a2", "hv", {}, { tenant: "a" }).build())).toEqual([]);
    expect(severities(res002, on("esxi", { smt: true }).vm("a2", "hv", {}, { tenant: "a", sensitive: true }).build())).toEqual({ hv: "high" });
  });

  it("counts the VMs of every hypervisor on the machine", () => {
    const desktop = on("virtualbox", { smt: true }, false).put("hypervisors", "other", { host: "hv-host", platform: "vmware-workstation", sideChannelScheduler: true }).put("hypervisors", "idle", { host: "hv-host", platform: "parallels", sideChannelScheduler: false });
    expect(run(res002, desktop.build())).toEqual([]);
    const [draft] = run(res002, desktop.vm("b1", "other", {}, { tenant: "b" }).build());
    expect([draft?.key, draft?.detail]).toEqual(["hv", expect.stringContaining("hv-host runs VMs of a and b")]);
  });

  it("closes with the scheduler or without SMT", () => {
    expect(closingFixes(res002, two(on("esxi", { smt: true, microcodeCurrent: false })).build()))
      .toEqual({ hv: ["Keep VMs on hv off one another's cores, and update the microcode", "Switch SMT off on hv-host, and update the microcode"] });
  });
});
