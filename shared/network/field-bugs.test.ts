/** What other tools got wrong in the field (section 8 of the semantics), as far as reach is concerned. */
import { expect, it } from "vitest";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "./fixtures/two-tenants";
import { access, trunkPort } from "./testing";

/** `a` and `b` in one segment with a distributed firewall. */
const guarded = (rules: string[], more: Parameters<ReturnType<typeof twoTenants>["put"]>[2] | object = {}) => twoTenants()
  .vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" })
  .put("distributedFirewalls", "dfw", { rules: rules.map((text) => rule(text)), ...more });

it("an answer to a flow from the other side is not reachability, and needs no rule", () => {
  const one = twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:b > vm:a")]));
  expect(pairOf(one, "a", "b")).toBe("- / - / isolated / 3 / -");
  expect(pairOf(one, "b", "a")).toBe("tcp/443 / - / violating / 3 / -");
});

it("outbound-only blocks leave inbound open", () => {
  const blocked = guarded(["deny any vm:a > *"]);
  expect(pairOf(blocked, "a", "b")).toBe("- / - / isolated / 2 / both");
  expect(pairOf(blocked, "b", "a")).toBe("any / - / violating / 2 / both");
});

it("several partial blocks can cover everything", () => {
  expect(pairOf(guarded(["deny tcp/1-1000 tenant:ta > *", "deny tcp/1001-65535 * > vm:b", "deny udp vm:a > *", "deny icmp"]), "a", "b")).toBe("- / - / isolated / 2 / both");
  expect(pairOf(guarded(["deny tcp/1-1000 tenant:ta > *", "deny tcp/1002-65535 * > vm:b", "deny udp vm:a > *", "deny icmp"]), "a", "b")).toBe("tcp/1001 / - / violating / 2 / both");
});

it("a rule that earlier ones eclipse decides nothing", () => {
  expect(pairOf(guarded(["allow tcp/1-100 tenant:ta > *", "allow tcp/101-65535", "deny tcp vm:a > vm:b", "deny udp", "deny icmp"]), "a", "b")).toBe("tcp / - / violating / 2 / both");
});

it("a firewall on a shared bridge leaves ARP and layer 2 open", () => {
  expect(networkOf(guarded(["deny any"])).pair("a", "b")).toMatchObject({ services: [], frames: "both", verdict: "isolated", layer: 2 });
});

it("a rule with an empty group matches nothing", () => {
  expect(pairOf(guarded(["deny any tag:nobody > *"]), "a", "b")).toBe("any / - / violating / 2 / both");
  expect(pairOf(guarded(["allow any * > tag:nobody"], { defaultAction: "deny" }), "a", "b")).toBe("- / - / isolated / 2 / both");
});

it("a VM on the exclusion list is not filtered, but its peer is", () => {
  expect(pairOf(guarded(["deny any"], { exclude: ["vm:a"] }), "a", "b")).toBe("- / - / isolated / 2 / both");
  expect(pairOf(guarded(["deny any"], { exclude: ["tenant:ta", "vm:b"] }), "a", "b")).toBe("any / - / violating / 2 / both");
});

it("a firewall that is present but has no vNIC in its scope filters nothing", () => {
  expect(pairOf(guarded(["deny any"], { virtualSwitches: [] }), "a", "b")).toBe("any / - / violating / 2 / both");
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

it("management on VLAN 1 is in VLAN 1", () => {
  const native = twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("1,10,20", 1)).portGroup("p0", "vsw-1", { mode: "untagged" })
    .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p0", firewall: { enabled: false } })
    .put("routers", "r", { interfaces: { a: { physicalSwitch: "tor-1", vlan: 1 }, b: { physicalSwitch: "tor-1", vlan: 10 } } });
  expect(pairOf(native, "a", "vmk0")).toBe("any / - / violating / 3 / -");
});

it("overlapping addresses of two tenants are one to a firewall that matches by address", () => {
  const overlap = twoTenants().vm("b", "h1", nic("p20", "10.1.0.10/24"), { tenant: "tb" }).vm("db", "h1", nic("p30", "10.3.0.10/24"), { tenant: "ta" })
    .put("firewalls", "f", { interfaces: interfaces(10, 20, 30), rules: [rule("allow tcp/5432 tenant:ta > vm:db")] });
  expect(pairOf(overlap, "b", "db")).toBe("tcp/5432 / - / violating / 3 / -");
  expect(networkOf(overlap).pair("b", "db").forged).toBeUndefined();
});

it("missing data is not read as safe", () => {
  expect(networkOf(twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", undefined).put("routers", "r", router())).pair("a", "b").verdict).toBe("unknown");
});
