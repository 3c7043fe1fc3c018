import { describe, expect, it } from "vitest";
import type { Rule } from "../../model/kinds/forwarder";
import type { Platform } from "../../model/kinds/hypervisor";
import type { VirtualSwitch } from "../../model/kinds/virtual-switch";
import type { Topology } from "../../model/topology";
import { access, draw } from "../../network/testing";
import { filterCommands } from "./filters";
import { guestPortCommands } from "./guest-ports";

const web: Rule = { id: "web", action: "allow", from: ["external:net"], to: ["vm:a1"], services: ["tcp/443", "tcp/8000-8100", "icmp"], log: true };
const apart: Rule = { id: "apart", action: "deny", from: ["tenant:b"], to: ["tenant:a"] };

function site(platform: Platform, kind: VirtualSwitch["kind"], dfw?: object, vlan = 10): Topology {
  const drawing = draw().tenant("a").tenant("b").hypervisor("hv", platform).vswitch("sw", kind, "hv", { name: "vmbr0" }).physicalSwitch("tor").portGroup("pg", "sw", access(vlan)).external("net", { physicalSwitch: "tor", vlan: 20 })
    .vm("a1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.11/24"] } }, { tenant: "a", name: "it's a1" }).vm("b1", "hv", { eth0: { portGroup: "pg", addresses: ["10.0.0.21/24"] } }, { tenant: "b" });
  return (dfw === undefined ? drawing : drawing.put("distributedFirewalls", "dfw", dfw)).build();
}

const texts = (before: Topology, after: Topology): string[] => filterCommands({ before, after }).map(({ platform, on, text }) => `${platform} ${on}: ${text}`);
const added = (platform: Platform, kind: VirtualSwitch["kind"]): string[] => texts(site(platform, kind), site(platform, kind, { rules: [web, apart], defaultAction: "deny" }));
/** A list that holds `apart` and another rule, and what is made of it. */
const edited = (platform: Platform, kind: VirtualSwitch["kind"], rules: readonly Rule[]): string[] =>
  texts(site(platform, kind, { rules: [apart, { ...apart, id: "old" }] }), site(platform, kind, { rules }));

