import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { ANY_SERVICE, listServices, parseServices, type ServiceSet } from "../model/services";
import { AddressBook } from "./addresses";
import { Filter } from "./filters";
import { interfaces, networkOf, rule, twoTenants } from "./fixtures/two-tenants";
import type { HitQuestion } from "./hit-test";
import { LabelTable } from "./labels";
import { Membership } from "./membership";
import type { Drawing } from "./testing";

const HTTPS = parseServices(["tcp/443"]);

function firewall(rules: readonly Rule[]): Drawing {
  return twoTenants().put("firewalls", "fw", { interfaces: interfaces(10, 20), rules: [...rules] });
}

function hit(drawing: Drawing, more: Partial<HitQuestion> = {}) {
  const answer = networkOf(drawing).hitTest({ filter: "fw", from: "a", to: "b", services: HTTPS, ...more });
  if (!answer.ok) throw new Error(answer.reason);
  return answer;
}

/** The only case: what becomes of the packet at each rule, then who decides. */
function only(drawing: Drawing, more: Partial<HitQuestion> = {}): string {
  const { cases } = hit(drawing, more);
  expect(cases).toHaveLength(1);
  const [{ walk, decisions } = { walk: [], decisions: [] }] = cases;
  return `${walk.join(" ")} | ${decisions.map(({ rule: by, allows, certain, services }) => `${by ?? "default"} ${allows ? "allows" : "denies"}${certain ? "" : " perhaps"} ${services.join("+")}`).join(", ")}`;
}

