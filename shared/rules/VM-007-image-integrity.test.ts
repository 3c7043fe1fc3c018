import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { Vm } from "../model/kinds/vm";
import { draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm007 } from "./VM-007-image-integrity";

const vm = (more: Partial<Vm>, platform: Platform = "esxi") => draw().tenant("a").tenant("b").hypervisor("hv", platform).vm("a1", "hv", {}, more).build();

describe("VM-007", () => {
  it.each(PLATFORMS)("on %s fires for an unsigned image and for secure boot that is off", (platform) => {
    expect(severities(vm007, vm({ tenant: "a", image: { signed: false }, secureBoot: true }, platform))).toEqual({ a1: "low" });
    expect(severities(vm007, vm({ tenant: "a", image: { signed: true }, secureBoot: false }, platform))).toEqual({ a1: "low" });
    expect(run(vm007, vm({ image: { signed: true }, secureBoot: true }, platform))).toEqual([]);
  });

  it("where nothing is set fires on Proxmox VE alone, and says whose default that is", () => {
    expect(PLATFORMS.filter((platform) => run(vm007, vm({}, platform)).length > 0)).toEqual(["proxmox"]);
    expect(run(vm007, vm({}, "proxmox"))[0]?.detail).toBe("$.vms.a1.secureBoot is not set and off is assumed: Proxmox VE's default firmware, SeaBIOS, has none.");
  });

  it("is medium for a template that several tenants may use", () => {
    expect(severities(vm007, vm({ role: "template", image: { signed: false } }))).toEqual({ a1: "medium" });
    expect(severities(vm007, vm({ role: "template", tenant: "a", image: { signed: false } }))).toEqual({ a1: "low" });
  });

  it("closes with a signed image and secure boot", () => {
    expect(closingFixes(vm007, vm({ image: { signed: false }, secureBoot: false }))).toEqual({ a1: ["Rebuild a1 from a signed image with secure boot"] });
    expect(closingFixes(vm007, vm({}, "proxmox"))).toEqual({ a1: ["Give a1 secure boot"] });
  });
});
