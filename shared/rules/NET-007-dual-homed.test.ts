import { describe, expect, it } from "vitest";
import type { Vm } from "../model/kinds/vm";
import { access, draw, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

const nics = { eth0: { portGroup: "pg-a" }, eth1: { portGroup: "pg-b" } };

/** VLANs 10 and 20 on one switch; `x` has a leg in each. */
function legs(more: Partial<Vm>): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg-a", "s1", access(10)).portGroup("pg-b", "s1", access(20)).vm("x", "h1", nics, more);
}

describe("NET-007", () => {
  it("is high where the VM stands beside another tenant", () => {
    const evaluation = check(legs({ tenant: "a" }).vm("a1", "h1", "pg-a", { tenant: "a" }).vm("b1", "h1", "pg-b", { tenant: "b" }).build());
    expect(found(evaluation, "NET-007")).toEqual(["high NET-007:x"]);
    expect(evaluation.findings.find((one) => one.rule === "NET-007")?.path.map((hop) => hop.at)).toEqual(expect.arrayContaining(["a1/eth0", "x/eth0", "x/eth1", "b1/eth0"]));
  });

  it("is medium between two zones of one tenant, and high with management on one side", () => {
    const zones = legs({ tenant: "a" }).vm("a1", "h1", "pg-a", { tenant: "a", zone: "dmz" }).vm("a2", "h1", "pg-b", { tenant: "a", zone: "inside" });
    expect(found(check(zones.build()), "NET-007")).toEqual(["medium NET-007:x"]);
    const management = legs({ tenant: "a" }).vm("a1", "h1", "pg-a", { tenant: "a" }).put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-b", services: ["management"] });
    expect(found(check(management.build()), "NET-007")).toEqual(["high NET-007:x"]);
  });

  it("takes a segment where it stands alone for its own", () => {
    expect(found(check(legs({ tenant: "a" }).vm("b1", "h1", "pg-b", { tenant: "b" }).build()), "NET-007")).toEqual(["high NET-007:x"]);
    const management = legs({ tenant: "a" }).put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-b", services: ["management"] });
    expect(found(check(management.build()), "NET-007")).toEqual(["high NET-007:x"]);
    expect(found(check(legs({ tenant: "a", zone: "dmz" }).vm("a1", "h1", "pg-b", { tenant: "a", zone: "app" }).build()), "NET-007")).toEqual(["medium NET-007:x"]);
    expect(found(check(legs({ tenant: "a", zone: "dmz" }).vm("a1", "h1", "pg-b", { tenant: "a" }).build()), "NET-007")).toEqual([]);
  });

  it("does not fire for virtual firewalls, for one zone, or where nothing is known of one side", () => {
    const beside = (more: Partial<Vm>): Drawing => legs(more).vm("a1", "h1", "pg-a", { tenant: "a" }).vm("b1", "h1", "pg-b", { tenant: "b" });
    expect(idsOf(check(beside({ role: "infrastructure", forwarding: true }).build()), "NET-007")).toEqual([]);
    expect(idsOf(check(beside({ role: "template" }).build()), "NET-007")).toEqual([]);
    expect(idsOf(check(beside({ role: "workload", forwarding: true, tenant: "a" }).build()), "NET-007")).toEqual(["NET-007:x"]);
    expect(idsOf(check(legs({ tenant: "a" }).vm("a1", "h1", "pg-a", { tenant: "a" }).build()), "NET-007")).toEqual([]);
    expect(idsOf(check(legs({ tenant: "a" }).vm("a1", "h1", "pg-a", { tenant: "a" }).vm("a2", "h1", "pg-b", { tenant: "a" }).build()), "NET-007")).toEqual([]);
  });

  it("is medium for a jump host, whose purpose it is", () => {
    const drawing = legs({ role: "jump-host" }).vm("a1", "h1", "pg-a", { tenant: "a" }).put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-b", services: ["management"] });
    expect(found(check(drawing.build()), "NET-007")).toEqual(["medium NET-007:x"]);
  });

  it("offers to disconnect the less trusted leg first", () => {
    const evaluation = check(legs({ tenant: "a" }).vm("a1", "h1", "pg-a", { tenant: "a" }).vm("b1", "h1", "pg-b", { tenant: "b" }).build());
    expect(fixesFor(evaluation, "NET-007:x")[0]?.edits).toEqual([{ op: "add", path: "/vms/x/nics/eth1/connected", value: false }]);
  });
});
