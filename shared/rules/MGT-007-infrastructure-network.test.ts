import { describe, expect, it } from "vitest";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { PLATFORMS } from "../model/kinds/hypervisor";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mgt007 } from "./MGT-007-infrastructure-network";

const drawing = (services: ManagementInterface["services"], vlan = 10): Drawing =>
  draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("vmotion", "sw", access(10)).portGroup("guests", "sw", access(vlan))
    .physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20"))
    .put("managementInterfaces", "vmk1", { hypervisor: "hv", portGroup: "vmotion", addresses: ["10.0.0.1/24"], ...(services === undefined ? {} : { services }) }).vm("a1", "hv", "guests", { tenant: "a" });
const routed = (action: "allow" | "deny"): Drawing => drawing(["storage"], 20)
  .put("routers", "gw", { interfaces: { a: { physicalSwitch: "tor", vlan: 10, addresses: ["10.0.0.254/24"] }, b: { physicalSwitch: "tor", vlan: 20, addresses: ["10.0.20.254/24"] } }, defaultAction: action });

const open = (action: "allow" | "deny"): Drawing =>
  routed(action).put("managementInterfaces", "vmk1", { hypervisor: "hv", portGroup: "vmotion", addresses: ["10.0.0.1/24"], services: ["storage"], firewall: { enabled: false } });

describe("MGT-007", () => {
  it.each(["migration", "storage", "replication", "fault-tolerance"] as const)("fires for %s beside a workload", (service) => {
    expect(severities(mgt007, drawing([service]).build())).toEqual({ vmk1: "high" });
    expect(severities(mgt007, drawing(["management", service]).build())).toEqual({ vmk1: "high" });
  });

  it.each(PLATFORMS)("does so on %s", (platform) => {
    expect(severities(mgt007, drawing(["migration"]).put("hypervisors", "hv", { host: "hv-host", platform }).build())).toEqual({ vmk1: "high" });
  });

  it("does not fire for management, for services that nobody gave, in another segment, or beside infrastructure", () => {
    expect(run(mgt007, drawing(["management"]).build())).toEqual([]);
    expect(run(mgt007, drawing(undefined).build())).toEqual([]);
    expect(run(mgt007, drawing(["migration"], 20).build())).toEqual([]);
    expect(run(mgt007, drawing(["migration"]).vm("a1", "hv", "guests", { role: "infrastructure" }).build())).toEqual([]);
  });

  it("fires where a VM gets there through a router, but not where the router or the policy says so", () => {
    const [draft] = run(mgt007, open("allow").build());
    expect(draft?.detail).toBe("a1 reaches it through routers or firewalls, which the policy does not allow.");
    expect(run(mgt007, routed("deny").build())).toEqual([]);
    const allowed = routed("allow").build();
    expect(run(mgt007, { ...allowed, policy: { allow: [{ id: "nfs", from: ["tenant:a"], to: ["hypervisor:hv"], services: ["any"] }] } })).toEqual([]);
  });

  it("closes with a VLAN of its own, or a deny on the way", () => {
    expect(closingFixes(mgt007, drawing(["migration"]).build())).toEqual({ vmk1: ["Move migration (1 interface) into a VLAN of its own"] });
    expect(closingFixes(mgt007, open("allow").build()).vmk1).toContain("Let the firewall of vmk1 take only the sources that the policy names");
    expect(closingFixes(mgt007, open("allow").build()).vmk1?.length).toBeGreaterThan(1);
  });
});
