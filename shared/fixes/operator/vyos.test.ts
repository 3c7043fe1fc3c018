import { describe, expect, it } from "vitest";
import type { Forwarder, Rule } from "../../model/kinds/forwarder";
import type { Topology } from "../../model/topology";
import { access, draw } from "../../network/testing";
import { filterCommands } from "./filters";

function site(firewall?: Partial<Forwarder>): Topology {
  const drawing = draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").portGroup("pg", "sw", access(10))
    .vm("a1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.11/24"] } }, { tenant: "a" }).vm("a2", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.12/24", "2001:db8::12/64"] } }, { tenant: "a" });
  return (firewall === undefined ? drawing : drawing.put("firewalls", "fw", { interfaces: { in: { physicalSwitch: "tor", vlan: 10 }, out: { physicalSwitch: "tor", vlan: 20 } }, ...firewall })).build();
}

const vyos = (before: Topology, after: Topology): string[] => filterCommands({ before, after }).filter(({ platform, on }) => platform === "vyos" && on === "fw").map(({ text }) => text);
const web: Rule = { id: "web", action: "allow", from: ["tenant:a"], to: ["cidr:10.9.0.0/24"], services: ["tcp/443", "tcp/8000-8100"], in: "in", log: true };

describe("VyOS commands for a router or firewall", () => {
  it("number the rules of a new one, put several blocks into a group, and end with the default of both families", () => {
    const at = "firewall ipv4 forward filter rule 200";
    expect(vyos(site(), site({ rules: [{ id: "none", action: "allow", from: [] }, web], defaultAction: "deny" }))).toEqual([
      "configure",
      "set firewall global-options state-policy established action accept", "set firewall global-options state-policy related action accept",
      "set firewall group network-group web-source network 10.0.0.11/32", "set firewall group network-group web-source network 10.0.0.12/32",
      `set ${at} action accept`, `set ${at} description web`, `set ${at} inbound-interface name <device of in>`, `set ${at} source group network-group web-source`, `set ${at} destination address 10.9.0.0/24`,
      `set ${at} protocol tcp`, `set ${at} destination port 443,8000-8100`, `set ${at} log`,
      "set firewall ipv4 forward filter default-action drop", "set firewall ipv6 forward filter default-action drop", "commit; save",
    ]);
  });

  it("leave the numbers of rules that are there to the operator, and write a changed one anew", () => {
    const apart: Rule = { id: "apart", action: "reject", from: ["cidr:10.1.0.0/24"], services: ["icmp"] };
    const [, ...added] = vyos(site({ rules: [web] }), site({ rules: [apart, web] }));
    const at = "firewall ipv4 forward filter rule <number below all others>";
    expect(added).toEqual([`set ${at} action reject`, `set ${at} description apart`, `set ${at} source address 10.1.0.0/24`, `set ${at} protocol icmp`, "commit; save"]);
    const place = "firewall ipv4 forward filter rule <number of apart>";
    expect(vyos(site({ rules: [apart] }), site({ rules: [{ ...apart, action: "deny" }] })).slice(1, 3)).toEqual([`delete ${place}`, `set ${place} action drop`]);
    expect(vyos(site({ rules: [apart] }), site({ rules: [] }))).toEqual(["configure", `delete ${place}`, "commit; save"]);
  });

  it("empty the group of a rule that names fewer", () => {
    const from = (...ends: string[]): Rule => ({ id: "r", action: "allow", from: ends.map((end) => `cidr:10.${end}.0.0/16`) });
    const group = "firewall group network-group r-source", place = "firewall ipv4 forward filter rule <number of r>";
    const rest = [`set ${place} action accept`, `set ${place} description r`];
    expect(vyos(site({ rules: [from("1", "2", "3")] }), site({ rules: [from("1", "2")] }))).toEqual([
      "configure", `delete ${place}`, `delete ${group}`, `set ${group} network 10.1.0.0/16`, `set ${group} network 10.2.0.0/16`, ...rest, `set ${place} source group network-group r-source`, "commit; save",
    ]);
    expect(vyos(site({ rules: [from("1", "2")] }), site({ rules: [from("1")] }))).toEqual(["configure", `delete ${place}`, `delete ${group}`, ...rest, `set ${place} source address 10.1.0.0/16`, "commit; save"]);
    expect(vyos(site({ rules: [from("1", "2")] }), site({ rules: [] }))).toEqual(["configure", `delete ${place}`, `delete ${group}`, "commit; save"]);
  });

  it("keep the group of a rule that moves", () => {
    const rule: Rule = { id: "r", action: "allow", from: ["cidr:10.1.0.0/16", "cidr:10.2.0.0/16"] };
    const others: Rule[] = ["x", "y"].map((id) => ({ id, action: "deny" }));
    const moved = vyos(site({ rules: [rule, ...others] }), site({ rules: [...others, rule] }));
    expect(moved.filter((text) => text.includes("group network-group r-source network") || text === "delete firewall group network-group r-source")).toEqual([
      "delete firewall group network-group r-source", "set firewall group network-group r-source network 10.1.0.0/16", "set firewall group network-group r-source network 10.2.0.0/16",
    ]);
  });

  it("are a rule of both families where no side names anybody, and none for a transparent firewall", () => {
    const all = vyos(site({ rules: [] }), site({ rules: [{ id: "ping", action: "allow", services: ["icmp"] }] }));
    expect(all.filter((text) => text.includes("protocol"))).toEqual([
      "set firewall ipv4 forward filter rule <number below all others, 1 of 2> protocol icmp", "set firewall ipv6 forward filter rule <number below all others, 2 of 2> protocol ipv6-icmp",
    ]);
    expect(vyos(site(), site({ mode: "transparent", rules: [web] }))).toEqual([]);
  });
});