describe("commands for a distributed firewall", () => {
  it("on Proxmox VE are a security group that every VM in the scope has; new rules come on top, so the last is typed first", () => {
    expect(added("proxmox", "linux-bridge")).toEqual([
      "pvesh create /cluster/firewall/groups --group dfw",
      "pvesh create /cluster/firewall/groups/dfw --type in --action DROP --source 10.0.0.21 --dest 10.0.0.11 --enable 1 --comment apart",
      "pvesh create /cluster/firewall/groups/dfw --type out --action DROP --source 10.0.0.21 --dest 10.0.0.11 --enable 1 --comment apart",
      "pvesh create /cluster/firewall/groups/dfw --type in --action ACCEPT --source <addresses of net> --dest 10.0.0.11 --proto icmp --enable 1 --log info --comment web",
      "pvesh create /cluster/firewall/groups/dfw --type in --action ACCEPT --source <addresses of net> --dest 10.0.0.11 --proto tcp --dport 443,8000:8100 --enable 1 --log info --comment web",
      "pvesh create /cluster/firewall/groups/dfw --type out --action ACCEPT --source <addresses of net> --dest 10.0.0.11 --proto icmp --enable 1 --log info --comment web",
      "pvesh create /cluster/firewall/groups/dfw --type out --action ACCEPT --source <addresses of net> --dest 10.0.0.11 --proto tcp --dport 443,8000:8100 --enable 1 --log info --comment web",
      "qm set <VMID of it's a1> --net0 virtio=<MAC>,bridge=vmbr0,tag=10,firewall=1",
      "pvesh create /nodes/hv/qemu/<VMID of it's a1>/firewall/rules --type group --action dfw --enable 1",
      "qm set <VMID of b1> --net0 virtio=<MAC>,bridge=vmbr0,tag=10,firewall=1",
      "pvesh create /nodes/hv/qemu/<VMID of b1>/firewall/rules --type group --action dfw --enable 1",
      "pvesh set /nodes/hv/qemu/<VMID of it's a1>/firewall/options --enable 1 --policy_in DROP --policy_out DROP",
      "pvesh set /nodes/hv/qemu/<VMID of b1>/firewall/options --enable 1 --policy_in DROP --policy_out DROP",
      "pvesh create /cluster/firewall/ipset --name management",
      "pvesh create /cluster/firewall/ipset/management --cidr <network of the administrators>",
      "pvesh set /cluster/firewall/options --enable 1",
    ].map((text) => `proxmox hv: ${text}`));
    expect(edited("proxmox", "linux-bridge", [apart, { ...apart, id: "new" }])).toEqual(expect.arrayContaining([
      "proxmox hv: pvesh set /cluster/firewall/groups/dfw/0 --moveto <number of rules>", "proxmox hv: pvesh delete /cluster/firewall/groups/dfw/<position of old, in>",
    ]));
  });

  it("on Hyper-V are extended ACLs at the adapters that a rule names, larger weights first", () => {
    expect(added("hyper-v", "hyper-v")).toEqual([
      "-VMName 'it''s a1' -Action Allow -Direction Inbound -RemoteIPAddress '<addresses of net>' -Protocol 1 -Weight 20 -Stateful $true",
      "-VMName 'it''s a1' -Action Allow -Direction Inbound -RemoteIPAddress '<addresses of net>' -Protocol TCP -LocalPort '443' -Weight 20 -Stateful $true",
      "-VMName 'it''s a1' -Action Allow -Direction Inbound -RemoteIPAddress '<addresses of net>' -Protocol TCP -LocalPort '8000-8100' -Weight 20 -Stateful $true",
      "-VMName 'it''s a1' -Action Deny -Direction Inbound -RemoteIPAddress '10.0.0.21' -Weight 10",
      "-VMName 'b1' -Action Deny -Direction Outbound -RemoteIPAddress '10.0.0.11' -Weight 10",
      "-VMName 'it''s a1','b1' -Action Deny -Direction Inbound -RemoteIPAddress ANY -Weight 1",
      "-VMName 'it''s a1','b1' -Action Deny -Direction Outbound -RemoteIPAddress ANY -Weight 1",
    ].map((text) => `hyper-v hv: Add-VMNetworkAdapterExtendedAcl ${text}`));
    expect(edited("hyper-v", "hyper-v", [{ ...apart, services: ["udp/53"] }])).toEqual([
      "hyper-v hv: Remove-VMNetworkAdapterExtendedAcl -VMName 'it''s a1' -Direction Inbound -Weight <weight of apart>",
      "hyper-v hv: Add-VMNetworkAdapterExtendedAcl -VMName 'it''s a1' -Action Deny -Direction Inbound -RemoteIPAddress '10.0.0.21' -Protocol UDP -LocalPort '53' -Weight <weight of apart>",
      "hyper-v hv: Remove-VMNetworkAdapterExtendedAcl -VMName 'b1' -Direction Outbound -Weight <weight of apart>",
      "hyper-v hv: Add-VMNetworkAdapterExtendedAcl -VMName 'b1' -Action Deny -Direction Outbound -RemoteIPAddress '10.0.0.11' -Protocol UDP -RemotePort '53' -Weight <weight of apart>",
      "hyper-v hv: Remove-VMNetworkAdapterExtendedAcl -VMName 'it''s a1' -Direction Inbound -Weight <weight of old>",
      "hyper-v hv: Remove-VMNetworkAdapterExtendedAcl -VMName 'b1' -Direction Outbound -Weight <weight of old>",
    ]);
    const excluded = site("hyper-v", "hyper-v", { rules: [apart], exclude: ["vm:a1"] });
    expect(texts(excluded, site("hyper-v", "hyper-v", { rules: [apart] }))).toEqual(["hyper-v hv: Add-VMNetworkAdapterExtendedAcl -VMName 'it''s a1' -Action Deny -Direction Inbound -RemoteIPAddress '10.0.0.21' -Weight 10"]);
  });

  it("on ESXi are calls of NSX: a policy, its rules by number, and the default rule", () => {
    const at = "curl -u <user> -X PATCH https://<NSX manager>/policy/api/v1/infra/domains/default/security-policies";
    const [policy, second, first, fallback, ...rest] = added("esxi", "distributed");
    expect(policy).toBe(`esxi dfw: ${at}/dfw -H 'Content-Type: application/json' -d '{"display_name":"dfw","category":"Application"}'`);
    expect(second).toContain(`${at}/dfw/rules/apart -H 'Content-Type: application/json' -d '{"display_name":"apart","sequence_number":20,"source_groups":["10.0.0.21"],"destination_groups":["10.0.0.11"],"scope":["ANY"],"services":["ANY"],"action":"DROP","logged":false}'`);
    expect(first).toContain('"service_entries":[{"resource_type":"ICMPTypeServiceEntry","protocol":"ICMPv4"},{"resource_type":"ICMPTypeServiceEntry","protocol":"ICMPv6"},{"resource_type":"L4PortSetServiceEntry","l4_protocol":"TCP","destination_ports":["443","8000-8100"]}]');
    expect(fallback).toContain("/default-layer3-section/rules/default-layer3-rule ");
    expect(rest).toEqual([]);
    const [insertion, removal] = edited("esxi", "distributed", [web, apart]);
    expect(insertion).toContain('"sequence_number":"<number below all others>"');
    expect(removal).toBe("esxi dfw: curl -u <user> -X DELETE https://<NSX manager>/policy/api/v1/infra/domains/default/security-policies/dfw/rules/old");
  });

  it("on KVM are nftables rules of the bridge, of which the last stops IP and lets ARP pass", () => {
    expect(added("kvm", "linux-bridge")).toEqual([
      "'add table bridge filter'", "'add chain bridge filter forward { type filter hook forward priority filter; }'", "'insert rule bridge filter forward ct state established,related accept'",
      "'insert rule bridge filter forward ct state new ip saddr 10.0.0.21 ip daddr 10.0.0.11 drop comment \"apart\"'",
      "'insert rule bridge filter forward ct state new ip saddr <addresses of net> ip daddr 10.0.0.11 meta l4proto { icmp, ipv6-icmp } log accept comment \"web\"'",
      "'insert rule bridge filter forward ct state new ip saddr <addresses of net> ip daddr 10.0.0.11 tcp dport { 443, 8000-8100 } log accept comment \"web\"'",
      "'add rule bridge filter forward meta protocol { ip, ip6 } drop comment \"default\"'",
    ].map((text) => `kvm hv: nft ${text}`));
  });
});

