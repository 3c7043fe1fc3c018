import { describe, expect, it } from "vitest";
import { access, draw, guestTrunk, trunkPort, type Drawing } from "../network/testing";
import type { Topology } from "../model/topology";
import { TODAY } from "../rules/testing";
import { planFixes } from "./plan";

const KINDS = { esxi: "standard", "hyper-v": "hyper-v", kvm: "linux-bridge", proxmox: "linux-bridge" } as const;
const PLATFORMS = Object.keys(KINDS) as (keyof typeof KINDS)[];
const QUIET = { tools: "minimal" as const, toolsCurrent: true, clipboard: false, dragAndDrop: false, sharedFolders: [] };
/** Milliseconds; a busy machine is slow, not wrong. */
const PATIENCE = 60_000;

function host(platform: keyof typeof KINDS, hardening: object = { memorySharing: "off", patchLevel: "current", management: { mfa: true } }): Drawing {
  const kind = KINDS[platform];
  return draw().tenant("a").tenant("b").tenant("c").hypervisor("h1", platform).physicalSwitch("tor").vswitch("s1", kind, "h1", kind === "linux-bridge" ? { vlanAware: true } : {})
    .uplink("u1", "s1", "h1", "tor", trunkPort("10,20,30")).put("hypervisors", "h1", { host: "h1-host", platform, ...hardening }).portGroup("pa", "s1", access(10)).portGroup("pb", "s1", access(20));
}

function vm(drawing: Drawing, id: string, portGroup: string, address: string, more: object = {}): Drawing {
  return drawing.vm(id, "h1", { eth0: { portGroup, addresses: [address] } }, { tenant: id.slice(0, 1), guest: QUIET, ...more });
}

const pair = (drawing: Drawing, more: object = {}): Drawing => vm(vm(drawing, "a1", "pa", "10.1.0.5/24", more), "b1", "pb", "10.2.0.5/24");
const INTERFACES = { a: { portGroup: "pa", addresses: ["10.1.0.1/24"] }, b: { portGroup: "pb", addresses: ["10.2.0.1/24"] } };

/** Each finding that the plan works on is a change of its own, whether or not a step takes several together. */
function changesFor(drawing: Drawing, policy: Topology["policy"] = {}): number {
  const { plan, after } = planFixes({ ...drawing.build(), policy }, { today: TODAY });
  expect([after.critical, after.high], plan.map(({ title }) => title).join("; ")).toEqual([0, 0]);
  return plan.reduce((sum, { findings }) => sum + findings.length, 0);
}

describe.each(PLATFORMS)("on %s, the plan has as many changes as it takes by hand", (platform) => {
  it("one for two tenants in a VLAN, and one for three", () => {
    const shared = vm(vm(host(platform), "a1", "pa", "10.1.0.5/24"), "b1", "pa", "10.1.0.6/24");
    expect(changesFor(shared)).toBe(1);
    expect(changesFor(vm(shared, "c1", "pa", "10.1.0.7/24"))).toBe(1);
  }, PATIENCE);

  it("one for two tenants that reach one another over a router", () => {
    expect(changesFor(pair(host(platform)).put("routers", "gw", { interfaces: INTERFACES }))).toBe(1);
  }, PATIENCE);

  it("one for a firewall that allows by default, and one for guests beside it who may forge", () => {
    expect(changesFor(pair(host(platform)).put("firewalls", "gw", { interfaces: INTERFACES, rules: [], defaultAction: "allow" }))).toBe(platform === "hyper-v" ? 1 : 2);
  }, PATIENCE);

  it("one for a rule that lets everybody reach everybody, also where the policy requires a part of it, and one for guests beside the gateway who may forge", () => {
    const open = pair(host(platform)).put("firewalls", "gw", { interfaces: INTERFACES, rules: [{ id: "any", action: "allow" }], defaultAction: "deny" });
    const changes = platform === "hyper-v" ? 1 : 2;
    expect(changesFor(open)).toBe(changes);
    expect(changesFor(open, { require: [{ id: "web", from: ["vm:a1"], to: ["vm:b1"], services: ["tcp/443"] }] })).toBe(changes);
  }, PATIENCE);

  it("one for a machine in the networks of two tenants", () => {
    expect(changesFor(vm(host(platform), "b1", "pb", "10.2.0.5/24").vm("a1", "h1", { eth0: { portGroup: "pa" }, eth1: { portGroup: "pb" } }, { tenant: "a", guest: QUIET }))).toBe(1);
  }, PATIENCE);

  it("one for each setting that joins tenants beside the network", () => {
    const open = host(platform, { memorySharing: "inter-vm", patchLevel: "behind", management: { mfa: false } });
    expect(changesFor(pair(open, { sensitive: true, guest: { ...QUIET, clipboard: true } }))).toBe(4);
  }, PATIENCE);
});

describe("of a switch that keeps no VLANs apart, the plan has one change", () => {
  it("for a bridge without VLAN filtering", () => {
    expect(changesFor(pair(host("kvm")).vswitch("s1", "linux-bridge", "h1", { vlanAware: false }))).toBe(1);
  }, PATIENCE);

  it("for a guest trunk that holds another tenant's VLAN", () => {
    expect(changesFor(pair(host("esxi")).portGroup("pa", "s1", guestTrunk("10,20")))).toBe(1);
  }, PATIENCE);

  it("for an Open vSwitch port without a VLAN", () => {
    expect(changesFor(pair(host("kvm")).vswitch("s1", "open-vswitch", "h1").portGroup("pa", "s1", { mode: "untagged" }))).toBe(1);
  }, PATIENCE);
});
