import { describe, expect, it } from "vitest";
import type { Hypervisor } from "../model/kinds/hypervisor";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv002 } from "./HV-002-patch-level";

function host(patchLevel?: Hypervisor["patchLevel"]): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("hv").put("hypervisors", "hv", { host: "hv-host", platform: "esxi", version: "7.0.1", ...(patchLevel === undefined ? {} : { patchLevel }) })
    .vm("a1", "hv", {}, { tenant: "a" });
}

describe("HV-002", () => {
  it("is high behind and out of support", () => {
    expect(severities(hv002, host("behind").build())).toEqual({ hv: "high" });
    expect(severities(hv002, host("unsupported").build())).toEqual({ hv: "high" });
  });

  it("is critical out of support with two tenants, not behind", () => {
    expect(severities(hv002, host("unsupported").vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "critical" });
    expect(severities(hv002, host("behind").vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "high" });
  });

  it("is info where the level is unknown, never more, and leaves what is not given to MDL-005", () => {
    expect(severities(hv002, host("unknown").vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "info" });
    for (const level of [undefined, "current"] as const) expect(run(hv002, host(level).build())).toEqual([]);
  });

  it("compares the build of an ESXi host with the fixed ones, whatever its level says", () => {
    const built = (version: string, platform: "esxi" | "kvm" = "esxi"): Drawing => host().put("hypervisors", "hv", { host: "hv-host", platform, version, patchLevel: "current" });
    expect(severities(hv002, built("8.0.3-24022509").build())).toEqual({ hv: "high" });
    expect(severities(hv002, built("8.0.3-24022509").vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "critical" });
    expect(run(hv002, built("8.0.3-24022509").build())[0]?.detail).toContain("older than the one that closes CVE-2025-22224 and CVE-2024-37085 (as of 2026-11-23)");
    expect(closingFixes(hv002, built("8.0.3-24022509").build())).toEqual({ hv: ["After updating hv to 8.0.3-24585383: mark its patch level as current"] });
    expect(run(hv002, built("8.0.3-24585383").build())).toEqual([]);
    expect(run(hv002, built("8.0.3-24022509", "kvm").build())).toEqual([]);
  });

  it("offers to mark it once it is updated", () => {
    expect(closingFixes(hv002, host("behind").build())).toEqual({ hv: ["After updating hv: mark its patch level as current"] });
  });
});
