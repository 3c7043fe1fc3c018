/** What other tools got wrong in the field (section 8 of the semantics), each by the name that it has there. */
import { describe, expect, it } from "vitest";
import { effectOf } from "../fixes/effect";
import { planFixes } from "../fixes/plan";
import { evaluate } from "../analysis/evaluate";
import { interfaces, networkOf, nic, pairOf, router, rule, TODAY, twoTenants } from "./fixtures/two-tenants";
import { access, guestTrunk, trunkPort } from "./testing";

type Drawing = ReturnType<typeof twoTenants>;

/** `a` and `b` in one segment with a distributed firewall. */
const guarded = (rules: string[], more: Parameters<Drawing["put"]>[2] | object = {}): Drawing => twoTenants()
  .vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" })
  .put("distributedFirewalls", "dfw", { rules: rules.map((text) => rule(text)), ...more });
/** `a` and `b` in two segments with a firewall between them. */
const filtered = (rules: string[], more: Parameters<typeof router>[1] = {}): Drawing => twoTenants().put("firewalls", "f", router(rules.map((text) => rule(text)), more));

describe("an allow of established traffic only", () => {
  it("is not reachability: an answer needs no rule, and a rule for one direction opens no other", () => {
    const one = filtered(["allow tcp/443 vm:b > vm:a"]);
    expect(pairOf(one, "a", "b")).toBe("- / - / isolated / 3 / -");
    expect(pairOf(one, "b", "a")).toBe("tcp/443 / - / violating / 3 / -");
  });

  it("must not mask a missing block: the default action behind it still decides", () => {
    expect(pairOf(filtered(["allow tcp/1024-65535 vm:b > vm:a"], { stateful: false, defaultAction: "allow" }), "a", "b")).toBe("any / - / violating / 3 / -");
  });

  // The format has no connection states, so "established" of a stateless filter can only be written as client ports.
  it("written as client ports of a stateless filter lets flows to those ports begin", () => {
    const stateless = filtered(["allow tcp/443 vm:a > vm:b", "allow tcp/1024-65535 vm:b > vm:a"], { stateful: false });
    expect(pairOf(stateless, "a", "b")).toBe("tcp/443 / - / violating / 3 / -");
    // Delivered; the answer would have to go to port 443 of `b`, which a client may use.
    expect(pairOf(stateless, "b", "a")).toBe("tcp/1024-65535 / - / violating / 3 / -");
  });
});

// The nearest form that the format has of a rule for packets that no flow has: one without services, or one that is off.
it("a drop of invalid packets only isolates nothing", () => {
  expect(pairOf(guarded(["deny none"]), "a", "b")).toBe("any / - / violating / 2 / both");
  expect(pairOf(filtered(["deny none"], { defaultAction: "allow" }), "a", "b")).toBe("any / - / violating / 3 / -");
  expect(pairOf(twoTenants().put("firewalls", "f", router([rule("deny any", { enabled: false })], { defaultAction: "allow" })), "a", "b")).toBe("any / - / violating / 3 / -");
});

it("outbound-only blocks leave inbound open", () => {
  const blocked = guarded(["deny any vm:a > *"]);
  expect(pairOf(blocked, "a", "b")).toBe("- / - / isolated / 2 / both");
  expect(pairOf(blocked, "b", "a")).toBe("any / - / violating / 2 / both");
  const egress = twoTenants().put("firewalls", "f", router([rule("deny any", { in: "v10", out: "v20" })], { defaultAction: "allow" }));
  expect(pairOf(egress, "a", "b")).toBe("- / - / isolated / 3 / -");
  expect(pairOf(egress, "b", "a")).toBe("any / - / violating / 3 / -");
});

