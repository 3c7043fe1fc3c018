import { describe, expect, it } from "vitest";
import { PLATFORMS, type Hypervisor, type Platform } from "../model/kinds/hypervisor";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv005 } from "./HV-005-software-integrity";

const host = (platform: Platform, management: NonNullable<Hypervisor["management"]>): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, management }).vm("a1", "hv", {}, { tenant: "a" });

describe("HV-005", () => {
  it.each(PLATFORMS)("on %s fires where either is off, and knows nothing where they are not described", (platform) => {
    expect(severities(hv005, host(platform, { secureBoot: false }).build())).toEqual({ hv: "low" });
    expect(severities(hv005, host(platform, { secureBoot: true, signedImagesOnly: false }).build())).toEqual({ hv: "low" });
    expect(run(hv005, host(platform, { secureBoot: true, signedImagesOnly: true }).build())).toEqual([]);
    expect(run(hv005, host(platform, {}).build())).toEqual([]);
  });

  it("is medium with VMs of two tenants", () => {
    expect(severities(hv005, host("esxi", { secureBoot: false }).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "medium" });
  });

  it("names what is off and closes with it", () => {
    const drawing = host("esxi", { secureBoot: false, signedImagesOnly: false }).build();
    expect(run(hv005, drawing)[0]?.detail).toContain("$.hypervisors.hv.management.secureBoot is off");
    expect(closingFixes(hv005, drawing)).toEqual({ hv: ["Enforce the integrity of hv"] });
  });
});
