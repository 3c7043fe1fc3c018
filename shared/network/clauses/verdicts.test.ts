/** Semantics, section 5: verdicts, the default policy, and how the matrix and the summary count. */
import { describe, expect, it } from "vitest";
import { analyze } from "../../analysis/analyze";
import type { Summary } from "../../analysis/result";
import type { Policy } from "../../model/policy";
import { interfaces, networkOf, nic, router, rule, TODAY, twoTenants } from "../fixtures/two-tenants";
import { matrixOf } from "../network";
import type { Drawing } from "../testing";
import { pairsOf } from "./asking";

const routed = (): Drawing => twoTenants().put("routers", "r", router());
const one = (...rules: string[]): Drawing => twoTenants().put("firewalls", "f", router(rules.map((text) => rule(text))));
const withPolicy = (drawing: Drawing, policy: Policy): Drawing => {
  Object.assign(drawing.build(), { policy });
  return drawing;
};
const allow = (drawing: Drawing, ...services: string[]): Drawing => withPolicy(drawing, { allow: [{ id: "p", from: ["vm:a"], to: ["vm:b"], services }] });
const summaryOf = (drawing: Drawing): Summary => analyze(drawing.build(), { assume: "hostile", today: TODAY }).summary;

describe("a pair", () => {
  it("is isolated, and not listed, where nothing passes", () => {
    expect(pairsOf(twoTenants(), "a")).toEqual({});
  });

  it("is permitted where the policy allows every service of it, violating where some service is beyond", () => {
    expect(pairsOf(allow(one("allow tcp/443"), "tcp/443"), "a")["b"]).toBe("3 - tcp/443 - permitted");
    expect(pairsOf(allow(one("allow tcp/443+udp/53"), "tcp/443"), "a")["b"]).toBe("3 - tcp/443+udp/53 - violating");
  });

  it("is directed: an allow one way does not excuse the other", () => {
    expect(pairsOf(allow(routed(), "any"), "a")["b"]).toBe("3 - any - permitted");
    expect(pairsOf(allow(routed(), "any"), "b")["a"]).toBe("3 - any - violating");
  });

  it("of which IP is fully denied but frames pass is listed with no services and isolated, and NET-001 fires as medium", () => {
    const denied = twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }).put("distributedFirewalls", "d", { defaultAction: "deny" });
    expect(pairsOf(denied, "a")).toEqual({ b: "2 both - - isolated" });
    expect(analyze(denied.build(), { assume: "hostile", today: TODAY }).findings.filter((finding) => finding.rule === "NET-001").map(({ severity, id }) => `${severity} ${id}`))
      .toEqual(["medium NET-001:ta+tb@tor-1.10"]);
  });

  it("injects beyond the policy: violating; within it: permitted", () => {
    const stateless = (): Drawing => twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")], { stateful: false }));
    expect(pairsOf(stateless(), "a")["b"]).toBe("3 - - tcp/443 violating");
    expect(pairsOf(allow(stateless(), "tcp/443"), "a")["b"]).toBe("3 - - tcp/443 permitted");
  });
});

describe("the default policy", () => {
  it.each([["customer", "customer"], ["customer", "shared"], ["shared", "customer"], ["provider", "customer"], ["customer", "provider"], ["shared", "provider"]] as const)("%s to %s needs an allow", (from, to) => {
    expect(pairsOf(routed().tenant("ta", from).tenant("tb", to), "a")["b"]).toBe("3 - any - violating");
  });

  it("externals need an allow both ways", () => {
    const outside = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 10 }, "corporate");
    expect([pairsOf(outside, "a"), pairsOf(outside, "net")]).toEqual([{ net: "2 both any - violating" }, { a: "2 both any - violating" }]);
  });

  it("no workload reaches management, nor a BMC", () => {
    const managed = twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", firewall: { enabled: false } }).put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 10 } });
    expect(pairsOf(managed, "a")).toEqual({ "h1-host/bmc": "2 both any - violating", vmk0: "2 both any - violating" });
  });

  it("VMs of one tenant may reach one another", () => {
    expect(pairsOf(twoTenants().vm("a2", "h1", nic("p10"), { tenant: "ta" }), "a")).toEqual({ a2: "2 both any - permitted" });
  });
});

describe("policy entries", () => {
  const until = (day: string): string | undefined => pairsOf(withPolicy(routed(), { allow: [{ id: "p", until: day }] }), "a")["b"];

  it("count up to and including their day", () => {
    expect([until(TODAY), until("2026-11-22")]).toEqual(["3 - any - permitted", "3 - any - violating"]);
  });

  it("require needs every member of from to reach every member of to", () => {
    const required = (drawing: Drawing) => networkOf(withPolicy(drawing, { require: [{ id: "q", from: ["tenant:ta"], to: ["vm:b"], services: ["tcp/443"] }] })).required.map(({ holds }) => holds);
    expect(required(one("allow tcp/443"))).toEqual([true]);
    expect(required(one("allow tcp/443").vm("a2", "h1", nic("p30"), { tenant: "ta" }))).toEqual([false]);
    expect(required(one("allow tcp/444"))).toEqual([false]);
  });

  it("require is not met by packets that are only delivered", () => {
    const stateless = twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")], { stateful: false }));
    expect(networkOf(withPolicy(stateless, { require: [{ id: "q", from: ["vm:a"], to: ["vm:b"], services: ["tcp/443"] }] })).required).toMatchObject([{ holds: false }]);
  });

  it("trace is reachable if any member reaches any member", () => {
    const some = one("allow tcp/443").vm("a2", "h1", nic("p30"), { tenant: "ta" });
    expect(networkOf(some).trace(["a", "a2"], ["b"])).toMatchObject({ reachable: true, services: ["tcp/443"] });
  });
});