describe("commands for a distributed firewall that has a default already", () => {
  const list = (defaultAction: Rule["action"], ...rules: readonly Rule[]): object => ({ rules: [apart, ...rules], defaultAction });
  const between = (platform: Platform, kind: VirtualSwitch["kind"], before: object, after: object): string[] =>
    texts(site(platform, kind, before), site(platform, kind, after)).map((text) => text.replace(/^.*?: (nft )?/, ""));
  const last: Rule = { id: "last", action: "reject", from: ["vm:b1"], to: ["vm:a1"], services: ["tcp/22"] };

  it("on a bridge put a rule at the end before the default, which is the chain's last rule, and drop what a bridge cannot reject", () => {
    expect(between("kvm", "linux-bridge", list("deny"), list("deny", last))).toEqual(["'insert rule bridge filter forward handle <handle of default> ct state new ip saddr 10.0.0.21 ip daddr 10.0.0.11 tcp dport 22 drop comment \"last\"'"]);
    expect(between("kvm", "linux-bridge", list("allow"), list("deny", last))).toEqual([
      "'add rule bridge filter forward ct state new ip saddr 10.0.0.21 ip daddr 10.0.0.11 tcp dport 22 drop comment \"last\"'", "'add rule bridge filter forward meta protocol { ip, ip6 } drop comment \"default\"'",
    ]);
    expect(between("kvm", "linux-bridge", list("reject"), list("allow"))).toEqual(["'delete rule bridge filter forward handle <handle of default>'"]);
  });

  it("on Hyper-V put a rule at the end above the default's weight", () => {
    expect(between("hyper-v", "hyper-v", list("deny"), list("deny", last))).toEqual([
      "Add-VMNetworkAdapterExtendedAcl -VMName 'it''s a1' -Action Deny -Direction Inbound -RemoteIPAddress '10.0.0.21' -Protocol TCP -LocalPort '22' -Weight <weight below all others, above 1>",
      "Add-VMNetworkAdapterExtendedAcl -VMName 'b1' -Action Deny -Direction Outbound -RemoteIPAddress '10.0.0.11' -Protocol TCP -RemotePort '22' -Weight <weight below all others, above 1>",
    ]);
    expect(between("hyper-v", "hyper-v", list("reject"), list("allow"))).toEqual(["Inbound", "Outbound"].map((direction) => `Remove-VMNetworkAdapterExtendedAcl -VMName 'it''s a1','b1' -Direction ${direction} -Weight 1`));
  });

  it("between deny and reject change nothing where both are a drop, and the answer where there are two", () => {
    for (const [platform, kind] of [["kvm", "linux-bridge"], ["hyper-v", "hyper-v"]] as const) expect(between(platform, kind, list("deny"), list("reject"))).toEqual([]);
    expect(between("proxmox", "linux-bridge", list("deny"), list("reject"))).toContain("pvesh set /nodes/hv/qemu/<VMID of b1>/firewall/options --enable 1 --policy_in REJECT --policy_out REJECT");
    expect(between("esxi", "distributed", list("deny"), list("reject"))).toEqual([expect.stringContaining('"action":"REJECT"')]);
  });
});

