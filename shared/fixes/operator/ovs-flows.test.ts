import { describe, expect, it } from "vitest";
import type { DistributedFirewall } from "../../model/kinds/distributed-firewall";
import type { Rule } from "../../model/kinds/forwarder";
import type { Platform } from "../../model/kinds/hypervisor";
import type { Topology } from "../../model/topology";
import { access, draw } from "../../network/testing";
import { filterCommands } from "./filters";

function site(firewall?: Partial<DistributedFirewall>, platform: Platform = "kvm"): Topology {
  const drawing = draw().tenant("a").tenant("b").hypervisor("hv", platform).vswitch("sw", "open-vswitch", "hv", { name: "br-int" }).portGroup("pg", "sw", access(10))
    .vm("a1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.11/24"] } }, { tenant: "a" }).vm("b1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.21/24", "2001:db8::21/64"] } }, { tenant: "b" });
  return (firewall === undefined ? drawing : drawing.put("distributedFirewalls", "dfw", firewall)).build();
}

const flows = (before: Topology, after: Topology): string[] => filterCommands({ before, after }).map(({ text }) => text.replace("ovs-ofctl ", ""));
const web: Rule = { id: "web", action: "allow", to: ["tenant:b"], services: ["tcp/443"] };
const apart: Rule = { id: "apart", action: "deny", from: ["tenant:a"], to: ["tenant:b"] };

describe("Open vSwitch flows for a distributed firewall", () => {
  it("track connections first, then have a priority for each rule in its order, and stop IP below them", () => {
    const added = flows(site(), site({ rules: [apart, web], defaultAction: "deny" }));
    expect(added.slice(0, 8)).toEqual([
      "add-flow br-int 'priority=50000,icmp6,icmp_type=135,actions=normal'", "add-flow br-int 'priority=50000,icmp6,icmp_type=136,actions=normal'",
      ...["ip", "ipv6"].flatMap((family) => [
        `add-flow br-int 'priority=49999,${family},ct_state=-trk,actions=ct(table=0)'`, `add-flow br-int 'priority=49999,${family},ct_state=+trk+est,actions=normal'`,
        `add-flow br-int 'priority=49999,${family},ct_state=+trk+rel,actions=normal'`,
      ]),
    ]);
    expect(new Set(added.slice(8))).toEqual(new Set([
      "add-flow br-int 'priority=40000,ip,nw_src=10.0.0.11,nw_dst=10.0.0.21,actions=drop'",
      "add-flow br-int 'priority=39999,tcp,nw_dst=10.0.0.21,tp_dst=443,ct_state=+trk+new,actions=ct(commit),normal'",
      "add-flow br-int 'priority=39999,tcp6,ipv6_dst=2001:db8::21,tp_dst=443,ct_state=+trk+new,actions=ct(commit),normal'",
      "add-flow br-int 'priority=100,ip,actions=drop'", "add-flow br-int 'priority=100,ipv6,actions=drop'",
    ]));
  });

  it("remember what the default lets through, or its answers would be new connections", () => {
    expect(flows(site(), site({ rules: [apart], defaultAction: "allow" })).slice(-2)).toEqual([
      "add-flow br-int 'priority=100,ip,ct_state=+trk+new,actions=ct(commit),normal'", "add-flow br-int 'priority=100,ipv6,ct_state=+trk+new,actions=ct(commit),normal'",
    ]);
  });

  it("need no tracking without state, and take away exactly the flow of a rule that goes", () => {
    expect(flows(site({ stateful: false, rules: [apart] }), site({ stateful: false, rules: [] }))).toEqual(["--strict del-flows br-int priority=<priority of apart>,ip,nw_src=10.0.0.11,nw_dst=10.0.0.21"]);
    expect(flows(site({ stateful: false, rules: [] }), site({ stateful: false, rules: [web] }))).toEqual([
      "add-flow br-int priority=<priority above all others, below 49999>,tcp,nw_dst=10.0.0.21,tp_dst=443,actions=normal",
      "add-flow br-int priority=<priority above all others, below 49999>,tcp6,ipv6_dst=2001:db8::21,tp_dst=443,actions=normal",
    ]);
  });

  it("take away what a rule let through before, where it lets through less now", () => {
    const wide: Rule = { id: "r", action: "allow", from: ["cidr:10.0.0.0/8"], to: ["cidr:10.1.0.0/16"] };
    expect(flows(site({ rules: [wide] }), site({ rules: [{ ...wide, from: ["cidr:10.9.0.0/16"] }] }))).toEqual([
      "--strict del-flows br-int priority=<priority of r>,ip,nw_src=10.0.0.0/8,nw_dst=10.1.0.0/16,ct_state=+trk+new",
      "add-flow br-int priority=<priority of r>,ip,nw_src=10.9.0.0/16,nw_dst=10.1.0.0/16,ct_state=+trk+new,actions=ct(commit),normal",
    ]);
  });

  it("remember what the rules that stay let through, once state is kept", () => {
    const stays: Rule = { id: "r", action: "allow", to: ["cidr:10.1.0.0/16"] };
    expect(flows(site({ stateful: false, rules: [stays, apart], defaultAction: "deny" }), site({ stateful: true, rules: [stays, apart], defaultAction: "deny" })).slice(8)).toEqual([
      "--strict del-flows br-int priority=<priority of r>,ip,nw_dst=10.1.0.0/16",
      "add-flow br-int priority=<priority of r>,ip,nw_dst=10.1.0.0/16,ct_state=+trk+new,actions=ct(commit),normal",
    ]);
  });

  it("say that no flow logs, and leave a flow in place of which only the log is new", () => {
    const told = "apart asks for a log, and no flow writes one: ovs-ofctl dump-flows counts its packets";
    expect(flows(site({ stateful: false, rules: [] }), site({ stateful: false, rules: [{ ...apart, log: true }] }))).toEqual([
      `add-flow br-int priority=<priority above all others, below 49999>,ip,nw_src=10.0.0.11,nw_dst=10.0.0.21,actions=drop # ${told}`,
    ]);
    expect(filterCommands({ before: site({ rules: [apart] }), after: site({ rules: [{ ...apart, log: true }] }) }).map(({ text }) => text)).toEqual([`# br-int: ${told}`]);
  });

  it("are none on Proxmox VE, which has a firewall of its own", () => {
    expect(flows(site(undefined, "proxmox"), site({ rules: [apart] }, "proxmox")).filter((text) => text.includes("-flow"))).toEqual([]);
  });
});