describe("tenantPairs of the summary", () => {
  it("counts the ordered pairs of all tenants, each by the worst of its members", () => {
    expect(summaryOf(twoTenants().tenant("tc")).tenantPairs).toEqual({ isolated: 6, permitted: 0, violating: 0, unknown: 0 });
    expect(summaryOf(allow(routed(), "any")).tenantPairs).toEqual({ isolated: 0, permitted: 1, violating: 1, unknown: 0 });
    const worse = allow(routed(), "any").vm("a2", "h1", nic("p10"), { tenant: "ta" });
    expect(summaryOf(worse).tenantPairs).toEqual({ isolated: 0, permitted: 0, violating: 2, unknown: 0 });
  });

  it("counts unknown pairs, and isolated ones whose frames pass as isolated", () => {
    const unsaid = routed().uplink("u1", "vsw-1", "h1", "tor-1");
    expect(summaryOf(unsaid).tenantPairs).toEqual({ isolated: 0, permitted: 0, violating: 0, unknown: 2 });
    const denied = twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }).put("distributedFirewalls", "d", { defaultAction: "deny" });
    expect(summaryOf(denied).tenantPairs).toEqual({ isolated: 2, permitted: 0, violating: 0, unknown: 0 });
  });
});

describe("by tenant and by port group", () => {
  const mixed = (): Drawing => one("allow tcp/443 vm:a > vm:b").vm("a2", "h1", nic("p20", "10.2.0.77/24"), { tenant: "ta" });

  it("a pair of tenants is the union of its members' pairs, with the nearest layer and the worst verdict", () => {
    expect(matrixOf(networkOf(mixed()), "tenant").pairs).toEqual([
      { from: "ta", to: "tb", layer: 2, frames: "both", services: ["any"], oneWay: [], verdict: "violating" },
      { from: "tb", to: "ta", layer: 2, frames: "both", services: ["any"], oneWay: [], verdict: "violating" },
    ]);
  });

  it("a pair of port groups too, and a group with itself is two of its members", () => {
    const pairs = matrixOf(networkOf(mixed()), "portgroup").pairs.map(({ from, to, layer, services, verdict }) => `${from} ${to} ${layer} ${services.join("+")} ${verdict}`);
    expect(pairs).toEqual(["p10 p20 3 tcp/443 violating", "p20 p20 2 any violating"]);
  });

  it("frames are one where they pass only from the one to the other, for every member", () => {
    const injected = twoTenants().portGroup("e", "vsw-1", { mode: "untagged" }).vm("m", "h1", nic("e", "10.9.0.1/24"), { tenant: "tb" });
    expect(matrixOf(networkOf(injected), "tenant").pairs).toEqual([{ from: "tb", to: "ta", layer: 2, frames: "one", services: [], oneWay: ["any"], verdict: "violating" }]);
    expect(matrixOf(networkOf(injected), "portgroup").pairs.filter(({ from }) => from === "e")).toEqual([
      { from: "e", to: "p10", layer: 2, frames: "one", services: [], oneWay: ["any"], verdict: "violating" },
      { from: "e", to: "p20", layer: 2, frames: "one", services: [], oneWay: ["any"], verdict: "permitted" },
    ]);
  });

  it("unknown pairs name what is missing, for all their members", () => {
    const unsaid = routed().uplink("u1", "vsw-1", "h1", "tor-1").vm("a2", "h1", nic("p10"), { tenant: "ta" });
    expect(matrixOf(networkOf(unsaid), "tenant").pairs[0]).toEqual({ from: "ta", to: "tb", layer: 3, services: [], oneWay: [], verdict: "unknown", missing: ["$.uplinks.u1.port"] });
  });
});

it("service lists are minimal and canonical, in one order: icmp, tcp, udp", () => {
  const services = (...rules: string[]): string => pairsOf(twoTenants().put("firewalls", "f", { interfaces: interfaces(10, 20), rules: rules.map((text) => rule(text)) }), "a")["b"]?.split(" ")[2] ?? "";
  expect(services("allow udp/53", "allow tcp/443", "allow tcp/22", "allow icmp")).toBe("icmp+tcp/22+tcp/443+udp/53");
  expect(services("allow tcp/10-20", "allow tcp/21-30", "allow tcp/15-25")).toBe("tcp/10-30");
  expect(services("allow tcp/1-65535")).toBe("tcp");
  expect(services("allow udp", "allow icmp", "allow tcp/1-1000", "allow tcp/1001-65535")).toBe("any");
});
