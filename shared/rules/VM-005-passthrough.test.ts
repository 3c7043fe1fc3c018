import { describe, expect, it } from "vitest";
import type { Host } from "../model/kinds/host";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm005 } from "./VM-005-passthrough";

const on = (cpu: Host["cpu"], platform: Platform = "esxi"): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv", platform, cpu === undefined ? {} : { cpu }).vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10));
const nic = (passthrough: "sriov" | "pci" | "none", connected = true) => ({ eth0: { portGroup: "pg", passthrough, connected } });

describe("VM-005", () => {
  it.each(PLATFORMS)("on %s is medium with an IOMMU and high without, or where nothing says", (platform) => {
    const severity = (cpu: Host["cpu"]) => severities(vm005, on(cpu, platform).vm("a1", "hv", nic("pci"), { tenant: "a" }).build());
    expect(severity({ iommu: true })).toEqual({ a1: "medium" });
    expect(severity({ iommu: false })).toEqual({ a1: "high" });
    expect(severity(undefined)).toEqual({ a1: "high" });
  });

  it("says that it rests on an unknown IOMMU", () => {
    expect(run(vm005, on(undefined).vm("a1", "hv", nic("pci")).build())[0]?.detail).toContain("$.hosts.hv-host.cpu.iommu is not set, so it is not known");
  });

  it("is high for a virtual function beside another tenant", () => {
    const shared = (passthrough: "sriov" | "pci") => severities(vm005, on({ iommu: true }).vm("a1", "hv", nic(passthrough), { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build());
    expect(shared("sriov")).toEqual({ a1: "high" });
    expect(shared("pci")).toEqual({ a1: "medium" });
  });

  it("knows devices besides adapters, and leaves ordinary and disconnected ones alone", () => {
    expect(severities(vm005, on({ iommu: true }).vm("a1", "hv", {}, { devices: ["gpu-passthrough"] }).build())).toEqual({ a1: "medium" });
    expect(run(vm005, on({ iommu: true }).vm("a1", "hv", nic("none"), { devices: ["usb"] }).vm("a2", "hv", nic("sriov", false)).build())).toEqual([]);
  });

  it("closes behind the virtual switch", () => {
    expect(closingFixes(vm005, on({ iommu: true }).vm("a1", "hv", nic("sriov"), { devices: ["hostpci0", "usb"] }).build())).toEqual({ a1: ["Put eth0 and hostpci0 of a1 behind the virtual switch", "Put eth0 and hostpci0 of a1 behind the virtual switch, on ports that forge and overhear nothing"] });
  });
});
