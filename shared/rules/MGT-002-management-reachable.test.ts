import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, found, flawedScenario, idsOf, remediatedScenario } from "./testing";

/** Tenant VLAN 100 and management VLAN 10, joined by a router. */
function routed(firewall: ManagementInterface["firewall"], rules: NonNullable<NonNullable<Topology["routers"]>[string]["rules"]> = []): Drawing {
  return draw().tenant("a").hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("10,100"))
    .portGroup("pg", "s1", access(100)).portGroup("pg-mgmt", "s1", access(10))
    .vm("a1", "h1", { eth0: { portGroup: "pg", addresses: ["10.1.0.5/24"] } }, { tenant: "a" })
    .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "pg-mgmt", addresses: ["10.0.0.11/24"], services: ["management"], ...(firewall === undefined ? {} : { firewall }) })
    .put("routers", "gw", { interfaces: { a: { physicalSwitch: "tor-1", vlan: 100, addresses: ["10.1.0.1/24"] }, m: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.0.0.1/24"] } }, rules });
}

const open = { enabled: false };

describe("MGT-002", () => {
  it("is one critical finding per tenant and interface, at layer 2 and through a router", () => {
    expect(found(check(routed(open).build()), "MGT-002")).toEqual(["critical MGT-002:a>vmk0"]);
    const flawed = check(flawedScenario());
    expect(idsOf(flawed, "MGT-002")).toEqual(expect.arrayContaining(["MGT-002:tenant-a>esx-1-vmk0", "MGT-002:tenant-b>esx-2-vmk0", "MGT-002:corporate>esx-1-vmk0"]));
    expect(flawed.summary.managementExposedTo).toEqual(["admins", "corporate", "tenant-a", "tenant-b"]);
    expect(idsOf(check(remediatedScenario()), "MGT-002")).toEqual([]);
  });

  it("is high from a corporate network and critical from an untrusted one", () => {
    const evaluation = check(routed(open).external("users", { physicalSwitch: "tor-1", vlan: 100 }, "corporate").external("net", { physicalSwitch: "tor-1", vlan: 100 }).build());
    expect(found(evaluation, "MGT-002")).toEqual(expect.arrayContaining(["high MGT-002:users>vmk0", "critical MGT-002:net>vmk0"]));
  });

  it("names a VM without a tenant by itself, and leaves jump hosts and manager VMs of nobody alone", () => {
    const drawing = routed(open).vm("lone", "h1", "pg").vm("jump", "h1", "pg", { role: "jump-host" });
    expect(idsOf(check(drawing.build()), "MGT-002")).toEqual(["MGT-002:a>vmk0", "MGT-002:lone>vmk0"]);
  });

  it("fires where only the interface's own firewall is not described, says so, and draws the way", () => {
    const evaluation = check(routed(undefined).build());
    const [finding] = evaluation.findings.filter((one) => one.rule === "MGT-002");
    expect(finding?.id).toBe("MGT-002:a>vmk0");
    expect(finding?.detail).toContain("does not describe the interface's own firewall");
    expect(finding?.path.some((hop) => hop.kind === "router")).toBe(true);
    expect(evaluation.summary.managementExposedTo).toEqual(["a"]);
  });

  it("asks of an interface whose own firewall is not described what the way to it lets through, and what of that the policy allows", () => {
    const web = routed(undefined, [{ id: "r1", action: "allow", services: ["tcp/443"] }, { id: "r2", action: "deny" }]).build();
    const [finding] = check(web).findings.filter((one) => one.rule === "MGT-002");
    expect(finding).toMatchObject({ severity: "critical", services: ["tcp/443"] });
    const allowed = check({ ...web, policy: { allow: [{ id: "p", from: ["tenant:a"], to: ["management"], services: ["tcp/443"] }] } });
    expect(idsOf(allowed, "MGT-002")).toEqual([]);
    expect(idsOf(allowed, "INT-001")).toEqual([]);
    expect(allowed.summary.managementExposedTo).toEqual([]);
  });

  it("does not fire behind a firewall that names others, nor for what the policy allows", () => {
    expect(idsOf(check(routed({ enabled: true, allowedSources: ["cidr:10.9.0.0/24"] }).build()), "MGT-002")).toEqual([]);
    const only443 = routed({ enabled: true, ports: ["tcp/443"] }).build();
    const allow = { allow: [{ id: "p", from: ["tenant:a"], to: ["management"], services: ["tcp/443"] }] };
    expect(idsOf(check({ ...only443, policy: allow }), "MGT-002")).toEqual([]);
    expect(idsOf(check({ ...routed(open).build(), policy: allow }), "MGT-002")).toEqual(["MGT-002:a>vmk0"]);
    expect(idsOf(check({ ...only443, policy: { allow: [{ ...allow.allow[0], id: "old", until: "2026-11-22" }] } }), "MGT-002")).toEqual(["MGT-002:a>vmk0"]);
  });

  it("is medium where no port of a management service passes", () => {
    expect(found(check(routed({ enabled: true, ports: ["icmp"] }).build()), "MGT-002")).toEqual(["medium MGT-002:a>vmk0"]);
  });

  it("offers a deny between the gateway's interfaces, which no forged address gets around, one with the guests' addresses bound, and the interface's own firewall", () => {
    const titles = (drawing: Drawing): string[] => fixesFor(check(drawing.build()), "MGT-002:a>vmk0").map((fix) => fix.title);
    expect(titles(routed(open))).toEqual(["Deny tenant:a to hypervisor:h1 between the interfaces of gw", "Deny tenant:a to hypervisor:h1 at gw, and bind MAC and IP addresses to the ports of pg (spoof guard)", "Let the firewall of vmk0 take only the sources that the policy names"]);
    expect(titles(routed(open).portGroup("pg", "s1", access(100), { spoofGuard: true }))[0]).toBe("Deny tenant:a to hypervisor:h1 at gw");
  });

  it("keeps the declared flow of an administrator who sits beside the tenant", () => {
    const drawing = routed(open).external("admins", { physicalSwitch: "tor-1", vlan: 100 }, "admin");
    const evaluation = check({ ...drawing.build(), policy: { require: [{ id: "q1", from: ["external:admins"], to: ["management"], services: ["tcp/443"] }] } });
    expect(evaluation.network.required).toMatchObject([{ id: "q1", holds: true }]);
    expect(fixesFor(evaluation, "MGT-002:a>vmk0")[0]).toMatchObject({ breaksRequired: [], verified: true });
  });

  it("moves a network on a port that carries every VLAN, which would follow management wherever that goes", () => {
    const drawing = draw().hypervisor("h1").vswitch("s1", "open-vswitch", "h1").portGroup("trunk", "s1").portGroup("mgmt", "s1", access(10)).put("externalNetworks", "net", { name: "net", trust: "untrusted", attachedTo: { portGroup: "trunk" } })
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "mgmt", services: ["management"], firewall: { enabled: true } });
    const evaluation = check(drawing.build());
    expect(fixesFor(evaluation, "MGT-002:net>vmk0").map(({ title }) => title)).toContain("Move net into a VLAN of its own");
  });
});
