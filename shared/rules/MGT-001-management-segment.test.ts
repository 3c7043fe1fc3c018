import { describe, expect, it } from "vitest";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, flawedScenario, found, idsOf, remediatedScenario } from "./testing";

function host(services?: ("management" | "migration" | "storage")[]): Drawing {
  return draw().tenant("a").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,100"))
    .portGroup("pg", "s1", access(100)).portGroup("pg-mgmt", "s1", access(100))
    .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-mgmt", ...(services === undefined ? {} : { services }) });
}

describe("MGT-001", () => {
  it("is critical per management interface and segment where a workload hears the interface", () => {
    expect(found(check(host(["management"]).vm("a1", "h1", "pg", { tenant: "a" }).build()), "MGT-001")).toEqual(["critical MGT-001:vmk0@s1.100"]);
    expect(idsOf(check(flawedScenario()), "MGT-001")).toEqual(["MGT-001:esx-1-vmk0@tor-1.100", "MGT-001:esx-2-vmk0@tor-1.100"]);
    expect(idsOf(check(remediatedScenario()), "MGT-001")).toEqual([]);
  });

  it("takes an interface without services for a management interface, and leaves migration and storage to other rules", () => {
    expect(idsOf(check(host().vm("a1", "h1", "pg", { tenant: "a" }).build()), "MGT-001")).toHaveLength(1);
    expect(idsOf(check(host(["migration", "storage"]).vm("a1", "h1", "pg", { tenant: "a" }).build()), "MGT-001")).toEqual([]);
  });

  it("lets jump hosts and infrastructure VMs be there, but not a VM without role or tenant", () => {
    expect(idsOf(check(host(["management"]).vm("jump", "h1", "pg", { role: "jump-host" }).vm("vcenter", "h1", "pg", { role: "infrastructure" }).build()), "MGT-001")).toEqual([]);
    expect(idsOf(check(host(["management"]).vm("x", "h1", "pg").build()), "MGT-001")).toHaveLength(1);
  });

  it("does not fire where the VLANs differ", () => {
    expect(idsOf(check(host(["management"]).portGroup("pg-mgmt", "s1", access(10)).vm("a1", "h1", "pg", { tenant: "a" }).build()), "MGT-001")).toEqual([]);
  });

  it("offers a management VLAN for all interfaces that share, and keeps the administrators' required flow", () => {
    const evaluation = check(flawedScenario());
    const [fix] = fixesFor(evaluation, "MGT-001:esx-1-vmk0@tor-1.100");
    expect(fix).toMatchObject({ verified: true, breaksRequired: [] });
    expect(fix?.edits).toContainEqual({ op: "replace", path: "/portGroups/pg-mgmt-1/vlan/id", value: 10 });
    expect(fix?.edits).toContainEqual({ op: "replace", path: "/portGroups/pg-mgmt-2/vlan/id", value: 10 });
  });
});
