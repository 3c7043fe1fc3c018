import { describe, expect, it } from "vitest";
import type { Drawing } from "../../network/testing";
import { applied, at, emptyish, problemsOf } from "./testing";

/** Management, tenants, BMCs, the office and administrators in one VLAN. */
const flat = (): Drawing => {
  const drawing = emptyish().tenant("a").vm("a1", "h1", at(1, "21"), { tenant: "a" }).vm("a2", "h2", at(2, "22"), { tenant: "a" })
    .external("office", { physicalSwitch: "tor", vlan: 100 }, "corporate").external("admins", { physicalSwitch: "tor", vlan: 60 }, "admin");
  for (const n of [1, 2]) {
    drawing.put("managementInterfaces", `vmk${n}`, { hypervisor: `h${n}`, portGroup: `pg${n}`, addresses: [`10.0.0.${n}/24`], services: ["management"] })
      .put("hosts", `h${n}-host`, { bmc: { physicalSwitch: "tor", vlan: 100, addresses: [`10.0.0.10${n}/24`] } });
  }
  return drawing;
};

describe("management plane", () => {
  const { segmentation, after, passes } = applied(flat().build(), "management-plane");

  it("keeps workloads and offices from management interfaces and BMCs", () => {
    for (const from of ["a1", "a2", "office"]) for (const to of ["vmk1", "vmk2", "h1-host/bmc"]) expect([from, to, passes(from, to), after.network.pair(from, to).verdict]).toEqual([from, to, [], "isolated"]);
    expect(after.summary.managementExposedTo).toEqual([]);
    expect(after.findings.filter(({ id }) => id.startsWith("MGT-001") || id.startsWith("MGT-002") || id === "INT-001:workloads>management")).toEqual([]);
    expect(passes("vmk1", "vmk2")).not.toEqual([]);
  });

  it("gives administrators a required way, through the gateway and the interface's own firewall", () => {
    expect(after.topology.policy?.require).toEqual([{ id: "administration", from: ["external:admins"], to: ["management"], services: ["tcp/443"], reason: "Hypervisor administration" }]);
    expect(passes("admins", "vmk1")).toEqual(["tcp/443"]);
    expect(after.topology.managementInterfaces?.["vmk1"]?.firewall).toEqual({ enabled: true, allowedSources: ["external:admins", "management"] });
    expect(segmentation).toMatchObject({ verified: true, required: [{ id: "administration", before: "fails", after: "holds" }] });
  });

  it("changes nothing the second time", () => {
    expect(applied(after.topology, "management-plane").segmentation.edits).toEqual([]);
  });

  it("leaves the administrators' entries as they are, and their jump host in the management network, where it says what no gateway stops", () => {
    const policy = { require: [{ id: "admin", from: ["vm:jump"], to: ["management"], services: ["tcp/22", "tcp/443"] }] };
    const own = applied({ ...flat().vm("jump", "h1", at(1, "9"), { role: "jump-host" }).build(), policy }, "management-plane", { administrators: ["vm:jump"] });
    expect(own.after.topology.policy).toEqual(policy);
    expect(own.passes("jump", "vmk2")).toEqual(["any"]);
    expect(own.segmentation.remaining).toContainEqual(expect.objectContaining({ from: "no tenant", to: "management", verdict: "violating" }));
    expect(own.passes("a1", "vmk2")).toEqual([]);
    expect(own.segmentation.required).toMatchObject([{ id: "admin", before: "unknown", after: "holds" }]);
  });

  it("closes management behind a gateway that let everything through", () => {
    const routed = emptyish().tenant("a").vm("a1", "h1", at(1, "21"), { tenant: "a" }).external("admins", { physicalSwitch: "tor", vlan: 60 }, "admin").portGroup("mgmt", "s1", { mode: "access", id: 10 })
      .put("managementInterfaces", "vmk1", { hypervisor: "h1", portGroup: "mgmt", addresses: ["10.9.0.1/24"] }).put("uplinks", "u1", { virtualSwitch: "s1", hypervisor: "h1", physicalSwitch: "tor", port: { mode: "trunk", allowed: "10,100" } })
      .put("routers", "gw", { interfaces: { m: { physicalSwitch: "tor", vlan: 10, addresses: ["10.9.0.254/24"] }, t: { physicalSwitch: "tor", vlan: 100, addresses: ["10.0.0.254/24"] }, adm: { physicalSwitch: "tor", vlan: 60 } } });
    const result = applied(routed.build(), "management-plane");
    expect(result.passes("a1", "vmk1")).toEqual([]);
    expect(result.passes("admins", "vmk1")).toEqual(["tcp/443"]);
    expect(result.after.topology.routers?.["gw"]?.rules?.map(({ id, in: inbound, out }) => [id, inbound, out])).toEqual([["allow-administration", "adm", "m"], ["deny-to-management", undefined, "m"], ["deny-from-management", "m", undefined]]);
  });

  it("needs management and somebody who administers", () => {
    expect(problemsOf(emptyish().build(), "management-plane")).toEqual(["there is no management interface and no BMC"]);
    expect(problemsOf(emptyish().put("managementInterfaces", "v", { hypervisor: "h1", portGroup: "pg1" }).build(), "management-plane")[0]).toContain("nobody could administer");
  });
});
