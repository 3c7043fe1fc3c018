import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { listServices } from "../model/services";
import { AddressBook, type AddressClass } from "./addresses";
import { Filter } from "./filters";
import { rule, twoTenants } from "./fixtures/two-tenants";
import { LabelTable } from "./labels";
import { Membership } from "./membership";

/** What a firewall with these rules passes from one address to another. */
function passes(rules: Rule[], from = "10.1.0.10", to = "10.2.0.10", more: { allow?: boolean; in?: string; out?: string } = {}): string {
  const topology = twoTenants().put("firewalls", "fw", { rules }).build();
  const labels = new LabelTable(topology);
  const book = new AddressBook(labels, new Membership(topology, labels), false);
  const filter = new Filter({ id: "fw", kind: "firewall", stateful: true, rules, defaultAllow: more.allow === true, byIdentity: false }, labels);
  const traits = (address: AddressClass | undefined) => book.traits(labels.set([]), address ?? book.other);
  return listServices(filter.crossing(more.in, more.out).passes(traits(book.classOf(from)), traits(book.classOf(to)))).join("+");
}

describe("ordered rules", () => {
  it("let the first that matches decide, service by service", () => {
    expect(passes([rule("deny tcp/22"), rule("allow tcp/20-25"), rule("deny tcp"), rule("allow any")])).toBe("icmp+tcp/20-21+tcp/23-25+udp");
  });

  it("fall back on the default action", () => {
    expect(passes([rule("allow tcp/22")])).toBe("tcp/22");
    expect(passes([rule("deny tcp/22")], undefined, undefined, { allow: true })).toBe("icmp+tcp/1-21+tcp/23-65535+udp");
  });

  it("read an absent list as any and an empty one as nothing", () => {
    expect(passes([rule("allow * * > *")])).toBe("any");
    expect(passes([rule("allow none * > *")])).toBe("");
    expect(passes([rule("allow * none > *")])).toBe("");
    expect(passes([rule("allow * * > none")])).toBe("");
  });

  it("treat reject as deny and skip what is not enabled", () => {
    expect(passes([rule("reject tcp/22"), rule("allow tcp/22-23")])).toBe("tcp/23");
    expect(passes([rule("deny tcp/22", { enabled: false }), rule("allow tcp/22")])).toBe("tcp/22");
  });

  it("match in and out only where a packet takes these interfaces", () => {
    const rules = [rule("allow tcp/1", { in: "inside" }), rule("allow tcp/2", { out: "outside" }), rule("allow tcp/3", { in: "outside", out: "inside" })];
    expect(passes(rules, undefined, undefined, { in: "inside", out: "outside" })).toBe("tcp/1-2");
    expect(passes(rules, undefined, undefined, { in: "outside", out: "inside" })).toBe("tcp/3");
  });

  it("match selectors by the written addresses of their members", () => {
    expect(passes([rule("allow tcp/1 vm:a > vm:b"), rule("allow tcp/2 tenant:ta > tenant:tb"), rule("allow tcp/3 portgroup:p10 > *"), rule("allow tcp/4 workloads > *")])).toBe("tcp/1-4");
    expect(passes([rule("allow tcp/1 vm:a > vm:b")], "10.1.0.11")).toBe("");
  });

  it("match blocks of both families", () => {
    expect(passes([rule("allow tcp/1 cidr:10.1.0.0/16 > cidr:10.2.0.10/32"), rule("allow tcp/2 cidr:10.1.1.0/24 > *")])).toBe("tcp/1");
    expect(passes([rule("allow tcp/1 cidr:fd00::/8 > cidr:0.0.0.0/0")], "fd00::5")).toBe("tcp/1");
    expect(passes([rule("allow tcp/1 cidr:fd00::/8 > *")], "10.1.0.10")).toBe("");
  });

  it("never widen a selector that names no member to any", () => {
    expect(passes([rule("allow any tag:nobody > *")])).toBe("");
    expect(passes([rule("deny any * > tag:nobody"), rule("allow tcp/22")])).toBe("tcp/22");
  });

  it("hold for 100 rules as for one", () => {
    const many = Array.from({ length: 100 }, (_, index) => rule(`${index % 2 === 0 ? "allow" : "deny"} tcp/${index + 1}`));
    expect(passes(many).split("+")).toHaveLength(50);
  });
});
