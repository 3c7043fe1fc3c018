import { describe, expect, it } from "vitest";
import type { Host } from "../model/kinds/host";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv003 } from "./HV-003-hardware-isolation";

const host = (cpu: Host["cpu"], platform: Platform = "esxi"): Drawing =>
  draw().hypervisor("hv", platform, cpu === undefined ? {} : { cpu }).vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10));
const passed = (drawing: Drawing): Drawing => drawing.vm("gpu", "hv", { eth0: { portGroup: "pg", passthrough: "sriov" } });

describe("HV-003", () => {
  it.each(PLATFORMS)("on %s fires without hardware virtualization", (platform) => {
    expect(severities(hv003, host({ hardwareVirtualization: false }, platform).build())).toEqual({ "hv-host": "medium" });
    expect(run(hv003, host({ hardwareVirtualization: true }, platform).build())).toEqual([]);
  });

  it("fires without an IOMMU only where a device is passed through", () => {
    expect(run(hv003, host({ iommu: false }).build())).toEqual([]);
    expect(severities(hv003, passed(host({ iommu: false })).build())).toEqual({ "hv-host": "medium" });
    expect(severities(hv003, host({ iommu: false }).vm("gpu", "hv", {}, { devices: ["gpu-passthrough"] }).build())).toEqual({ "hv-host": "medium" });
    expect(run(hv003, passed(host({ iommu: true })).build())).toEqual([]);
  });

  it("knows nothing where nothing is described, and leaves hosts without a hypervisor alone", () => {
    expect(run(hv003, passed(host(undefined)).build())).toEqual([]);
    expect(run(hv003, draw().put("hosts", "spare", { cpu: { hardwareVirtualization: false } }).build())).toEqual([]);
  });

  it("closes by switching on what is missing", () => {
    expect(closingFixes(hv003, passed(host({ hardwareVirtualization: false, iommu: false })).build())).toEqual({ "hv-host": ["Switch the missing processor features of hv-host on"] });
  });
});