it("several partial blocks can cover everything, and leave exactly what none of them has", () => {
  expect(pairOf(guarded(["deny tcp/1-1000 tenant:ta > *", "deny tcp/1001-65535 * > vm:b", "deny udp vm:a > *", "deny icmp"]), "a", "b")).toBe("- / - / isolated / 2 / both");
  expect(pairOf(guarded(["deny tcp/1-1000 tenant:ta > *", "deny tcp/1002-65535 * > vm:b", "deny udp vm:a > *", "deny icmp"]), "a", "b")).toBe("tcp/1001 / - / violating / 2 / both");
  const chain = (second: string[]): Drawing => twoTenants()
    .put("firewalls", "f1", { interfaces: interfaces(10, 30), defaultAction: "allow", rules: [rule("deny tcp/1-1000"), rule("deny icmp")] })
    .put("firewalls", "f2", { interfaces: interfaces(30, 20), defaultAction: "allow", rules: second.map((text) => rule(text)) });
  expect(pairOf(chain(["deny tcp/1001-65535", "deny udp"]), "a", "b")).toBe("- / - / isolated / 3 / -");
  expect(pairOf(chain(["deny tcp/1001-65535"]), "a", "b")).toBe("udp / - / violating / 3 / -");
});

it("a rule later eclipsed decides nothing, be it a deny or an allow", () => {
  expect(pairOf(guarded(["allow tcp/1-100 tenant:ta > *", "allow tcp/101-65535", "deny tcp vm:a > vm:b", "deny udp", "deny icmp"]), "a", "b")).toBe("tcp / - / violating / 2 / both");
  expect(pairOf(guarded(["deny tcp/1-100", "deny tcp/101-65535", "allow tcp/443 vm:a > vm:b", "deny udp", "deny icmp"]), "a", "b")).toBe("- / - / isolated / 2 / both");
});

