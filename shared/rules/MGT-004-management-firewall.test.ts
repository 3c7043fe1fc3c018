import { describe, expect, it } from "vitest";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { access, draw, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, idsOf } from "./testing";

const host = (firewall?: ManagementInterface["firewall"], services: ManagementInterface["services"] = ["management"]): Drawing =>
  draw().tenant("a").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10))
    .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg", services, addresses: ["10.0.0.11/24"], ...(firewall === undefined ? {} : { firewall }) });

describe("MGT-004", () => {
  it("fires where the firewall is off or takes any source", () => {
    for (const firewall of [{ enabled: false }, { enabled: false, allowedSources: ["management"] }, { enabled: true }, { enabled: true, allowedSources: ["any"] }, { allowedSources: ["cidr:0.0.0.0/0"] }]) {
      expect(found(check(host(firewall).build()), "MGT-004")).toEqual(["medium MGT-004:vmk0"]);
    }
  });

  it("is silent where sources are named, where the firewall is unknown, and for other services", () => {
    expect(idsOf(check(host({ enabled: true, allowedSources: ["cidr:10.0.0.0/24"] }).build()), "MGT-004")).toEqual([]);
    expect(idsOf(check(host().build()), "MGT-004")).toEqual([]);
    expect(idsOf(check(host({ enabled: false }, ["storage"]).build()), "MGT-004")).toEqual([]);
  });

  it("is high where somebody reaches the interface", () => {
    expect(found(check(host({ enabled: true }).vm("a1", "h1", "pg", { tenant: "a" }).build()), "MGT-004")).toEqual(["high MGT-004:vmk0"]);
  });

  it("offers the sources that the policy names, and management itself", () => {
    const drawing = { ...host({ enabled: true }).external("admins", { portGroup: "pg" }, "admin").build(), policy: { require: [{ id: "q1", from: ["external:admins"], to: ["management"], services: ["tcp/443"] }] } };
    const [fix] = fixesFor(check(drawing), "MGT-004:vmk0");
    expect(fix).toMatchObject({ verified: true, breaksRequired: [] });
    expect(fix?.edits).toContainEqual({ op: "add", path: "/managementInterfaces/vmk0/firewall/allowedSources", value: ["external:admins", "management"] });
  });
});
