import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv004 } from "./HV-004-host-services";

const host = (platform: Platform, services: string[] | undefined, hostOsServices?: string[], id = "hv", drawing: Drawing = draw()): Drawing =>
  drawing.hypervisor(id, platform).put("hypervisors", id, {
    host: `${id}-host`, platform, ...(services === undefined ? {} : { management: { services } }), ...(hostOsServices === undefined ? {} : { hostOsServices }),
  });

describe("HV-004", () => {
  it.each(PLATFORMS)("on %s fires for services and for other roles of the host", (platform) => {
    expect(severities(hv004, host(platform, ["slp"]).build())).toEqual({ hv: "medium" });
    expect(severities(hv004, host(platform, undefined, ["samba"]).build())).toEqual({ hv: "medium" });
    expect(run(hv004, host(platform, [], []).build())).toEqual([]);
    expect(run(hv004, host(platform, undefined).build())).toEqual([]);
  });

  it("leaves the SSH that a Proxmox VE cluster needs", () => {
    const cluster = (services: string[]): Drawing => host("proxmox", services, undefined, "p2", host("proxmox", [], undefined, "p1"));
    expect(run(hv004, cluster(["ssh"]).build())).toEqual([]);
    expect(run(hv004, cluster(["ssh", "snmp"]).build())[0]?.detail).toBe("snmp runs on p2 without being needed day to day.");
    expect(run(hv004, cluster(["ssh", "snmp"]).build())[0]?.fixes?.()[0]?.edits).toEqual([expect.objectContaining({ path: "/hypervisors/p2/management/services/1" })]);
  });

  it("closes by stopping them", () => {
    expect(closingFixes(hv004, host("esxi", ["slp", "cim"], ["docker"]).build())).toEqual({ hv: ["Stop slp, cim and docker on hv"] });
  });
});
