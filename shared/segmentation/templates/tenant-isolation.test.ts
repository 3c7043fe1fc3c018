import { describe, expect, it } from "vitest";
import { access, draw, type Drawing } from "../../network/testing";
import { applied, at, emptyish, problemsOf } from "./testing";

const three = (): Drawing => emptyish().tenant("a").tenant("b").tenant("c").tenant("shared", "shared")
  .vm("a1", "h1", at(1, "11"), { tenant: "a" }).vm("a2", "h2", at(2, "12"), { tenant: "a" }).vm("b1", "h1", at(1, "21"), { tenant: "b" }).vm("b2", "h2", at(2, "22"), { tenant: "b" })
  .vm("c1", "h2", at(2, "31"), { tenant: "c" }).vm("dns", "h1", at(1, "53"), { tenant: "shared" });

describe("tenant isolation", () => {
  it("isolates customers who shared one VLAN on two hosts, and keeps each together", () => {
    const { segmentation, after, passes } = applied(three().build(), "tenant-isolation");
    expect(segmentation.verified).toBe(true);
    expect(after.summary.tenantPairs).toEqual({ isolated: 12, permitted: 0, violating: 0, unknown: 0 });
    expect(segmentation.remaining).toEqual([]);
    expect(passes("a1", "a2")).toEqual(["any"]);
    for (const [from, to] of [["a1", "b1"], ["b1", "c1"], ["c1", "dns"], ["dns", "a2"]] as const) expect(after.network.pair(from, to)).toMatchObject({ verdict: "isolated", services: [], oneWay: [] });
    expect(after.topology.uplinks?.["u1"]?.port).toMatchObject({ allowed: "100,110,120" });
    expect(after.topology.portGroups?.["a-110"]).toMatchObject({ vlan: { mode: "access", id: 110 }, spoofGuard: true, dhcpGuard: true, raGuard: true });
  });

  it("changes nothing the second time", () => {
    const { after } = applied(three().build(), "tenant-isolation");
    expect(applied(after.topology, "tenant-isolation").segmentation.edits).toEqual([]);
  });

  it("takes the tenants and VLANs that are given, and leaves the others", () => {
    const { after } = applied(three().build(), "tenant-isolation", { tenants: ["b"], vlans: ["230"] });
    expect(after.network.pair("b1", "a1").verdict).toBe("isolated");
    expect(after.network.pair("c1", "a1").verdict).toBe("violating");
    expect(after.topology.portGroups?.["b-230"]?.vlan).toEqual({ mode: "access", id: 230 });
  });

  it("connects what the policy requires between them, by a firewall that lets nothing else through", () => {
    const drawing = { ...three().build(), policy: { require: [{ id: "dns", from: ["tenant:a"], to: ["vm:dns"], services: ["udp/53"] }] } };
    const { segmentation, after, passes } = applied(drawing, "tenant-isolation");
    expect(segmentation).toMatchObject({ verified: true, required: [{ id: "dns", before: "holds", after: "holds" }], remaining: [] });
    expect(passes("a1", "dns")).toEqual(["udp/53"]);
    expect(passes("dns", "a1")).toEqual([]);
    expect(after.network.pair("b1", "dns").verdict).toBe("isolated");
    expect(segmentation.byHand.join()).toContain("fw-segments is new");
  });

  it("writes the rules of tenants at a distributed firewall, before those of others", () => {
    const drawing = three().put("distributedFirewalls", "dfw", { rules: [{ id: "ab", action: "allow", from: ["tenant:a"], to: ["tenant:b"] }, { id: "rest", action: "allow", from: ["tenant:shared"] }], defaultAction: "deny" });
    const { after } = applied(drawing.build(), "tenant-isolation", { tenants: ["a", "b"] });
    expect(after.topology.distributedFirewalls?.["dfw"]?.rules?.map(({ id }) => id)).toEqual(["inside-a", "inside-b", "deny-to-a", "deny-from-a", "deny-to-b", "deny-from-b", "rest"]);
  });

  it("with a new distributed firewall has a second control, and leaves the traffic inside other tenants alone", () => {
    const { after, passes } = applied(three().vm("c2", "h1", at(1, "32"), { tenant: "c" }).build(), "tenant-isolation", { tenants: ["a", "b"], distributed: ["yes"] });
    expect(after.topology.distributedFirewalls?.["dfw"]).toMatchObject({ virtualSwitches: ["s1", "s2"], defaultAction: "deny" });
    expect(passes("c1", "c2")).toEqual(["any"]);
    expect(passes("a1", "a2")).toEqual(["any"]);
    expect(passes("c1", "a1")).toEqual([]);
  });

  it("parts tenants on a bridge that does not filter, and those whose guests choose their tags, though nothing is heard both ways", () => {
    const bridge = draw().tenant("a").tenant("b").hypervisor("p", "proxmox").vswitch("br", "linux-bridge", "p").portGroup("pa", "br", access(10)).portGroup("pb", "br", access(20))
      .vm("a1", "p", "pa", { tenant: "a" }).vm("b1", "p", "pb", { tenant: "b" });
    const filtered = applied(bridge.build(), "tenant-isolation");
    expect(filtered.after.topology.virtualSwitches?.["br"]?.vlanAware).toBe(true);
    expect(filtered.after.summary.tenantPairs).toMatchObject({ isolated: 2, violating: 0 });
    const tagging = draw().tenant("a").tenant("b").hypervisor("e").vswitch("sw", "standard", "e").portGroup("est", "sw", { mode: "untagged" }).portGroup("pb", "sw", access(20)).vm("a1", "e", "est", { tenant: "a" }).vm("b1", "e", "pb", { tenant: "b" });
    const moved = applied(tagging.build(), "tenant-isolation");
    expect(moved.passes("a1", "b1")).toEqual([]);
    expect(moved.after.summary.tenantPairs).toMatchObject({ isolated: 2, violating: 0 });
  });

  it("says who is left, where a guest that is not moved chooses the VLANs of its frames", () => {
    const drawing = three().vm("t", "h1", { eth0: { portGroup: "vgt" } }, { tenant: "shared" }).portGroup("vgt", "s1", { mode: "trunk", allowed: "1-4094" });
    const { segmentation } = applied(drawing.build(), "tenant-isolation");
    expect(segmentation.remaining).toContainEqual(expect.objectContaining({ from: "a", to: "shared", why: "in vgt guests choose the VLANs of their frames" }));
  });

  it("says what is wrong with what is given", () => {
    expect(problemsOf(emptyish().build(), "tenant-isolation")).toEqual(["no tenant of kind customer has a VM; draw one, or name tenants"]);
    expect(problemsOf(three().build(), "tenant-isolation", { tenants: ["d"], vlan: ["1"], vlans: ["4095"], distributed: ["maybe"] })).toEqual([
      '"vlan" is no parameter of tenant-isolation; did you mean "vlans"?', 'tenants: "d" names no tenant; did you mean "a"?', 'vlans: "4095" is no VLAN; a number from 1 to 4094', 'distributed: "maybe" is neither yes nor no',
    ]);
  });
});
