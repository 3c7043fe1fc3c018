import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { MemorySharing } from "../model/platform-defaults";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { res001 } from "./RES-001-memory-sharing";

function host(platform: Platform, memorySharing?: MemorySharing): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, ...(memorySharing === undefined ? {} : { memorySharing }) });
}
const wants = (tenant: string, memorySharing: MemorySharing) => ({ tenant, resources: { memorySharing } });

describe("RES-001", () => {
  it("where nothing is set fires on Proxmox VE alone", () => {
    const fires = (platform: Platform): boolean => run(res001, host(platform).vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build()).length > 0;
    expect(PLATFORMS.filter(fires)).toEqual(["proxmox"]);
  });

  it.each(PLATFORMS)("on %s follows what is set", (platform) => {
    const with2 = (sharing: MemorySharing) => severities(res001, host(platform, sharing).vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build());
    expect(with2("inter-vm")).toEqual({ hv: "medium" });
    expect(with2("intra-vm")).toEqual({});
    expect(with2("off")).toEqual({});
  });

  it("is high where a VM or a tenant is sensitive", () => {
    expect(severities(res001, host("kvm", "inter-vm").vm("a1", "hv", {}, { tenant: "a", sensitive: true }).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "high" });
    expect(severities(res001, host("kvm", "inter-vm").put("tenants", "b", { sensitive: true }).vm("a1", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual({ hv: "high" });
  });

  it("fires for one tenant only where a VM is sensitive", () => {
    expect(run(res001, host("kvm", "inter-vm").vm("a1", "hv", {}, { tenant: "a" }).vm("a2", "hv", {}, { tenant: "a" }).build())).toEqual([]);
    expect(severities(res001, host("kvm", "inter-vm").vm("a1", "hv", {}, { tenant: "a", sensitive: true }).vm("a2", "hv", {}, { tenant: "a" }).build())).toEqual({ hv: "high" });
    expect(run(res001, host("kvm", "inter-vm").vm("a1", "hv", {}, { tenant: "a", sensitive: true }).build())).toEqual([]);
  });

  it("needs both to allow it", () => {
    expect(run(res001, host("kvm", "inter-vm").vm("a1", "hv", {}, wants("a", "off")).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual([]);
    expect(run(res001, host("kvm", "inter-vm").vm("a1", "hv", {}, wants("a", "intra-vm")).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual([]);
    expect(run(res001, host("kvm", "off").vm("a1", "hv", {}, wants("a", "inter-vm")).vm("b1", "hv", {}, wants("b", "inter-vm")).build())).toEqual([]);
  });

  it("knows the salt that ESXi VMs share", () => {
    const salted = host("esxi").vm("a1", "hv", {}, wants("a", "inter-vm")).vm("b1", "hv", {}, wants("b", "inter-vm")).vm("b2", "hv", {}, { tenant: "b" });
    expect(run(res001, salted.build())[0]?.subjects).toEqual(["hv", "a1", "b1"]);
    expect(run(res001, host("esxi").vm("a1", "hv", {}, wants("a", "inter-vm")).vm("b1", "hv", {}, { tenant: "b" }).build())).toEqual([]);
  });

  it("offers fixes that close it", () => {
    expect(closingFixes(res001, host("esxi", "inter-vm").vm("a1", "hv", {}, wants("a", "inter-vm")).vm("a2", "hv", {}, { tenant: "a" }).vm("b1", "hv", {}, { tenant: "b" }).build()))
      .toEqual({ hv: ["Share memory within each VM only on hv", "Take 1 VM on hv out of memory sharing"] });
    expect(closingFixes(res001, host("proxmox").vm("a1", "hv", {}, { tenant: "a", sensitive: true }).vm("a2", "hv", {}, { tenant: "a" }).build()))
      .toEqual({ hv: ["Switch memory sharing off on hv", "Take 1 VM on hv out of memory sharing"] });
  });
});
