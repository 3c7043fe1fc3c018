import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import { access, draw, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { hv007 } from "./HV-007-escape-monitoring";

const drawing = (escapeMonitoring?: boolean, platform: Platform = "esxi", mirrors = {}): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, management: escapeMonitoring === undefined ? {} : { escapeMonitoring } })
    .vswitch("sw", "distributed", "hv", { mirrors }).portGroup("pg", "sw", access(10)).vm("a1", "hv", "pg", { tenant: "a" }).vm("b1", "hv", "pg", { tenant: "b" });

describe("HV-007", () => {
  it.each(PLATFORMS)("on %s fires where nobody watches several tenants", (platform) => {
    expect(severities(hv007, drawing(false, platform).build())).toEqual({ site: "low" });
    expect(run(hv007, drawing(true, platform).build())).toEqual([]);
    expect(run(hv007, drawing(undefined, platform).build())).toEqual([]);
  });

  it("does not fire for one tenant, with a monitor at a mirror, or with a distributed firewall that logs", () => {
    expect(run(hv007, drawing(false).vm("b1", "hv", "pg", { tenant: "a" }).build())).toEqual([]);
    expect(run(hv007, drawing(false, "esxi", { m: { sources: ["portgroup:pg"], destination: "vm:ids" } }).vm("ids", "hv", "pg", { role: "infrastructure" }).build())).toEqual([]);
    expect(run(hv007, drawing(false).put("distributedFirewalls", "dfw", { rules: [{ id: "r", action: "deny", log: true }] }).build())).toEqual([]);
    expect(severities(hv007, drawing(false).put("distributedFirewalls", "dfw", { rules: [{ id: "r", action: "deny" }] }).build())).toEqual({ site: "low" });
  });

  it("is one finding for the document, and closes with monitoring", () => {
    const two = drawing(false).hypervisor("h2").put("hypervisors", "h2", { host: "h2-host", platform: "kvm", management: { escapeMonitoring: false } }).vm("a2", "h2", {}, { tenant: "a" }).vm("b2", "h2", {}, { tenant: "b" });
    expect(run(hv007, two.build())[0]?.subjects).toEqual(["h2", "hv"]);
    expect(closingFixes(hv007, two.build())).toEqual({ site: ["Monitor h2 and hv for escapes"] });
  });
});
