import { describe, expect, it } from "vitest";
import type { Forwarder } from "../../shared/model/kinds/forwarder";
import { draw } from "../../shared/network/testing";
import { inBlock, Members, selectorsOf, subnetOf } from "./members";
import { planFor } from "./plan";

const network = () => draw().tenant("ta").tenant("tb").hypervisor("h1").physicalSwitch("tor-1").vswitch("s", "standard", "h1").portGroup("g", "s", { mode: "access", id: 10 })
  .vm("a", "h1", { e0: { portGroup: "g", addresses: ["10.10.0.10/24"] }, e1: { portGroup: "g", addresses: ["10.20.0.10/24"], connected: false } }, { tenant: "ta" })
  .vm("b", "h1", { e0: { portGroup: "g", addresses: ["10.10.0.11/24"] } }, { tenant: "tb" }).external("net", { physicalSwitch: "tor-1", vlan: 10 });

const firewall = (rules: Omit<Forwarder, "name">) => planFor(network().put("firewalls", "fw", {
  interfaces: { in: { physicalSwitch: "tor-1", vlan: 10 }, out: { physicalSwitch: "tor-1", vlan: 20 } }, ...rules,
}).build()).appliances[0]?.rules.split("\n").map((line) => line.trim());

describe("rulesets", () => {
  it("know parties by their written addresses in a firewall, connected or not", () => {
    expect(firewall({ rules: [{ id: "r", action: "allow", from: ["tenant:ta"], to: ["vm:b"], services: ["tcp/443", "icmp"], in: "in" }] })).toEqual(expect.arrayContaining([
      'iifname "e16" ip saddr { 10.10.0.10, 10.20.0.10 } ip daddr { 10.10.0.11 } tcp dport 443 accept',
      'iifname "e16" ip saddr { 10.10.0.10, 10.20.0.10 } ip daddr { 10.10.0.11 } meta l4proto icmp accept', "drop",
    ]));
  });

  it("let answers through first where they keep state, and break TCP of which they saw one direction", () => {
    expect(firewall({ rules: [] })?.slice(3, 6)).toEqual(["ct state established,related accept", "meta l4proto tcp ct state invalid drop", "drop"]);
    expect(firewall({ rules: [], stateful: false })?.slice(3, 4)).toEqual(["drop"]);
  });

  it("are none where nothing is denied: such a firewall keeps no state either", () => {
    expect(firewall({ rules: [{ id: "r", action: "allow" }], defaultAction: "allow" })).toEqual([""]);
  });

  it("match nothing by an empty list or a disabled rule", () => {
    expect(firewall({ rules: [{ id: "r", action: "allow", from: [] }, { id: "s", action: "allow", enabled: false }] })?.filter((line) => line === "accept")).toEqual([]);
  });
});

describe("members", () => {
  it("of an external network have addresses in no written subnet, inside and outside of every block that a rule names", () => {
    const topology = network().put("firewalls", "fw", { rules: [{ id: "r", action: "deny", from: ["cidr:203.0.0.0/8", "cidr:10.0.0.0/8"] }] }).build();
    const members = new Members(topology);
    expect(selectorsOf(topology)).toEqual(["cidr:203.0.0.0/8", "cidr:10.0.0.0/8"]);
    expect(members.outside("net")).toEqual(["203.0.113.70", "198.51.100.70", "203.0.0.70"]);
    expect(members.holds("external", "198.51.100.70")).toBe(true);
    expect(members.holds("external", "10.10.0.10")).toBe(false);
  });

  it("lie in blocks by their prefix", () => {
    expect(subnetOf("10.20.30.40/20")).toBe("10.20.16.0/20");
    expect([inBlock("10.20.30.40", "10.20.16.0/20"), inBlock("10.20.32.1/24", "10.20.16.0/20"), inBlock("1.2.3.4", "0.0.0.0/0")]).toEqual([true, false, true]);
  });
});
