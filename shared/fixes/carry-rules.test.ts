import { describe, expect, it } from "vitest";
import type { Rule } from "../model/kinds/forwarder";
import { applyEdits } from "../model/edit";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort } from "../network/testing";
import { check } from "../rules/testing";
import { effectOf } from "./effect";

/** Management and a tenant in VLAN 100, administrators in 30, and a gateway with a rule that is bound to its interface in 100. */
function site(rule: Partial<Rule>, require = true): Topology {
  const at = (vlan: number, address: string) => ({ physicalSwitch: "tor", vlan, addresses: [address] });
  const drawing = draw().tenant("a").hypervisor("hv").physicalSwitch("tor").vswitch("sw", "standard", "hv").uplink("up", "sw", "hv", "tor", trunkPort("100"))
    .portGroup("guests", "sw", access(100)).portGroup("mgmt", "sw", access(100)).vm("a1", "hv", { eth0: { portGroup: "guests", addresses: ["10.0.0.21/24"] } }, { tenant: "a" })
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "mgmt", addresses: ["10.0.0.11/24"], services: ["management"], firewall: { enabled: false } })
    .external("admins", { physicalSwitch: "tor", vlan: 30 }, "admin")
    .put("firewalls", "fw", { interfaces: { inside: at(100, "10.0.0.1/24"), admins: at(30, "10.0.30.1/24"), mgmt: at(10, "10.0.10.1/24") }, rules: [{ id: "old", action: "allow", from: ["external:admins"], to: ["management"], services: ["tcp/443"], ...rule }] });
  const flow = { id: "admin", from: ["external:admins"], to: ["management"], services: ["tcp/443"] };
  return { ...drawing.build(), policy: require ? { require: [flow] } : { allow: [flow] } };
}

const move = { title: "Move", edits: [{ op: "replace" as const, path: "/portGroups/mgmt/vlan", value: access(10) }, { op: "replace" as const, path: "/uplinks/up/port/allowed", value: "10,100" }] };

describe("a fix that moves the parties of a rule", () => {
  it("carries the rule along to the interface behind which they are now", () => {
    const before = check(site({ in: "admins", out: "inside" }, false));
    const effect = effectOf(before, move);
    expect(effect?.introduces.filter((id) => id.startsWith("FW-"))).toEqual([]);
    const after = applyEdits(before.topology, effect?.edits ?? []);
    expect(after.firewalls?.["fw"]?.rules).toEqual([{ id: "old", action: "allow", from: ["external:admins"], to: ["management"], services: ["tcp/443"], in: "admins", out: "mgmt" }]);
    expect(check(after).network.pair("admins", "vmk0").verdict).toBe("permitted");
  });

  it("deletes the rule where another lets the flow through already", () => {
    const before = check(site({ in: "admins", out: "inside" }));
    const after = applyEdits(before.topology, effectOf(before, move)?.edits ?? []);
    expect(after.firewalls?.["fw"]?.rules?.length).toBe(1);
    expect(check(after).network.required).toMatchObject([{ id: "admin", holds: true }]);
    expect(check(after).findings.filter(({ rule }) => rule === "FW-007" || rule === "FW-004")).toEqual([]);
  });

  it("leaves alone a rule that was of no use before", () => {
    const before = check(site({ in: "mgmt", out: "inside" }, false));
    const after = applyEdits(before.topology, effectOf(before, move)?.edits ?? []);
    expect(after.firewalls).toEqual(before.topology.firewalls);
  });
});