describe("commands for a router or firewall", () => {
  const appliance = (rules: readonly Rule[], more: object = {}): Topology => ({ ...site("esxi", "standard"), firewalls: { fw: { name: "fw", interfaces: { in: { physicalSwitch: "tor", vlan: 10 }, out: { physicalSwitch: "tor", vlan: 20 } }, rules: [...rules], ...more } } });
  const nft = (before: Topology, after: Topology): string[] => texts(before, after).filter((text) => text.startsWith("nftables "));
  const rule = (id: string, more: Partial<Rule> = {}): Rule => ({ id, action: "allow", ...more });

  it("put a rule at its place in the list, and move one by adding it before it is taken away", () => {
    const list = [rule("a"), rule("b"), rule("c")];
    const lines = (now: readonly Rule[]): string[] => nft(appliance(list), appliance(now)).map((text) => text.replace("nftables fw: nft ", "").replaceAll("inet filter forward ", ""));
    expect(lines([rule("new", { in: "in" }), ...list])).toEqual(["'insert rule iifname <device of in> ct state new accept comment \"new\"'"]);
    expect(lines([rule("a"), rule("new"), rule("b"), rule("c")])).toEqual(["'insert rule handle <handle of b> ct state new accept comment \"new\"'"]);
    expect(lines([...list, rule("x"), rule("y")])).toEqual(["'add rule ct state new accept comment \"x\"'", "'add rule ct state new accept comment \"y\"'"]);
    expect(lines([rule("c"), rule("a"), rule("b")])).toEqual([
      "'insert rule ct state new accept comment \"c\"'", "'delete rule handle <handle of c>'",
    ]);
    expect(lines([rule("a", { log: true, name: "A" }), rule("b", { name: "B" }), rule("c", { enabled: false })])).toEqual(["'replace rule handle <handle of a> ct state new log accept comment \"a\"'", "'delete rule handle <handle of c>'"]);
  });

  it("leave nothing behind of a rule that was several of nftables", () => {
    const both = ["cidr:10.0.0.0/24", "cidr:2001:db8::/64"];
    const lines = (was: Rule, now: readonly Rule[]): string[] => nft(appliance([was]), appliance(now)).map((text) => text.replace("nftables fw: nft ", "").replaceAll("inet filter forward ", ""));
    expect(lines(rule("r", { from: both }), [])).toEqual(["'delete rule handle <handle of r, 1 of 2>'", "'delete rule handle <handle of r, 2 of 2>'"]);
    expect(lines(rule("r", { from: both }), [rule("r", { from: ["cidr:10.0.0.0/24"] })])).toEqual([
      "'replace rule handle <handle of r, 1 of 2> ct state new ip saddr 10.0.0.0/24 accept comment \"r\"'", "'delete rule handle <handle of r, 2 of 2>'",
    ]);
    expect(lines(rule("r", { from: ["cidr:10.0.0.0/24"] }), [rule("r", { from: both })])).toEqual([
      "'replace rule handle <handle of r> ct state new ip saddr 10.0.0.0/24 accept comment \"r\"'", "'add rule handle <handle of r> ct state new ip6 saddr 2001:db8::/64 accept comment \"r\"'",
    ]);
  });

  it("set the default action and state, and leave out what matches nothing", () => {
    expect(nft(appliance([], { stateful: false, defaultAction: "allow" }), appliance([rule("none", { from: [] })], { defaultAction: "deny" }))).toEqual([
      "nftables fw: nft 'insert rule inet filter forward ct state established,related accept'", "nftables fw: nft 'chain inet filter forward { policy drop; }'",
    ]);
    expect(nft(appliance([]), appliance([]))).toEqual([]);
  });

  it("match each family of addresses by itself", () => {
    const [v4, v6] = nft(appliance([]), appliance([rule("r", { from: ["cidr:10.0.0.0/24", "cidr:2001:db8::/64"] })]));
    expect([v4, v6]).toEqual([expect.stringContaining("ip saddr 10.0.0.0/24 accept"), expect.stringContaining("ip6 saddr 2001:db8::/64 accept")]);
  });
});

describe("a vNIC of Proxmox VE that moves", () => {
  it("stays filtered", () => {
    const [command] = guestPortCommands({ before: site("proxmox", "linux-bridge", { rules: [] }), after: site("proxmox", "linux-bridge", { rules: [] }, 30) });
    expect(command?.text).toBe("qm set <VMID of it's a1> --net0 virtio=<MAC>,bridge=vmbr0,tag=30,firewall=1");
  });
});