describe("a firewall on a shared bridge", () => {
  it("leaves ARP and layer 2 open", () => {
    const drawing = guarded(["deny any"]);
    expect(networkOf(drawing).pair("a", "b")).toMatchObject({ services: [], frames: "both", verdict: "isolated", layer: 2 });
    expect(evaluate(drawing.build(), { today: TODAY }).findings.filter(({ rule: id }) => id === "NET-001").map(({ severity }) => severity)).toEqual(["medium"]);
  });

  it("does not see what passes inside the segment, if it is an appliance", () => {
    expect(pairOf(filtered(["deny any"]).vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("passes ARP and no other frames, if it is a transparent firewall", () => {
    const bridge = filtered(["deny any"], { mode: "transparent" });
    expect(pairOf(bridge, "a", "b")).toBe("- / - / isolated / 3 / -");
    expect(pairOf(filtered(["allow tcp/443"], { mode: "transparent" }), "a", "b")).toBe("tcp/443 / - / violating / 2 / -");
  });
});

// Proxmox needs its firewall on at datacenter, guest and NIC. The format has the scope, the exclusion list and passthrough for the three.
describe("a firewall that is present but not enforced", () => {
  const open = "any / - / violating / 2 / both";

  it("filters where all three switches are on", () => expect(pairOf(guarded(["deny any"]), "a", "b")).toBe("- / - / isolated / 2 / both"));
  it("filters nothing with the datacenter's switch off: no switch in its scope", () => expect(pairOf(guarded(["deny any"], { virtualSwitches: [] }), "a", "b")).toBe(open));
  it("filters nothing with both guests' switches off: excluded", () => expect(pairOf(guarded(["deny any"], { exclude: ["vm:a", "vm:b"] }), "a", "b")).toBe(open));

  it("filters nothing with the NICs' switches off: passthrough", () => {
    const direct = (address: string) => ({ eth0: { ...nic("p10", address).eth0, passthrough: "sriov" as const } });
    expect(pairOf(guarded(["deny any"]).vm("a", "h1", direct("10.1.0.10/24"), { tenant: "ta" }).vm("b", "h1", direct("10.1.0.11/24"), { tenant: "tb" }), "a", "b")).toBe(open);
  });

  it("filters nothing where only its rules are off", () => expect(pairOf(twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }).put("distributedFirewalls", "dfw", { rules: [rule("deny any", { enabled: false })] }), "a", "b")).toBe(open));

  it("filters nothing at a management interface that has its own turned off", () => {
    const managed = (enabled: boolean): Drawing => twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", addresses: ["10.1.0.5/24"], firewall: { enabled, allowedSources: [] } });
    expect(pairOf(managed(false), "a", "vmk0")).toBe(open);
    expect(pairOf(managed(true), "a", "vmk0")).toBe("- / - / isolated / 2 / both");
  });
});

it("a rule with an empty group matches nothing: it never widens to any", () => {
  const empty = (drawing: Drawing): Drawing => drawing.put("tenants", "none", { tags: ["nobody"] });
  for (const group of ["tag:nobody", "tenant:none"]) {
    expect(pairOf(empty(guarded([`deny any ${group} > *`])), "a", "b")).toBe("any / - / violating / 2 / both");
    expect(pairOf(empty(guarded([`allow any * > ${group}`], { defaultAction: "deny" })), "a", "b")).toBe("- / - / isolated / 2 / both");
    expect(pairOf(empty(filtered([`allow any ${group} > *`])), "a", "b")).toBe("- / - / isolated / 3 / -");
  }
  expect(pairOf(filtered(["allow any none > *"]), "a", "b")).toBe("- / - / isolated / 3 / -");
});

it("a DFW-excluded VM is not filtered, but its peer is", () => {
  expect(pairOf(guarded(["deny any"], { exclude: ["vm:a"] }), "a", "b")).toBe("- / - / isolated / 2 / both");
  expect(pairOf(guarded(["deny any"], { exclude: ["tenant:ta", "vm:b"] }), "a", "b")).toBe("any / - / violating / 2 / both");
});

it("outbound and inbound can be decided by different rules of different firewalls", () => {
  const two = twoTenants().vswitch("vsw-2", "standard", "h1").uplink("u2", "vsw-2", "h1", "tor-1", trunkPort("10")).portGroup("q10", "vsw-2", access(10))
    .vm("b", "h1", nic("q10", "10.1.0.11/24"), { tenant: "tb" })
    .put("distributedFirewalls", "d1", { virtualSwitches: ["vsw-1"], rules: [rule("allow tcp/1-100")], defaultAction: "deny" })
    .put("distributedFirewalls", "d2", { virtualSwitches: ["vsw-2"], rules: [rule("allow tcp/50-200")], defaultAction: "deny" });
  expect(pairOf(two, "a", "b")).toBe("tcp/50-100 / - / violating / 2 / both");
  const [path] = networkOf(two).trace(["a"], ["b"]).paths;
  expect(path?.filter(({ kind }) => kind === "distributedFirewall").map(({ at, does }) => `${at} ${does}`))
    .toEqual(["d1 allows outbound by allow-tcp-1-100", "d2 allows inbound by allow-tcp-50-200"]);
});

describe("management on VLAN 1", () => {
  const native = (): Drawing => twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("1,10,20", 1)).portGroup("p0", "vsw-1", { mode: "untagged" })
    .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p0", firewall: { enabled: false } });

  it("is in VLAN 1: the native VLAN of the trunk, where the switch has a router", () => {
    const drawing = native().put("routers", "r", { interfaces: { a: { physicalSwitch: "tor-1", vlan: 1 }, b: { physicalSwitch: "tor-1", vlan: 10 } } });
    expect(pairOf(drawing, "a", "vmk0")).toBe("any / - / violating / 3 / -");
  });

  it("is next to every guest without a VLAN, and to a BMC that was left in VLAN 1", () => {
    const drawing = native().vm("a", "h1", nic("p0", "10.1.0.10/24"), { tenant: "ta" }).put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 1, addresses: ["10.0.0.9/24"] } });
    expect(pairOf(drawing, "a", "vmk0")).toBe("any / - / violating / 2 / both");
    expect(pairOf(drawing, "a", "h1-host/bmc")).toBe("any / - / violating / 2 / both");
  });
});

