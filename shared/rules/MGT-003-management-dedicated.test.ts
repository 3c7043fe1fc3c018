import { describe, expect, it } from "vitest";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

const host = (): Drawing => draw().tenant("a").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,100")).portGroup("pg-mgmt", "s1", access(10));
const adapter = (drawing: Drawing, id: string, services: ("management" | "migration" | "storage")[], portGroup = "pg-mgmt"): Drawing => drawing.put("managementInterfaces", id, { hypervisor: "h1", portGroup, services });

describe("MGT-003", () => {
  it("is silent for one dedicated adapter, also beside the administrators' own network and a jump host", () => {
    const drawing = adapter(host(), "vmk0", ["management"]).external("admins", { physicalSwitch: "tor-1", vlan: 10 }, "admin").vm("jump", "h1", "pg-mgmt", { role: "jump-host" });
    expect(idsOf(check(drawing.build()), "MGT-003")).toEqual([]);
  });

  it("(a) fires where one adapter serves management and more, and offers an adapter of its own for the rest", () => {
    const evaluation = check(adapter(host(), "vmk0", ["management", "migration"]).build());
    expect(found(evaluation, "MGT-003")).toEqual(["medium MGT-003:vmk0"]);
    const [fix] = fixesFor(evaluation, "MGT-003:vmk0");
    expect(fix?.verified).toBe(true);
    expect(fix?.edits.find((edit) => edit.path === "/managementInterfaces/vmk0-migration")).toMatchObject({ op: "add", value: { services: ["migration"], hypervisor: "h1" } });
  });

  it("is low in a converged network without workloads where what is carried is encrypted", () => {
    const converged = (encrypted: boolean, more: (drawing: Drawing) => Drawing = (drawing) => drawing): string[] => {
      const own = host().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-mgmt", services: ["management", "migration"], encrypted: true });
      return found(check(more(own.put("managementInterfaces", "vmk1", { hypervisor: "h1", portGroup: "pg-mgmt", services: ["storage"], encrypted })).build()), "MGT-003");
    };
    expect(converged(true)).toEqual(["low MGT-003:vmk0"]);
    expect(converged(false)).toEqual(["medium MGT-003:vmk0"]);
    expect(converged(true, (drawing) => drawing.vm("a1", "h1", "pg-mgmt", { tenant: "a" }))).toEqual(["medium MGT-003:vmk0"]);
  });

  it("(b) fires where another kind of adapter is in the segment", () => {
    const evaluation = check(adapter(adapter(host(), "vmk0", ["management"]), "vmk1", ["storage"]).build());
    expect(idsOf(evaluation, "MGT-003")).toEqual(["MGT-003:vmk0"]);
    expect(fixesFor(evaluation, "MGT-003:vmk0")[0]?.verified).toBe(true);
  });

  it("(c) fires for a hypervisor with management on two adapters, and keeps one", () => {
    const evaluation = check(adapter(adapter(host().portGroup("pg-san", "s1", access(100)), "vmk0", ["management"]), "vmk1", ["management", "storage"], "pg-san").build());
    expect(idsOf(evaluation, "MGT-003")).toEqual(["MGT-003:h1", "MGT-003:vmk1"]);
    expect(fixesFor(evaluation, "MGT-003:h1")[0]?.edits).toContainEqual({ op: "remove", path: "/managementInterfaces/vmk1/services/0" });
  });

  it("(d) fires where workloads or foreign networks are in the segment, and offers a VLAN of its own", () => {
    const workload = check(adapter(host(), "vmk0", ["management"]).vm("a1", "h1", "pg-mgmt", { tenant: "a" }).build());
    expect(idsOf(workload, "MGT-003")).toEqual(["MGT-003:vmk0"]);
    const users = check(adapter(host(), "vmk0", ["management"]).external("users", { physicalSwitch: "tor-1", vlan: 10 }, "corporate").build());
    expect(idsOf(users, "MGT-003")).toEqual(["MGT-003:vmk0"]);
    for (const evaluation of [workload, users]) expect(fixesFor(evaluation, "MGT-003:vmk0")[0]?.verified).toBe(true);
  });

  it("mends several reasons at once", () => {
    const evaluation = check(adapter(adapter(host(), "vmk0", ["management", "migration"]), "vmk1", ["storage"]).vm("a1", "h1", "pg-mgmt", { tenant: "a" }).build());
    expect(fixesFor(evaluation, "MGT-003:vmk0")[0]).toMatchObject({ verified: true });
  });
});