describe("a hit test", () => {
  it("names the rule that decides, and why each before it does not", () => {
    const rules = [
      rule("allow any", { id: "off", enabled: false }), rule("allow any vm:b > *", { id: "from" }), rule("allow any * > vm:a", { id: "to" }), rule("allow tcp/80", { id: "services" }),
      rule("allow any", { id: "in", in: "v20" }), rule("allow any", { id: "out", out: "v10" }), rule("deny tcp tenant:ta > tenant:tb", { id: "it" }), rule("allow any", { id: "after" }),
    ];
    expect(only(firewall(rules))).toBe("off from to services in out decides | it denies tcp/443");
  });

  it("falls to the default action, which is that of the kind of filter", () => {
    expect(only(firewall([rule("allow udp")]))).toBe("services | default denies tcp/443");
    expect(only(twoTenants().put("routers", "fw", { interfaces: interfaces(10, 20) }))).toBe(" | default allows tcp/443");
    expect(only(twoTenants().put("distributedFirewalls", "fw", { rules: [rule("deny any vm:b > *")] }))).toBe("from | default allows tcp/443");
  });

  it("parts services between the rules that decide them", () => {
    const rules = [rule("allow tcp/443", { id: "r1" }), rule("deny tcp/443", { id: "r2" }), rule("deny tcp", { id: "r3" })];
    expect(only(firewall(rules), { services: ANY_SERVICE })).toBe("decides decided decides | r1 allows tcp/443, r3 denies tcp/1-442+tcp/444-65535, default denies icmp+udp");
  });

  it("tells packets apart that rules tell apart: by address, and by interface where it is left open", () => {
    const two = firewall([rule("allow any cidr:10.1.0.11/32 > *", { id: "r1" })]).vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24", "10.1.0.11/24"] } }, { tenant: "ta" });
    expect(hit(two).cases.map(({ packets, decisions }) => [packets.map(({ from }) => from), decisions[0]?.rule])).toEqual([[["a/eth0 10.1.0.10"], undefined], [["a/eth0 10.1.0.11"], "r1"]]);
    const open = firewall([rule("allow any", { id: "r1", in: "v10" })]).vm("a", "h1", { eth0: { portGroup: "p30", addresses: ["10.3.0.10/24"] } }, { tenant: "ta" });
    expect(hit(open).cases.flatMap(({ packets, decisions }) => packets.map((packet) => `${packet.in ?? ""}>${packet.out ?? ""} ${decisions[0]?.rule ?? "default"}`))).toEqual(["v10>v20 r1"]);
    expect(hit(open, { to: "a", from: "b" }).cases.flatMap(({ packets }) => packets.map((packet) => `${packet.in ?? ""}>${packet.out ?? ""}`))).toEqual(["v20>v10"]);
    expect(only(firewall([rule("allow any", { id: "r1", in: "v10" })]), { in: "v20", out: "v10" })).toBe("in | default denies tcp/443");
  });

  it("says perhaps where an address is not written", () => {
    const unknown = firewall([rule("deny any cidr:10.1.0.0/24 > *", { id: "r1" }), rule("allow any", { id: "r2" })]).vm("a", "h1", "p10", { tenant: "ta" });
    expect(only(unknown)).toBe("mayDecide decides | r1 denies perhaps tcp/443, r2 allows tcp/443");
  });

  it("takes addresses: who has it, else the external network that may hold it, else nobody", () => {
    const rules = [rule("allow any external:net > *", { id: "r1" }), rule("allow any tenant:ta > *", { id: "r2" })];
    const drawing = firewall(rules).external("net", { physicalSwitch: "tor-1", vlan: 10 });
    expect(only(drawing, { from: "10.1.0.10" })).toBe("from decides | r2 allows tcp/443");
    expect(only(drawing, { from: "203.0.113.7" })).toBe("decides | r1 allows tcp/443");
    expect(hit(drawing, { from: "203.0.113.7" }).cases[0]?.packets[0]?.from).toBe("net 203.0.113.7");
    expect(only(drawing, { from: "10.1.0.99" })).toBe("from from | default denies tcp/443");
    expect(only(drawing, { from: "net" })).toBe("decides | r1 allows tcp/443");
  });

  it("says where a distributed firewall stands at neither end, and what it is asked for in vain", () => {
    const drawing = twoTenants().put("distributedFirewalls", "fw", { rules: [], exclude: ["vm:a", "vm:b"] });
    expect(hit(drawing).sees).toBe(false);
    expect(hit(drawing.put("distributedFirewalls", "fw", { rules: [], exclude: ["vm:a"] })).sees).toBe(true);
    const network = networkOf(drawing);
    const ask = (more: Partial<HitQuestion>) => network.hitTest({ filter: "fw", from: "a", to: "b", services: HTTPS, ...more });
    expect(ask({ filter: "a" })).toMatchObject({ ok: false, wrong: "filter" });
    expect(ask({ from: "nobody" })).toMatchObject({ ok: false, wrong: "from", reason: expect.stringContaining("nor an address") as string });
    expect(networkOf(twoTenants().put("distributedFirewalls", "fw", {}).vm("c", "h1", {})).hitTest({ filter: "fw", from: "a", to: "c", services: HTTPS })).toMatchObject({ wrong: "to", reason: "c has no connected vNIC" });
  });

  it("agrees with what the analyzer passes and explains, whatever the rules", () => {
    const party = fc.constantFrom("*", "vm:a", "vm:b", "tenant:ta", "cidr:10.1.0.0/16", "cidr:10.2.0.10/32", "none");
    const one = fc.tuple(fc.constantFrom("allow", "deny"), fc.constantFrom("any", "tcp", "tcp/443", "udp+icmp", "tcp/1-500", "none"), party, party, fc.boolean());
    fc.assert(fc.property(fc.array(one, { maxLength: 8 }), fc.boolean(), (drawn, byIdentity) => {
      const rules = drawn.map(([action, services, from, to, enabled], index) => rule(`${action} ${services} ${from} > ${to}`, { id: `r${index}`, enabled }));
      const topology = firewall(rules).build();
      const labels = new LabelTable(topology);
      const membership = new Membership(topology, labels);
      const book = new AddressBook(labels, membership, false);
      const crossing = new Filter({ id: "fw", kind: "firewall", stateful: true, rules, defaultAllow: false, byIdentity }, labels).crossing(undefined, undefined);
      const of = (vm: string, address: string) => book.traits(membership.ofVnic(vm, "eth0")?.identity ?? labels.set([]), book.classOf(address) ?? book.other);
      const [from, to] = [of("a", "10.1.0.10"), of("b", "10.2.0.10")];
      const { steps, left } = crossing.walk(from, to, ANY_SERVICE);
      const told = steps.flatMap(({ services }, index) => (services.length === 0 ? [] : [{ rule: `r${index}`, allows: rules[index]?.action === "allow", services: listServices(services) }]));
      const listed = (decisions: readonly { readonly rule?: string; readonly allows: boolean; readonly services: ServiceSet }[]) => decisions.map((each) => ({ ...each, services: listServices(each.services) }));
      expect([...told, ...(left.length === 0 ? [] : [{ allows: false, services: listServices(left) }])]).toEqual(listed(crossing.explain(from, to)));
    }));
  });
});
