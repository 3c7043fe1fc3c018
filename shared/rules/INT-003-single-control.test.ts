import { describe, expect, it } from "vitest";
import type { ManagementInterface } from "../model/kinds/management-interface";
import type { RecordOf, Topology } from "../model/topology";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { net001 } from "./NET-001-shared-segment";
import { closingFixes, run } from "./fixtures/run-rule";
import { int003 } from "./INT-003-single-control";

const drawing = (dfw?: Partial<RecordOf<"distributedFirewalls">>, vlan = 20): Drawing => {
  const drawn = draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "distributed", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20,30"))
    .portGroup("pa", "sw", access(10)).portGroup("pb", "sw", access(vlan)).vm("a1", "hv", "pa", { tenant: "a" }).vm("b1", "hv", "pb", { tenant: "b" });
  return dfw === undefined ? drawn : drawn.put("distributedFirewalls", "dfw", dfw);
};
const check = (topology: Topology) => run(int003, topology, new Map([["NET-001", run(net001, topology)]]));
const found = (drawn: Drawing) => Object.fromEntries(check(drawn.build()).map(({ key, severity }) => [key, severity]));
const denies = (from: string, to: string) => ({ id: `${from}-${to}`, action: "deny" as const, from: [`tenant:${from}`], to: [`tenant:${to}`] });

