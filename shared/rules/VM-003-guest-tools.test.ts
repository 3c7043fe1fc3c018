import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { Vm } from "../model/kinds/vm";
import { draw } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { vm003 } from "./VM-003-guest-tools";

const vm = (guest: Vm["guest"], platform: Platform = "esxi", role: Vm["role"] = "workload") => draw().hypervisor("hv", platform).vm("a1", "hv", {}, { role, ...(guest === undefined ? {} : { guest }) }).build();

describe("VM-003", () => {
  it.each(PLATFORMS)("on %s fires for full and for outdated tools", (platform) => {
    expect(severities(vm003, vm({ tools: "full", toolsCurrent: true }, platform))).toEqual({ a1: "medium" });
    expect(severities(vm003, vm({ tools: "minimal", toolsCurrent: false }, platform))).toEqual({ a1: "medium" });
    expect(severities(vm003, vm({ toolsCurrent: false }, platform))).toEqual({ a1: "medium" });
  });

  it("does not fire for minimal and current tools, without tools, for templates, or where nothing is described", () => {
    expect(run(vm003, vm({ tools: "minimal", toolsCurrent: true }))).toEqual([]);
    expect(run(vm003, vm({ tools: "none", toolsCurrent: false }))).toEqual([]);
    expect(run(vm003, vm({ tools: "full" }, "esxi", "template"))).toEqual([]);
    expect(run(vm003, vm(undefined))).toEqual([]);
  });

  it("closes with minimal and current tools", () => {
    expect(closingFixes(vm003, vm({ tools: "full", toolsCurrent: false }))).toEqual({ a1: ["Keep only the needed guest tools of a1, and update them"] });
    expect(closingFixes(vm003, vm({ toolsCurrent: false }))).toEqual({ a1: ["Update the guest tools of a1"] });
  });
});