describe("missing data is not read as safe", () => {
  const unknown = (drawing: Drawing, from: string, to: string, ...missing: string[]): void => {
    expect(networkOf(drawing).pair(from, to)).toMatchObject({ verdict: "unknown", missing });
  };

  it("nor the port of an uplink, nor its allowed list", () => {
    unknown(twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", undefined).put("routers", "r", router()), "a", "b", "$.uplinks.u1.port");
    unknown(twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort()).put("routers", "r", router()), "a", "b", "$.uplinks.u1.port.allowed");
  });

  it("nor the allowed list of a guest trunk", () => unknown(twoTenants().portGroup("p10", "vsw-1", guestTrunk()), "a", "b", "$.portGroups.p10.vlan.allowed"));

  it("nor a management interface's firewall, nor whether it is on", () => {
    const managed = (more: object): Drawing => twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", addresses: ["10.1.0.5/24"], ...more });
    unknown(managed({}), "a", "vmk0", "$.managementInterfaces.vmk0.firewall");
    unknown(managed({ firewall: { allowedSources: [] } }), "a", "vmk0", "$.managementInterfaces.vmk0.firewall.enabled");
  });

  it("nor an address that a rule could name", () => unknown(filtered(["allow tcp/443 cidr:192.0.2.0/24 > vm:b"]).vm("a", "h1", "p10", { tenant: "ta" }), "a", "b", "$.vms.a.nics.eth0.addresses"));

  it("nor whose a VM is", () => {
    expect(networkOf(twoTenants().put("routers", "r", router()).vm("b", "h1", nic("p20", "10.2.0.10/24"))).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.vms.b.tenant"] });
  });
});

describe("overlapping addresses of two tenants", () => {
  it("are one to a firewall that matches by address", () => {
    const overlap = twoTenants().vm("b", "h1", nic("p20", "10.1.0.10/24"), { tenant: "tb" }).vm("db", "h1", nic("p30", "10.3.0.10/24"), { tenant: "ta" })
      .put("firewalls", "f", { interfaces: interfaces(10, 20, 30), rules: [rule("allow tcp/5432 tenant:ta > vm:db")] });
    expect(pairOf(overlap, "b", "db")).toBe("tcp/5432 / - / violating / 3 / -");
    expect(networkOf(overlap).pair("b", "db").forged).toBeUndefined();
  });

  it("are two to a distributed firewall, which knows the vNIC", () => {
    const overlap = guarded(["allow tcp/5432 vm:a > *"], { defaultAction: "deny" }).vm("b", "h1", nic("p10", "10.1.0.10/24"), { tenant: "tb" }).vm("db", "h1", nic("p10", "10.1.0.20/24"), { tenant: "ta" });
    expect(pairOf(overlap, "a", "db")).toBe("tcp/5432 / - / permitted / 2 / both");
    expect(pairOf(overlap, "b", "db")).toBe("- / - / isolated / 2 / both");
  });

  it("join no segments: without a way between them they are apart", () => {
    expect(pairOf(twoTenants().vm("b", "h1", nic("p20", "10.1.0.10/24"), { tenant: "tb" }), "a", "b")).toBe("- / - / isolated / 3 / -");
  });
});

describe("a fix that locks the administrator out", () => {
  const managed = (): Drawing => twoTenants().external("admins", { physicalSwitch: "tor-1", vlan: 30 }, "admin")
    .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p30", addresses: ["10.3.0.5/24"], services: ["management"], firewall: { enabled: false } })
    .vm("a", "h1", nic("p30", "10.3.0.10/24"), { tenant: "ta" });
  const document = () => ({ ...managed().build(), policy: { require: [{ id: "admin", from: ["external:admins"], to: ["management"], services: ["tcp/443"] }] } });

  it("is told to break the flow that administrators need, or keeps the way for it", () => {
    const edits = [{ op: "add" as const, path: "/managementInterfaces/vmk0/firewall", value: { enabled: true, allowedSources: [] } }];
    const before = evaluate(document(), { today: TODAY });
    expect(before.network.required.map(({ holds }) => holds)).toEqual([true]);
    const effect = effectOf(before, { title: "shut it", edits });
    expect({ edits: effect?.edits, breaks: effect?.breaksRequired }).not.toEqual({ edits, breaks: [] });
  });

  it("is in no plan: administrators still get in when every step is done", () => {
    const plan = planFixes(document(), { today: TODAY });
    expect(plan.plan.length).toBeGreaterThan(0);
    expect(plan.plan.flatMap(({ breaksRequired }) => breaksRequired)).toEqual([]);
    expect(networkOf(plan.topology).required.map(({ id, holds }) => [id, holds])).toEqual([["admin", true]]);
    expect(networkOf(plan.topology).pair("a", "vmk0").services).toEqual([]);
  });
});
