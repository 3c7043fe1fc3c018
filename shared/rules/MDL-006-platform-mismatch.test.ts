import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { PortGroup, PortGroupVlan } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { access, draw, isolated, overlay, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl006 } from "./MDL-006-platform-mismatch";

const KINDS = ["standard", "distributed", "linux-bridge", "open-vswitch", "hyper-v"] as const;
const group = (kind: VirtualSwitch["kind"], vlan: PortGroupVlan, more: Partial<PortGroup> = {}): Drawing => draw().hypervisor("hv").vswitch("sw", kind, "hv").portGroup("pg", "sw", vlan, more);
const firing = (vlan: PortGroupVlan, more: Partial<PortGroup> = {}) => KINDS.filter((kind) => run(mdl006, group(kind, vlan, more).build()).length > 0);
const host = (platform: Platform, more: object): Drawing => draw().tenant("a").tenant("b").hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, ...more });

describe("MDL-006", () => {
  it("knows which switches have private VLANs, overlays, isolated ports and promiscuous mode", () => {
    expect(firing(isolated(100, 101))).toEqual(["standard", "linux-bridge"]);
    expect(firing(overlay(5001))).toEqual(["standard", "linux-bridge", "hyper-v"]);
    expect(firing(access(10), { isolatedPorts: true })).toEqual(["standard"]);
    expect(firing(access(10), { security: { promiscuous: "accept" } })).toEqual(["hyper-v"]);
    expect(firing(access(10), { security: { promiscuous: "reject" }, isolatedPorts: false })).toEqual([]);
  });

  it("is medium where the setting hides another finding", () => {
    expect(severities(mdl006, group("standard", isolated(100, 101)).build())).toEqual({ pg: "medium" });
    expect(severities(mdl006, group("hyper-v", access(10), { security: { promiscuous: "accept" } }).build())).toEqual({ pg: "low" });
  });

  it("knows lockdown mode and page-sharing salts on ESXi alone", () => {
    const others = PLATFORMS.filter((platform) => platform !== "esxi");
    expect(PLATFORMS.filter((platform) => run(mdl006, host(platform, { management: { lockdown: "normal" } }).build()).length > 0)).toEqual(others);
    expect(PLATFORMS.filter((platform) => run(mdl006, host(platform, { memorySharing: "intra-vm" }).build()).length > 0)).toEqual(others);
    expect(run(mdl006, host("proxmox", { management: { lockdown: "off" }, memorySharing: "off" }).build())).toEqual([]);
    const shared = host("proxmox", { memorySharing: "intra-vm" }).vm("a1", "hv", {}, { tenant: "a", resources: { memorySharing: "intra-vm" } }).vm("b1", "hv", {}, { tenant: "b" });
    expect(severities(mdl006, shared.build())).toEqual({ hv: "medium", a1: "medium" });
  });

  it("knows that nothing stands at the vNICs of desktop hypervisors, and takes their switches out of a distributed firewall's scope", () => {
    const filtered = (platform: Platform, more: object = {}): Drawing => draw().hypervisor("hv", platform).hypervisor("esx").vswitch("sw", "linux-bridge", "hv").vswitch("other", "standard", "esx").put("distributedFirewalls", "dfw", { ...more });
    expect(PLATFORMS.filter((platform) => run(mdl006, filtered(platform).build()).length > 0)).toEqual(PLATFORMS.filter((platform) => ["virtualbox", "vmware-workstation", "parallels"].includes(platform)));
    expect(severities(mdl006, filtered("virtualbox", { virtualSwitches: ["sw"] }).build())).toEqual({ dfw: "medium" });
    expect(severities(mdl006, filtered("virtualbox", { virtualSwitches: ["other"] }).build())).toEqual({});
    expect(closingFixes(mdl006, filtered("virtualbox").build())).toEqual({ dfw: ["Say what dfw does: virtualSwitches other"] });
  });

  it("closes by saying what is true", () => {
    expect(closingFixes(mdl006, group("standard", isolated(100, 101), { isolatedPorts: true }).build())).toEqual({ pg: ["Say what pg does: vlan access 100 and no isolatedPorts"] });
    expect(closingFixes(mdl006, host("kvm", { memorySharing: "intra-vm", management: { lockdown: "strict" } }).build())).toEqual({ hv: ["Say what hv does: no management.lockdown and memorySharing off"] });
  });
});
