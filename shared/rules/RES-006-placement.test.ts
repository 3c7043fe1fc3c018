import { describe, expect, it } from "vitest";
import { PLATFORMS } from "../model/kinds/hypervisor";
import type { Vm } from "../model/kinds/vm";
import { draw, type Drawing } from "../network/testing";
import { run, severities } from "./fixtures/run-rule";
import { res006 } from "./RES-006-placement";

const pinned = (cpuAffinity?: string): Partial<Vm> => (cpuAffinity === undefined ? {} : { resources: { cpuAffinity } });
const two = (own?: string, other?: string): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv").vm("a1", "hv", {}, { tenant: "a", sensitive: true, ...pinned(own) }).vm("b1", "hv", {}, { tenant: "b", ...pinned(other) });

describe("RES-006", () => {
  it.each(PLATFORMS)("on %s is info for a sensitive VM beside another tenant", (platform) => {
    expect(severities(res006, two().put("hypervisors", "hv", { host: "hv-host", platform }).build())).toEqual({ hv: "info" });
  });

  it("counts a tenant that is sensitive", () => {
    expect(severities(res006, draw().tenant("a").put("tenants", "b", { sensitive: true }).hypervisor("hv").vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "info" });
  });

  it("does not fire alone, within one tenant, without anything sensitive, or on processors of its own", () => {
    expect(run(res006, draw().tenant("a").hypervisor("hv").vm("a1", "hv", {}, { tenant: "a", sensitive: true }).vm("a2", "hv", {}, { tenant: "a" }).build())).toEqual([]);
    expect(run(res006, draw().tenant("a").tenant("b").hypervisor("hv").vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual([]);
    expect(run(res006, two("8-11", "0-7").build())).toEqual([]);
    expect(severities(res006, two("8-11", "4-8,12").build())).toEqual({ hv: "info" });
  });

  it("fires where the other tenant's VM may run on any processor", () => {
    expect(severities(res006, two("8-11").build())).toEqual({ hv: "info" });
  });

  it("counts the VMs of another hypervisor on the same machine, and names the one of the sensitive VM", () => {
    const desktop = draw().tenant("a").tenant("b").hypervisor("hv").put("hypervisors", "other", { host: "hv-host", platform: "virtualbox" }).vm("a1", "hv", {}, { tenant: "a", sensitive: true }).vm("b1", "other", {}, { tenant: "b" });
    expect(severities(res006, desktop.build())).toEqual({ hv: "info" });
  });

  it("says why only a person can mend it", () => {
    expect(run(res006, two().build())[0]?.detail).toContain("Only a person can mend it: where VMs run is decided by rules of the cluster");
  });
});
