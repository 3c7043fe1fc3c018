import { describe, expect, it } from "vitest";
import { PLATFORMS, type Hypervisor, type Platform } from "../model/kinds/hypervisor";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mgt008 } from "./MGT-008-direct-access";

const host = (platform: Platform, management: NonNullable<Hypervisor["management"]>, id = "hv", drawing: Drawing = draw()): Drawing =>
  drawing.hypervisor(id, platform).put("hypervisors", id, { host: `${id}-host`, platform, management });

describe("MGT-008", () => {
  it("fires for lockdown that is off on ESXi alone, and knows nothing where it is not described", () => {
    expect(PLATFORMS.filter((platform) => run(mgt008, host(platform, { lockdown: "off" }).build()).length > 0)).toEqual(["esxi"]);
    expect(run(mgt008, host("esxi", { lockdown: "normal" }).build())).toEqual([]);
    expect(run(mgt008, host("esxi", { lockdown: "strict", services: [] }).build())).toEqual([]);
    expect(run(mgt008, host("esxi", {}).build())).toEqual([]);
  });

  it.each(PLATFORMS)("on %s fires for SSH or a shell that runs, not for other services", (platform) => {
    expect(severities(mgt008, host(platform, { services: ["ssh"] }).build())).toEqual({ hv: "medium" });
    expect(severities(mgt008, host(platform, { services: ["ESXi-Shell"] }).build())).toEqual({ hv: "medium" });
    expect(run(mgt008, host(platform, { services: ["snmp"] }).build())).toEqual([]);
  });

  it("is low for SSH among the nodes of a Proxmox VE cluster", () => {
    const cluster = host("proxmox", { services: ["ssh"] }, "p2", host("proxmox", { services: ["ssh", "shell"] }, "p1"));
    expect(severities(mgt008, cluster.build())).toEqual({ p1: "medium", p2: "low" });
  });

  it("closes by locking down and stopping what lets people in, and leaves other services alone", () => {
    expect(closingFixes(mgt008, host("esxi", { lockdown: "off", services: ["ssh", "snmp"] }).build())).toEqual({ hv: ["Close direct access to hv"] });
    const [edit] = run(mgt008, host("kvm", { services: ["ssh", "snmp"] }).build())[0]?.fixes?.()[0]?.edits ?? [];
    expect(edit).toMatchObject({ path: expect.stringContaining("/hypervisors/hv/management/services") as string });
  });
});