describe("INT-003", () => {
  it("fires where only segments keep two tenants apart, low for a sensitive one", () => {
    expect(found(drawing())).toEqual({ "a+b": "info" });
    expect(found(drawing().put("tenants", "b", { sensitive: true }))).toEqual({ "a+b": "low" });
  });

  it("does not fire with a distributed firewall behind the segments", () => {
    expect(found(drawing({ defaultAction: "deny" }))).toEqual({});
    expect(found(drawing({ rules: [denies("a", "b"), denies("b", "a")], defaultAction: "allow" }))).toEqual({});
    expect(found(drawing({ rules: [denies("a", "b"), denies("b", "a"), { id: "rest", action: "allow" }], defaultAction: "deny" }))).toEqual({});
    expect(found(drawing({ rules: [denies("a", "b"), { id: "rest", action: "allow" }, denies("b", "a")], defaultAction: "deny" }))).toEqual({ "a+b": "info" });
    expect(found(drawing({ rules: [denies("a", "b")], defaultAction: "allow" }))).toEqual({ "a+b": "info" });
  });

  it("fires where the distributed firewall leaves one out, or has a rule for the two", () => {
    expect(found(drawing({ defaultAction: "deny", virtualSwitches: [] }))).toEqual({ "a+b": "info" });
    expect(found(drawing({ defaultAction: "deny", rules: [{ id: "r", action: "allow", from: ["tenant:a"], to: ["vm:b1"], services: ["tcp/443"] }] }))).toEqual({ "a+b": "info" });
    expect(found(drawing({ defaultAction: "deny", rules: [{ id: "r", action: "allow", from: ["tenant:a"], to: ["tenant:a"] }] }))).toEqual({});
  });

  it("fires where only the distributed firewall stands between the two", () => {
    expect(check(drawing({ defaultAction: "deny" }, 10).build()).map(({ key, detail }) => [key, detail])).toEqual([["a+b", expect.stringContaining("only a distributed firewall stands between them")]]);
  });

  describe("with gateways between the segments", () => {
    const interfaces = { a: { portGroup: "pa", addresses: ["10.0.10.1/24"] }, b: { portGroup: "pb", addresses: ["10.0.20.1/24"] } };
    const gateway = (own: Partial<RecordOf<"routers">> = {}, collection: "routers" | "firewalls" = "routers") => drawing({ defaultAction: "deny" }).put(collection, "gw", { interfaces, ...own });

    it("fires where they deny the two nothing: the distributed firewall is the only control", () => {
      expect(check(gateway().build()).map(({ key, detail }) => [key, detail])).toEqual([["a+b", expect.stringContaining("gw leads between the segments of a and b and denies them nothing: only a distributed firewall")]]);
      expect(found(gateway({ defaultAction: "allow" }, "firewalls"))).toEqual({ "a+b": "info" });
      expect(found(gateway({ rules: [denies("c", "a")] }).tenant("c"))).toEqual({ "a+b": "info" });
      expect(found(drawing({ defaultAction: "deny" }).tenant("c").vm("c1", "hv", { x: { portGroup: "pa" }, y: { portGroup: "pb" } }, { tenant: "c" }))["a+b"]).toBe("info");
    });

    it("is silent where they deny the two by default or by a rule, and where one has no interface there", () => {
      expect(found(gateway({ defaultAction: "deny" }))).toEqual({});
      expect(found(gateway({}, "firewalls"))).toEqual({});
      expect(found(gateway({ rules: [denies("a", "b")] }))).toEqual({});
      expect(found(gateway({ rules: [{ id: "r", action: "deny" }] }))).toEqual({});
      expect(found(gateway({ interfaces: { a: interfaces.a } }))).toEqual({});
      expect(found(gateway({ rules: [{ ...denies("a", "b"), enabled: false }] }))).toEqual({ "a+b": "info" });
    });

    it("looks for a way through another gateway where one denies", () => {
      const second = { a: { portGroup: "pa", addresses: ["10.0.10.2/24"] }, b: { portGroup: "pb", addresses: ["10.0.20.2/24"] } };
      expect(found(gateway({ rules: [denies("a", "b")] }).put("routers", "zz", { interfaces: second }))).toEqual({ "a+b": "info" });
    });

    it("closes with a deny at the gateway, or with the adapter of the machine in between", () => {
      expect(closingFixes(int003, gateway().build())["a+b"]).toEqual(["Deny a and b to one another in gw"]);
      const between = drawing({ defaultAction: "deny" }).vm("mid", "hv", { x: { portGroup: "pa" }, y: { portGroup: "pb" } }, { tenant: "a", role: "infrastructure", forwarding: true });
      expect(closingFixes(int003, between.build())["a+b"]?.[0]).toContain("Close the way through mid");
    });
  });

  it("is silent where the two reach each other, or may", () => {
    expect(found(drawing(undefined, 10))).toEqual({});
    expect(found(drawing().put("routers", "gw", { interfaces: { a: { portGroup: "pa", addresses: ["10.0.10.1/24"] }, b: { portGroup: "pb", addresses: ["10.0.20.1/24"] } } }))).toEqual({});
    expect(check({ ...drawing().build(), policy: { allow: [{ id: "p", from: ["tenant:a"], to: ["tenant:b"], services: ["tcp/443"] }] } })).toEqual([]);
  });

  it("looks at the own firewall of management that nobody reaches", () => {
    const managed = (firewall: ManagementInterface["firewall"], vlan = 30): Drawing => drawing({ defaultAction: "deny" }).portGroup("pm", "sw", access(vlan))
      .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pm", services: ["management"], ...(firewall === undefined ? {} : { firewall }) });
    expect(check(managed({ enabled: false }).build()).map(({ key }) => key)).toEqual(["workloads>management"]);
    expect(found(managed({ enabled: true, allowedSources: ["management"] }))).toEqual({});
    expect(found(managed(undefined))).toEqual({});
    expect(found(managed({ enabled: false }, 10))).toEqual({});
    expect(closingFixes(int003, managed({ enabled: true }).build())).toEqual({ "workloads>management": ["Let the firewall of vmk0 take only the sources that the policy names"] });
  });

  it("closes with a distributed firewall", () => {
    expect(closingFixes(int003, drawing().build())["a+b"]?.length).toBeGreaterThan(0);
    const passing = drawing().put("distributedFirewalls", "dfw", { rules: [{ id: "r1", action: "allow" }], defaultAction: "deny" });
    expect(closingFixes(int003, passing.build())["a+b"]).toContain("Deny a and b to one another in the distributed firewalls");
  });
});
